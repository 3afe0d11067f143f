import { type ChainHead, type TrailDigest, trailDigest } from '../../contract/trail-digest.ts';
import { logger } from '../logger.ts';
import { lookAt } from '../shared/intact.ts';
import { allSomeAtATime } from '../shared/some-at-a-time.ts';
import type { AuditTrail, Listed } from '../shared/trail.ts';
import type { Day } from './days.ts';

type ReadTrail = Pick<AuditTrail, 'list' | 'get'>;

/**
 * The digest of a day. Which chains grew is the index's to say; the hashes are read consistently. A head that cannot be
 * read as an entry of rootdesk's is in it without a hash: it must not keep the others from being witnessed.
 */
export async function digestOf({ name, from, to }: Day, trail: ReadTrail): Promise<TrailDigest> {
  const last = lastOfEach(await trail.list(from, to));
  const heads = await allSomeAtATime(last, (listed) => headOf(listed, trail));
  return trailDigest.parse({
    version: 1,
    day: name,
    from: from.toISOString(),
    to: to.toISOString(),
    heads,
    count: heads.length,
  });
}

/** Each chain's last entry among those that are listed, in the order of the chains' names. */
function lastOfEach(listed: readonly Listed[]): Listed[] {
  const last = new Map<string, Listed>();
  for (const entry of listed) {
    if (entry.sequence > (last.get(entry.requestId)?.sequence ?? 0)) last.set(entry.requestId, entry);
  }
  return [...last.values()].sort((a, b) => (a.requestId < b.requestId ? -1 : 1));
}

async function headOf({ requestId, sequence, at }: Listed, trail: ReadTrail): Promise<ChainHead> {
  const place = await lookAt(trail, requestId, sequence);
  if (place.kind === 'damaged')
    logger.error(`entry ${sequence} of ${requestId} ${place.what}: its digest holds no hash for it`);
  return { requestId, sequence, at, hash: place.kind === 'intact' ? place.entry.hash : null };
}
