import type { Fault } from './language.ts';

/** How bad it is, the worst first. `malformed` is no reading at all. */
export const verdicts = ['malformed', 'locks-everyone', 'depends', 'locks-some', 'no-lockout'] as const;

/**
 * `locks-everyone`: no IAM principal of the owner's account may do it, from wherever they call. `depends`: only callers
 * that have something which the policy alone cannot show (a network, an endpoint, MFA, a tag). `locks-some`: some named
 * principals, or all but some, keep it. `no-lockout`: nobody of the account is denied it.
 */
export type Verdict = (typeof verdicts)[number];

export interface StatementRef {
  readonly index: number;
  readonly sid: string | null;
}

/** The reading of one administrative action. */
export interface ActionReading {
  readonly verdict: Exclude<Verdict, 'malformed'>;
  /** Who in the owner's account is shut out, each in words. */
  readonly shutOut: readonly string[];
  /** Who in the owner's account keeps it, each in words; by ARN or pattern where they are named. */
  readonly spared: readonly string[];
  /** The Deny statements that shut out. */
  readonly statements: readonly StatementRef[];
  /** In one sentence, for a developer. */
  readonly why: string;
  /** Nothing is known: the search was given up. Such a reading is `depends`, and spares nobody that is known. */
  readonly undecided?: true;
}

/**
 * Whether it takes root to correct the policy. `no`: principals of the account that no statement names can, with
 * permissions of their own. `perhaps`: only those that are named, or that call with something the policy alone cannot
 * show. `yes`: nobody else can.
 */
export type NeedsRoot = 'yes' | 'perhaps' | 'no';

/** What a policy does to its own administration. */
export interface Diagnosis {
  /** The worst of its actions. */
  readonly verdict: Verdict;
  readonly needsRoot: NeedsRoot;
  /** Who can correct the policy without root, in words; empty where nobody can. */
  readonly without: readonly string[];
  /** By action: `s3:PutBucketPolicy` and so on. Empty for what is malformed. */
  readonly actions: Readonly<Record<string, ActionReading>>;
  readonly faults: readonly Fault[];
}

/** What is known of the resource whose policy it is. */
export interface Owned {
  readonly accountId: string;
  /** ARN of the bucket or queue; null where it is not known: it is then taken from the policy itself. */
  readonly resourceArn: string | null;
  /** For conditions on the time. */
  readonly now: Date;
  /** The organization that the account is in; without it, nobody knows. */
  readonly organizationId?: string | undefined;
}

/** A changed document that gives administration back; minted only where it was proven (`prove-repair.ts`). */
export interface Repair {
  readonly kind: 'repair';
  /** The new document as text. */
  readonly text: string;
  /** sha256 of its canonical form: what a ticket quotes as `replacement`. */
  readonly sha256: string;
  /** What was changed, each in a sentence without values of the policy. */
  readonly changes: readonly string[];
  /** The statements that were changed. */
  readonly statements: readonly StatementRef[];
  /** Line by line: what goes, what comes, with a little around it. */
  readonly diff: string;
}

export type Repaired =
  | Repair
  /** Nothing shuts out those that ought to get in: there is nothing to repair. */
  | { readonly kind: 'not-needed' }
  /** No change that is proven to be safe gives administration back. */
  | { readonly kind: 'none-safe'; readonly why: string };
