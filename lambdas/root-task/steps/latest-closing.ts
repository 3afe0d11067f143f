import { closingRequestId } from '../../../contract/request-id.ts';
import type { TrailEntry } from '../../../contract/trail-entry.ts';
import type { AuditTrail } from '../../shared/trail.ts';

/** The newest of an opening's closings, and the last entry of its chain. */
export interface LatestClosing {
  readonly number: number;
  readonly head: TrailEntry;
}

/**
 * Finds the newest closing of an opening; null where none was begun. They are numbered without a gap, each begun when
 * the one before it had failed, so that few of them have to be looked at, however many there are.
 */
export async function latestClosing(
  opening: string,
  trail: Pick<AuditTrail, 'head'>,
): Promise<LatestClosing | null> {
  const headOf = (number: number) => trail.head(closingRequestId(opening, number));
  let latest: LatestClosing | null = null;
  let none = 1;
  for (let head = await headOf(none); head !== null; head = await headOf(none)) {
    latest = { number: none, head };
    none *= 2;
  }
  while (latest !== null && none - latest.number > 1) {
    const between: number = Math.floor((latest.number + none) / 2);
    const head = await headOf(between);
    if (head === null) none = between;
    else latest = { number: between, head };
  }
  return latest;
}
