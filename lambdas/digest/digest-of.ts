import { type ChainHead, type TrailDigest, trailDigest } from '../../contract/trail-digest.ts';
import { logger } from '../logger.ts';
import { lookAt } from '../shared/intact.ts';
import { allSomeAtATime } from '../shared/some-at-a-time.ts';
import type { AuditTrail, Listed } from '../shared/trail.ts';
import type { Day } from './days.ts';

/** As many chains are read before it is asked again whether there is time. */
const readInARow = 500;
/** As many calls as the SDK has connections, so that none waits for one. Source: @smithy/node-http-handler, `maxSockets`. */
const readAtOnce = 50;

/** The chains of a day are more than can be read in the time that is left. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Each chain's last entry of a day, in the order of the chains' names: which they are is the index's to say. */
export async function lastOfDay({ from, to }: Day, trail: Pick<AuditTrail, 'list'>): Promise<Listed[]> {
  const last = new Map<string, Listed>();
  for (const entry of await trail.list(from, to)) {
    if (entry.sequence > (last.get(entry.requestId)?.sequence ?? 0)) last.set(entry.requestId, entry);
  }
  return [...last.values()].sort((a, b) => (a.requestId < b.requestId ? -1 : 1));
}

/**
 * The digest of a day, whose last entries are given; their hashes are read consistently. A head that cannot be read as
 * an entry of rootdesk's is in it without a hash: it must not keep the others from being witnessed. Throws a
 * TooLargeError where time runs out before the last of them.
 */
export async function digestOf(
  { name, from, to }: Day,
  last: readonly Listed[],
  trail: Pick<AuditTrail, 'get'>,
  hasTime: () => boolean,
): Promise<TrailDigest> {
  const heads: ChainHead[] = [];
  while (heads.length < last.length) {
    if (!hasTime())
      throw new TooLargeError(`time ran out with ${heads.length} of ${last.length} chains of ${name} read`);
    const some = last.slice(heads.length, heads.length + readInARow);
    heads.push(...(await allSomeAtATime(some, (listed) => headOf(listed, trail), readAtOnce)));
  }
  return trailDigest.parse({
    version: 1,
    day: name,
    from: from.toISOString(),
    to: to.toISOString(),
    heads,
    count: heads.length,
  });
}

async function headOf(
  { requestId, sequence, at }: Listed,
  trail: Pick<AuditTrail, 'get'>,
): Promise<ChainHead> {
  const place = await lookAt(trail, requestId, sequence);
  if (place.kind === 'damaged')
    logger.error(`entry ${sequence} of ${requestId} ${place.what}: its digest holds no hash for it`);
  return { requestId, sequence, at, hash: place.kind === 'intact' ? place.entry.hash : null };
}
