import * as z from 'zod';

/** The reading of a resource policy as the trail keeps it; `policy/diagnosis.ts` says what each part means. */

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const statement = z.strictObject({ index: z.int().nonnegative(), sid: z.string().nullable() });

export const verdict = z.enum(['malformed', 'locks-everyone', 'depends', 'locks-some', 'no-lockout']);

const actionReading = z.strictObject({
  verdict: verdict.exclude(['malformed']),
  shutOut: z.array(z.string()),
  spared: z.array(z.string()),
  statements: z.array(statement),
  why: z.string(),
});

/** What repairing would change, and the hash of what it would put; or why no change is safe; null: none is needed. */
const repair = z
  .union([
    z.strictObject({
      possible: z.literal(true),
      sha256: hex,
      changes: z.array(z.string()),
      statements: z.array(statement),
      diff: z.string(),
    }),
    z.strictObject({ possible: z.literal(false), why: z.string() }),
  ])
  .nullable();

/** The whole reading, with names and values of the policy: for the trail, whose readers may read the policy too. */
export const diagnosisRecord = z.strictObject({
  verdict,
  needsRoot: z.enum(['yes', 'perhaps', 'no']),
  without: z.array(z.string()),
  actions: z.record(z.string(), actionReading),
  faults: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  repair,
  /** sha256 of the policy that was read. */
  policySha256: hex.nullable(),
});
export type DiagnosisRecord = z.infer<typeof diagnosisRecord>;

/** What messages and outcome events tell of a reading: no value of the policy but which statement it is. */
export const diagnosisTold = z.strictObject({
  verdict,
  policySha256: hex.nullable(),
  /** sha256 of the policy that a repair puts, or would put; null where there is none. */
  repairedSha256: hex.nullable(),
  /** The statements that shut out; a rehearsal does not tell them. */
  statements: z.array(statement).nullable(),
  /** What they do, and what the owner should put instead; a rehearsal does not tell it. */
  said: z.string().nullable(),
  instead: z.string().nullable(),
});
export type DiagnosisTold = z.infer<typeof diagnosisTold>;
