import type { FailureQueues } from '../../contract/environment.ts';
import type { Settings } from '../../contract/settings.ts';
import { refuse } from '../refuse/refuse.ts';
import { type Receipt, receiptOf } from '../root-task/receipt.ts';
import { type AuthorizedRequest, authorize, understoodOf } from '../root-task/steps/authorize.ts';
import { recall } from '../root-task/steps/recall.ts';
import { receive } from '../root-task/steps/receive.ts';
import type { Refusal } from '../root-task/steps/received.ts';
import { type LockedRecorder, RefusedUnderLockError, underLockOf } from '../root-task/steps/under-lock.ts';
import { recordRefusal } from '../shared/refuse.ts';
import { chainUnderLock, giveUpOn } from './end-chain.ts';
import type { FailureMessage } from './failure-message.ts';

/** A message in the failure queue of a lane that has nothing to do with it: a person looks at it. */
export class WrongQueueError extends Error {
  override readonly name = 'WrongQueueError';
}

/**
 * Gives an event up that every try failed for, so that it ends in the trail all the same and somebody is told: a begun
 * request as failed, under its lock and never after an ending; whatever was not begun as refused. Null: its lane, or
 * another, has taken it after all. Throws where it cannot: SQS brings the message again, and parks it in the end.
 */
export async function giveUp(
  { event, lastError }: FailureMessage,
  lane: FailureQueues[string],
  settings: Settings,
  recorder: LockedRecorder,
): Promise<Receipt | null> {
  const received = receive(event);
  if (received.kind === 'refusal') return receiptOf(await recordRefusal(received, recorder));
  if (lane === 'refusals') return refuse(event, settings, recorder);
  if (received.ticket.task !== lane)
    throw new WrongQueueError(
      `an approval of ${received.ticket.task} in the failure queue of ${lane}: it was not put there by that lane`,
    );
  const request = await recall(authorize(received, settings, recorder.clock.now()), recorder);
  if (request.kind === 'refusal') return receiptOf(await recordRefusal(request, recorder));

  recorder.logger.appendKeys({ rootTaskRequest: request.requestId, ticket: request.ticket.ticket.id });
  return underLockOf(request, recorder, async () => {
    const chain = await chainUnderLock(request, recorder);
    if (chain.approved === null)
      throw new RefusedUnderLockError(await recordRefusal(neverBegun(request, lastError), recorder));
    return giveUpOn(request, chain, lastError, recorder);
  });
}

function neverBegun(request: AuthorizedRequest, lastError: string): Refusal {
  return {
    kind: 'refusal',
    reasons: [
      {
        code: 'never-begun',
        message: `every try failed before the approval was taken up; said last: ${lastError}`,
      },
    ],
    understood: understoodOf(request),
    event: request.envelope,
    requestId: request.requestId,
  };
}
