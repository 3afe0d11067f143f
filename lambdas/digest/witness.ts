import type { Clock } from '../clock.ts';
import { logger } from '../logger.ts';
import type { AuditTrail, Listed } from '../shared/trail.ts';
import { type Day, daysBefore } from './days.ts';
import type { DigestBucket } from './digest-bucket.ts';
import { digestOf, lastOfDay } from './digest-of.ts';

/** Yesterday, and two days before it in case a run was lost. */
const days = 3;

export interface Witness {
  readonly clock: Clock;
  readonly trail: Pick<AuditTrail, 'list' | 'get'>;
  readonly bucket: Pick<DigestBucket, 'put'>;
  /** Whether the invocation lasts long enough to read some more chains, and to write a digest. */
  readonly hasTime: () => boolean;
}

/** A day, and where its chains ended. */
interface Listing {
  readonly day: Day;
  readonly last: readonly Listed[];
}

/**
 * Writes the digests of the last days that have none, the smallest day first: one that is too large for the time that
 * is left takes no other's digest with it. A day on which nothing was written gets one too: a day without a digest is
 * then a sign of its own. Throws when one could not be written, once the others have been tried.
 */
export async function witness(parts: Witness): Promise<void> {
  const failed: string[] = [];
  const tried = async <Result>(day: Day, run: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await run();
    } catch (error) {
      failed.push(day.name);
      logger.error('the digest of a day could not be written', { day: day.name, error });
      return null;
    }
  };
  const listings: Listing[] = [];
  for (const day of daysBefore(parts.clock.now(), days)) {
    const last = await tried(day, () => lastOfDay(day, parts.trail));
    if (last !== null) listings.push({ day, last });
  }
  for (const listing of listings.toSorted((a, b) => a.last.length - b.last.length))
    await tried(listing.day, () => witnessDay(listing, parts));
  if (failed.length > 0) throw new Error(`no digest could be written for ${failed.join(', ')}`);
}

async function witnessDay({ day, last }: Listing, { bucket, hasTime, trail }: Witness): Promise<void> {
  const digest = await digestOf(day, last, trail, hasTime);
  if (await bucket.put(digest)) logger.info('a digest was written', { day: day.name, heads: digest.count });
  else logger.info('the day has its digest', { day: day.name });
}
