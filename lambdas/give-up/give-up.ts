import type { FailureQueues } from '../../contract/environment.ts';
import { isOfOrganization } from '../organization-run/run.ts';
import { refuse } from '../refuse/refuse.ts';
import { type Receipt, receiptOf } from '../root-task/receipt.ts';
import { type AuthorizedRequest, understoodOf } from '../root-task/steps/authorize.ts';
import { recordApproval } from '../root-task/steps/claim.ts';
import type { Refusal } from '../root-task/steps/received.ts';
import { RefusedUnderLockError, underLockOf } from '../root-task/steps/under-lock.ts';
import { recordRefusal } from '../shared/refuse.ts';
import { chainUnderLock, giveUpOn } from './end-chain.ts';
import type { FailureMessage } from './failure-message.ts';
import { type GivingUp, requestOf } from './request-of.ts';

/** A run that was begun is not given up: the sweep sees to it that it goes on. Leaves the lock as an error. */
class LeftToSweepError extends Error {
  override readonly name = 'LeftToSweepError';
}

/**
 * Gives an event up that every try failed for, so that it ends in the trail all the same and somebody is told: a begun
 * request as failed, under its lock and never after an ending; whatever was not begun as refused. Null: its lane, or
 * another, has taken it after all. Throws where it cannot: SQS brings the message again, and parks it in the end.
 */
export async function giveUp(
  { event, lastError }: FailureMessage,
  lane: FailureQueues[string],
  parts: GivingUp,
): Promise<Receipt | null> {
  if (lane === 'refusals') return refuse(event, parts.settings, parts);
  const request = await requestOf(event, lane, parts);
  switch (request.kind) {
    case 'refusal':
      return receiptOf(await recordRefusal(request, parts));
    case 'done':
      return request.receipt;
    case 'received':
      return giveUpRequest(request, lastError, parts);
    default:
      return request satisfies never;
  }
}

async function giveUpRequest(
  request: AuthorizedRequest,
  lastError: string,
  parts: GivingUp,
): Promise<Receipt | null> {
  parts.logger.appendKeys({ rootTaskRequest: request.requestId, ticket: request.ticket.ticket.id });
  try {
    return await underLockOf(request, parts, async () => {
      const chain = await chainUnderLock(request, parts);
      // A closing is no event that could be refused: it fails, so that on-call is told each time.
      if (chain.approved === null && request.closes !== null)
        return giveUpOn(request, await recordApproval(request, parts), lastError, parts);
      if (chain.approved === null)
        throw new RefusedUnderLockError(await recordRefusal(neverBegun(request, lastError), parts));
      if (chain.ended === null && isOfOrganization(request))
        throw new LeftToSweepError(`${request.requestId} was begun`);
      return giveUpOn(request, chain, lastError, parts);
    });
  } catch (error) {
    if (!(error instanceof LeftToSweepError)) throw error;
    parts.logger.warn('beginning this run again has failed; the sweep sees to it', { lastError });
    return null;
  }
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
