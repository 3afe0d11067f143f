import * as z from 'zod';

/** Where a chain stood at the end of a day: its last entry of that day. */
export const chainHead = z.strictObject({
  requestId: z.string().min(1),
  sequence: z.int().positive(),
  /** Null where the entry could not be read as one of rootdesk's when the digest was made. */
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  at: z.string(),
});
export type ChainHead = z.infer<typeof chainHead>;

/**
 * The digest of one UTC day of the audit trail, kept outside of the table: what was the last entry of every chain that
 * grew on that day. A chain that is cut off or rewritten whole later does not fit it any more.
 */
export const trailDigest = z
  .strictObject({
    version: z.literal(1),
    day: z.iso.date(),
    /** The span that it covers: from this instant on, and before that one. */
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    heads: z.array(chainHead),
    count: z.int().nonnegative(),
  })
  .refine(({ count, heads }) => count === heads.length, {
    path: ['count'],
    message: 'differs from the number of heads',
  });
export type TrailDigest = z.infer<typeof trailDigest>;

/** The key under which a day's digest is stored: `heads/2026/11/20.json`. */
export function digestKey(day: string): string {
  return `heads/${day.replaceAll('-', '/')}.json`;
}
