import type { Clock } from '../clock.ts';
import { logger } from '../logger.ts';
import type { AuditTrail } from '../shared/trail.ts';
import { type Day, daysBefore } from './days.ts';
import type { DigestBucket } from './digest-bucket.ts';
import { digestOf } from './digest-of.ts';

/** Yesterday, and two days before it in case a run was lost. */
const days = 3;

export interface Witness {
  readonly clock: Clock;
  readonly trail: Pick<AuditTrail, 'list' | 'get'>;
  readonly bucket: Pick<DigestBucket, 'put'>;
}

/**
 * Writes the digests of the last days that have none. A day on which nothing was written gets one too: a day without a
 * digest is then a sign of its own. Throws when one could not be written, once the others have been tried.
 */
export async function witness(parts: Witness): Promise<void> {
  const failed: string[] = [];
  for (const day of daysBefore(parts.clock.now(), days)) {
    try {
      await witnessDay(day, parts);
    } catch (error) {
      failed.push(day.name);
      logger.error('the digest of a day could not be written', { day: day.name, error });
    }
  }
  if (failed.length > 0) throw new Error(`no digest could be written for ${failed.join(', ')}`);
}

async function witnessDay(day: Day, { bucket, trail }: Witness): Promise<void> {
  const digest = await digestOf(day, trail);
  if (await bucket.put(digest)) logger.info('a digest was written', { day: day.name, heads: digest.count });
  else logger.info('the day has its digest', { day: day.name });
}
