import type { FailureQueues } from '../../contract/environment.ts';
import { closingOrder, scheduledAuditOrder } from '../../contract/orders.ts';
import { isOrganization } from '../../contract/target.ts';
import { type Authority, scheduledAudit } from '../organization-run/scheduled-audit.ts';
import type { Receipt } from '../root-task/receipt.ts';
import { type AuthorizedRequest, authorize } from '../root-task/steps/authorize.ts';
import { takeClosingOrder } from '../root-task/steps/closing-order.ts';
import { recall } from '../root-task/steps/recall.ts';
import { receive } from '../root-task/steps/receive.ts';
import type { Received, Refusal } from '../root-task/steps/received.ts';
import type { LockedRecorder } from '../root-task/steps/under-lock.ts';

/** A message in the failure queue of a lane that has nothing to do with it: a person looks at it. */
export class WrongQueueError extends Error {
  override readonly name = 'WrongQueueError';
}

/** What giving up works with. */
export type GivingUp = LockedRecorder & Authority;

type Lane = Exclude<FailureQueues[string], 'refusals'>;

/** The request that a failed event makes, as its lane would have read it; `done` where there is none to give up. */
export async function requestOf(
  event: unknown,
  lane: Lane,
  parts: GivingUp,
): Promise<AuthorizedRequest | Refusal | { readonly kind: 'done'; readonly receipt: Receipt | null }> {
  const audit = scheduledAuditOrder.safeParse(event);
  if (lane === 'organization-runs' && audit.success) return scheduledAudit(audit.data, parts);
  const closing = closingOrder.safeParse(event);
  if (lane === 'close-root-password-recovery' && closing.success) {
    const taken = await takeClosingOrder(closing.data, parts);
    return taken.kind === 'request' ? taken.request : taken;
  }
  const received = receive(event);
  if (received.kind === 'refusal') return received;
  if (laneOf(received) !== lane)
    throw new WrongQueueError(
      `an approval for ${laneOf(received)} in the failure queue of ${lane}: it was not put there by that lane`,
    );
  return recall(authorize(received, parts.settings, parts.clock.now()), parts);
}

/** Whose failure queue an approval's failures go to. */
function laneOf({ ticket }: Received): Lane {
  return isOrganization(ticket.target) ? 'organization-runs' : ticket.task;
}
