import * as z from 'zod';
import { credential, type RootCredentials, rootCredentials } from './root-credentials.ts';

/** What entries of the trail say of a target: what was there before, what is intended, what was read back. */

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime();

/** State of a resource policy, as AWS gave it; null is "no policy". `sha256` is over the canonical form. */
export const policyState = z.strictObject({ policy: z.string().nullable(), sha256: hex.nullable() });
export type PolicyState = z.infer<typeof policyState>;

/** The credentials of a root user, as they were read. `sha256` is over their canonical form. */
export const credentialsState = z.strictObject({ credentials: rootCredentials, sha256: hex });
export type CredentialsState = z.infer<typeof credentialsState>;

/** Why a credential that was found is not deleted. */
export const keptReasons = [
  'not-asked-for',
  'used-recently',
  'use-unknown',
  'password-stays',
  'not-audited',
] as const;

const kept = credential.extend({ why: z.enum(keptReasons), detail: z.string() });
export type Kept = z.infer<typeof kept>;

/** What a deletion is going to remove, in this order, and what it keeps. */
export const removalPlan = z.strictObject({
  remove: z.array(credential),
  keep: z.array(kept),
  sha256: hex,
});
export type RemovalPlan = z.infer<typeof removalPlan>;

/**
 * What became of one credential: `gone` was read back as gone; `still-there` was refused, or shows again; `unknown`
 * could not be read back; `kept` was never meant to go; `appeared` was not there when the deletion was recorded.
 */
export const credentialResults = ['gone', 'still-there', 'unknown', 'kept', 'appeared'] as const;

const credentialResult = credential.extend({ result: z.enum(credentialResults), detail: z.string() });
export type CredentialResult = z.infer<typeof credentialResult>;

/** What a deletion came to, credential by credential, and what is there now. */
export const removalOutcome = z.strictObject({
  results: z.array(credentialResult),
  credentials: rootCredentials,
  sha256: hex,
});
export type RemovalOutcome = z.infer<typeof removalOutcome>;

/** Whether the root user has a password, as far as a session that may only create one can read. */
export const passwordState = z.strictObject({ password: rootCredentials.shape.password });
export type PasswordState = z.infer<typeof passwordState>;

/** An opening: until when password recovery is allowed, and the schedule that closes it. */
export const opening = z.strictObject({ closesAt: instant, schedule: z.string() });
export type Opening = z.infer<typeof opening>;

/** Where a report was stored; `sha256` by file name. */
const report = z.strictObject({
  bucket: z.string(),
  prefix: z.string(),
  sha256: z.record(z.string(), hex),
});

const count = z.int().nonnegative();

/** Every account of the organization is in exactly one class. */
export const accountCounts = z.strictObject({
  clean: count,
  withCredentials: count,
  unknown: count,
  leftOut: count,
  failed: count,
});
export type AccountCounts = z.infer<typeof accountCounts>;

/** What a run across the organization came to. */
export const runOutcome = z.strictObject({
  counts: accountCounts,
  /** Credentials, over all accounts, by what became of them: of a deletion and its rehearsal. */
  credentials: z.partialRecord(z.enum([...credentialResults, 'would-go']), count).nullable(),
  /** The run before this one that its changes were told against. */
  previous: z.string().nullable(),
  /** Credentials that were not there in the run before. */
  appeared: count,
  report,
});
export type RunOutcome = z.infer<typeof runOutcome>;

export const before = z.union([policyState, credentialsState, passwordState]);
export const intended = z.union([policyState, removalPlan, opening]);
export const after = z.union([
  policyState,
  removalOutcome,
  credentialsState,
  passwordState,
  removalPlan.extend({ credentials: rootCredentials }),
  runOutcome,
]);
export type Before = z.infer<typeof before>;
export type Intended = z.infer<typeof intended>;
export type After = z.infer<typeof after>;

export function isPolicyState(state: Before | Intended | After): state is PolicyState {
  return 'policy' in state;
}

export function isRemovalPlan(state: Before | Intended | After): state is RemovalPlan {
  return 'remove' in state;
}

export function isOpening(state: Before | Intended | After): state is Opening {
  return 'closesAt' in state;
}

/** Whether a state says what credentials a root user has, whatever else it says. */
export function hasCredentials<State extends Before | Intended | After>(
  state: State,
): state is Extract<State, { readonly credentials: RootCredentials }> {
  return 'credentials' in state && 'sha256' in state;
}
