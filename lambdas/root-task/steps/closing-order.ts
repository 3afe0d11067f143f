import type { ClosingOrder } from '../../../contract/orders.ts';
import { closingRequestId } from '../../../contract/request-id.ts';
import type { Lane } from '../lane.ts';
import { receiptOf } from '../receipt.ts';
import { authorizedWith, isTargeted } from './authorize.ts';
import { chainOf } from './chain.ts';
import { type LatestClosing, latestClosing } from './latest-closing.ts';
import { notOrdered } from './not-ordered.ts';
import { openingOf } from './opening-of.ts';
import { recorded } from './recorded.ts';
import type { Taken } from './take-approval.ts';

/** Source: EventBridge Scheduler User Guide, "Schedule types": an invocation comes within a minute of its time. */
const precisionMilliseconds = 60_000;

/** The schedule came a moment before its time: thrown, so that Lambda tries again after a minute. */
export class EarlyClosingError extends Error {
  override readonly name = 'EarlyClosingError';
}

/**
 * Takes the closing of an opening. The opening's own chain authorizes it, says what is closed, and from when on; the
 * approval's age does not count against it. A closing that failed is followed by another one, until one did not.
 */
export async function takeClosingOrder(
  order: ClosingOrder,
  lane: Pick<Lane, 'clock' | 'logger' | 'region' | 'trail'>,
): Promise<Taken> {
  const { closes } = order;
  const chain = chainOf(closes, await lane.trail.read(closes));
  if (chain.approved === null) return notOrdered(order, 'there is no opening of this name', null);
  const opening = recorded(chain.approved, lane.region);
  if (opening.task !== 'allow-root-password-recovery' || !isTargeted(opening))
    return notOrdered(order, `what is named there is ${opening.task}`, chain.approved);
  const opened = openingOf(chain);
  if (opened === null) return notOrdered(order, 'nothing was opened', chain.approved);
  const early = Date.parse(opened.closesAt) - lane.clock.now().getTime();
  if (early > 0 && early <= precisionMilliseconds) throw new EarlyClosingError(`closes ${opened.closesAt}`);
  if (early > 0) {
    lane.logger.warn('a closing came before its time and was left', { closes, closesAt: opened.closesAt });
    return { kind: 'done', receipt: null };
  }
  const latest = await latestClosing(closes, lane.trail);
  if (latest?.head.kind === 'ended' && latest.head.ending !== 'failed')
    return { kind: 'done', receipt: receiptOf(latest.head) };
  const request = authorizedWith(opening, {
    requestId: closingRequestId(closes, numberAfter(latest)),
    task: 'close-root-password-recovery',
    target: opening.target,
    parentRequestId: null,
    closes,
  });
  return { kind: 'request', request };
}

/** One that was begun and has not ended is gone on with. */
function numberAfter(latest: LatestClosing | null): number {
  if (latest === null) return 1;
  return latest.head.kind === 'ended' ? latest.number + 1 : latest.number;
}
