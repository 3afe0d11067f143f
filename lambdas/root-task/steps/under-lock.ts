import type { EndedEntry, RefusedEntry } from '../../../contract/trail-entry.ts';
import { recordRefusal } from '../../shared/refuse.ts';
import { type DeliveryLock, OtherDetailError } from '../adapters/delivery-lock.ts';
import type { Recorder } from '../lane.ts';
import { type Receipt, receiptOf } from '../receipt.ts';
import type { AuthorizedRequest } from './authorize.ts';
import { type Chain, chainOf } from './chain.ts';
import { refuseChangedApproval } from './changed-approval.ts';

/**
 * A request that was refused under its lock. The refusal is in the trail by then: another delivery of the event that
 * gets the lock next finds it there.
 */
export class RefusedUnderLockError extends Error {
  override readonly name = 'RefusedUnderLockError';
  readonly refusal: RefusedEntry;

  constructor(refusal: RefusedEntry) {
    super(refusal.summary);
    this.refusal = refusal;
  }
}

export interface LockedRecorder extends Recorder {
  readonly deliveryLock: Pick<DeliveryLock, 'holding'>;
}

/**
 * Runs under the delivery lock of a request. An answer from inside would complete the lock's record, and the same
 * approval would get that answer for as long as the record lives. A refusal uses nothing up, so it leaves as an error,
 * which gives the lock back.
 */
export async function underLockOf(
  request: AuthorizedRequest,
  recorder: LockedRecorder,
  run: () => Promise<EndedEntry>,
): Promise<Receipt> {
  try {
    return await recorder.deliveryLock.holding(request, async () => receiptOf(await run()));
  } catch (error) {
    if (error instanceof RefusedUnderLockError) return receiptOf(error.refusal);
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
