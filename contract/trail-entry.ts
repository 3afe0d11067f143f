import * as z from 'zod';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { diagnosisRecord } from './diagnosis.ts';
import { codes, ending, reason, refusalCodes } from './ending.ts';
import { rootTaskNames } from './root-tasks.ts';
import { after, before, intended } from './trail-states.ts';

export type { PolicyState } from './trail-states.ts';
export { policyState } from './trail-states.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime();

/** Fields of every entry. What could not be read of a refused event is absent. */
const common = {
  requestId: z.string().min(1),
  sequence: z.int().positive(),
  at: instant,
  /** `YYYY-MM` of `at`, and the target's path: the keys of the trail's indexes. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  targetPath: z.string().optional(),
  ticket: z.strictObject({ system: z.string(), id: z.string(), url: z.string() }).optional(),
  task: z.enum(rootTaskNames).optional(),
  target: z.looseObject({}).optional(),
  accountId: z.string().optional(),
  /** The run across the organization that this request is one account of. */
  parentRequestId: z.string().optional(),
  /** The opening that this request closes. */
  closes: z.string().optional(),
  by: z.strictObject({ function: z.string(), requestId: z.string() }),
  previousHash: hex.nullable(),
  hash: hex,
};

const sessionRecord = z.strictObject({
  accessKeyId: z.string(),
  taskPolicy: z.string(),
  expiresAt: instant,
  sourceIdentity: z.string(),
  sessionName: z.string(),
});
export type SessionRecord = z.infer<typeof sessionRecord>;

export const approvedEntry = z.strictObject({
  ...common,
  kind: z.literal('approved'),
  approval: z.looseObject({}),
  approvalSha256: hex,
  envelope: z.strictObject({
    source: z.string(),
    account: z.string(),
    eventId: z.string(),
    time: z.string(),
  }),
  authorizedBy: z.strictObject({
    /** None where the settings themselves approved: an audit by schedule. */
    required: z.int().nonnegative(),
    counted: z.array(z.strictObject({ approver: z.string(), approvedAt: instant })),
    decidedAt: instant,
    settingsDigest: hex,
    version: z.string(),
  }),
});

export const actingEntry = z.strictObject({
  ...common,
  kind: z.literal('acting'),
  session: sessionRecord,
  before,
  intended,
  attempt: z.int().positive(),
});

export const endedEntry = z.strictObject({
  ...common,
  kind: z.literal('ended'),
  ending,
  code: z.enum(Object.values(codes).flat()),
  summary: z.string(),
  remedy: z.string().nullable(),
  /** What the policy that was found does to its own administration; of tasks on resource policies only. */
  diagnosis: diagnosisRecord.optional(),
  /** What was read back, or what a rehearsal found; null where nothing was read. */
  after: after.nullable(),
  /** What a rehearsal or a run that had nothing to do found in place. */
  session: sessionRecord.nullable(),
});

const plannedAccount = z.strictObject({ id: z.string(), name: z.string() });
export type PlannedAccount = z.infer<typeof plannedAccount>;

/** Why an account of the organization is not visited. */
export const leftOutReasons = [
  'management-account',
  'own-account',
  'not-active',
  'excluded-by-ticket',
  'excluded-by-settings',
  'not-audited',
  'audit-saw-none',
  'audit-could-not-read',
] as const;

const leftOutAccount = plannedAccount.extend({ reason: z.enum(leftOutReasons), detail: z.string() });
export type LeftOutAccount = z.infer<typeof leftOutAccount>;

/** Which accounts a run visits, and which it leaves out: in parts, for an item of DynamoDB has 400 KB. */
export const plannedEntry = z.strictObject({
  ...common,
  kind: z.literal('planned'),
  /** 1, 2, 3 …; the last one says so. */
  part: z.int().positive(),
  last: z.boolean(),
  accounts: z.array(plannedAccount),
  leftOut: z.array(leftOutAccount),
  /** The audit run that a deletion acts upon. */
  basedOn: z.strictObject({ requestId: z.string(), endedAt: instant, hash: hex }).nullable(),
});

export const refusedEntry = z.strictObject({
  ...common,
  kind: z.literal('refused'),
  ending: z.literal('refused'),
  code: z.enum(refusalCodes),
  summary: z.string(),
  remedy: z.string().nullable(),
  reasons: z.array(reason).min(1),
  /** The request that the event spoke of, where one could be read. */
  refusedRequestId: z.string().optional(),
  /** The event as it came, or its beginning where it is too large; with the sha256 of the whole. */
  received: z.strictObject({ sha256: hex, bytes: z.int(), text: z.string(), truncated: z.boolean() }),
});

/** One entry of the audit trail: append-only, each entry's hash covering the one before it. */
export const trailEntry = z.discriminatedUnion('kind', [
  approvedEntry,
  plannedEntry,
  actingEntry,
  endedEntry,
  refusedEntry,
]);

export type TrailEntry = z.infer<typeof trailEntry>;
export type ApprovedEntry = z.infer<typeof approvedEntry>;
export type PlannedEntry = z.infer<typeof plannedEntry>;
export type ActingEntry = z.infer<typeof actingEntry>;
export type EndedEntry = z.infer<typeof endedEntry>;
export type RefusedEntry = z.infer<typeof refusedEntry>;

/** Hash of an entry: sha256 over the canonical JSON of all its fields but `hash` itself. */
export function entryHash(entry: Record<string, unknown>): string {
  const { hash: _, ...covered } = entry;
  return sha256(canonicalJson(covered));
}
