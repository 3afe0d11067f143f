import type { EndedEntry, RefusedEntry } from '../../../contract/trail-entry.ts';
import { recordRefusal } from '../../shared/refuse.ts';
import { type DeliveryLock, OtherDetailError } from '../adapters/delivery-lock.ts';
import type { Recorder } from '../lane.ts';
import { type Receipt, receiptOf } from '../receipt.ts';
import type { AuthorizedRequest } from './authorize.ts';
import { type Chain, chainOf } from './chain.ts';
import { refuseChangedApproval } from './changed-approval.ts';
import type { Refusal } from './received.ts';

/** A request that turns out, under its lock, to be one that is refused: the refusal is recorded outside the lock. */
export class RefusedUnderLockError extends Error {
  override readonly name = 'RefusedUnderLockError';
  readonly refusal: Refusal | RefusedEntry;

  constructor(refusal: Refusal | RefusedEntry) {
    super(refusal.reasons[0]?.message);
    this.refusal = refusal;
  }
}

export interface LockedRecorder extends Recorder {
  readonly deliveryLock: Pick<DeliveryLock, 'holding'>;
}

/**
 * Runs under the delivery lock of a request. An answer inside the lock would complete the lock's record, and the same
 * approval would get that answer for as long as the record lives. A refusal uses nothing up, so it is recorded outside.
 */
export async function underLockOf(
  request: AuthorizedRequest,
  recorder: LockedRecorder,
  run: () => Promise<EndedEntry>,
): Promise<Receipt> {
  try {
    return await recorder.deliveryLock.holding(request, async () => receiptOf(await run()));
  } catch (error) {
    if (error instanceof RefusedUnderLockError) {
      const { refusal } = error;
      return receiptOf(refusal.kind === 'refused' ? refusal : await recordRefusal(refusal, recorder));
    }
    if (!(error instanceof OtherDetailError)) throw error;
    const { approved } = chainOf(request.requestId, await recorder.trail.read(request.requestId));
    if (approved === null || approved.approvalSha256 === request.approvalSha256) throw error;
    return receiptOf(await recordRefusal(refuseChangedApproval(request, approved), recorder));
  }
}

/** The chain, where it was begun by this very approval; an OtherDetailError where it was begun by another. */
export function ofThisApproval(chain: Chain, request: AuthorizedRequest): Chain {
  if (chain.approved !== null && chain.approved.approvalSha256 !== request.approvalSha256)
    throw new OtherDetailError('approved otherwise');
  return chain;
}
