import type { EndedEntry } from '../../contract/trail-entry.ts';
import { recordRefusal, refusedBefore } from '../shared/refuse.ts';
import { together } from '../together.ts';
import { failure } from './failures.ts';
import type { Lane } from './lane.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import type { RootTask } from './root-task.ts';
import type { TargetedRequest } from './steps/authorize.ts';
import { claim, earlierClaim, isOutOfTime, readRequest, standingOf } from './steps/claim.ts';
import { supersededByRequest } from './steps/endings.ts';
import { openRootSession } from './steps/open-root-session.ts';
import { refuseOwnAccount } from './steps/own-account.ts';
import { endWithoutSession } from './steps/record.ts';
import { refuseStopped, stopped, tryAgainUnread } from './steps/stopped.ts';
import { takeApproval } from './steps/take-approval.ts';
import { orderOf, takeOrder } from './steps/take-order.ts';
import { ofThisApproval, RefusedUnderLockError, underLockOf } from './steps/under-lock.ts';

/**
 * The corridor, from an event to its ending. Each step takes what the step before it minted, so that the wrong order
 * does not compile:
 *
 *   receive → authorize → claim → open root session → inspect → decide → declare → act → verify → record
 *
 * What a run across the organization, or the time of a closing, orders comes in by another door: it is authorized by
 * the approval that the trail holds, and by nothing that the order says.
 *
 * Expected endings are returned; whatever is thrown is tried again by Lambda and lands in the lane's failure queue
 * when every try is spent. Null: another lane's event, which that lane has taken, or an order whose time has not come.
 */
export async function carryOut(event: unknown, task: RootTask, lane: Lane): Promise<Receipt | null> {
  const order = orderOf(event, task.name);
  const taken =
    order === null ? await takeApproval(event, task.name, lane) : await takeOrder(order, task.name, lane);
  switch (taken.kind) {
    case 'done':
      return taken.receipt;
    case 'refusal':
      return receiptOf(await recordRefusal(taken, lane));
    case 'request':
      return carryOutRequest(taken.request, task, lane);
    default:
      return taken satisfies never;
  }
}

async function carryOutRequest(request: TargetedRequest, task: RootTask, lane: Lane): Promise<Receipt> {
  const own = refuseOwnAccount(request, lane.ownAccountId);
  if (own !== null) return receiptOf(await recordRefusal(own, lane));

  lane.logger.appendKeys({ rootTaskRequest: request.requestId, ticket: request.ticket.ticket.id });
  return underLockOf(request, lane, () => underLock(request, task, lane));
}

async function underLock(request: TargetedRequest, task: RootTask, lane: Lane): Promise<EndedEntry> {
  const [[power, refused], reading] = await together(
    together(lane.killSwitch.read(), refusedBefore(request.envelope.id, lane)),
    readRequest(request, lane),
  );
  const { approved, ended } = ofThisApproval(reading.chain, request);
  if (ended !== null) {
    lane.logger.info('this request has ended before', { ending: ended.ending, code: ended.code });
    return ended;
  }
  tryAgainUnread(request, power);
  const isOrdered = request.parentRequestId !== null || request.closes !== null;
  // An event is delivered at least once: what was recorded as refused is not carried out by its next delivery.
  if (approved === null && refused !== null && !isOrdered) throw new RefusedUnderLockError(refused);
  if (power.kind === 'stopped') {
    // What an approval ordered long ago is no event that could be refused: it has to end, and to be told.
    const begun = isOrdered ? await claim(await standingOf(reading, lane), lane) : earlierClaim(reading);
    if (begun === null)
      throw new RefusedUnderLockError(await recordRefusal(refuseStopped(request, power.why), lane));
    return endWithoutSession(begun, stopped(request, power.why), lane);
  }
  const standing = await standingOf(reading, lane);
  if (standing.supersededBy !== null && standing.chain.lastActing === null) {
    return endWithoutSession(
      await claim(standing, lane),
      supersededByRequest(request, standing.supersededBy),
      lane,
    );
  }
  if (isOutOfTime(standing, lane)) {
    const ending = failure('out-of-time', request.task, request.target, approved?.at);
    return endWithoutSession(await claim(standing, lane), ending, lane);
  }
  // The hop to the task role opens nothing, so it may overlap the claim; AssumeRoot waits for it.
  const [claimed, role] = await together(claim(standing, lane), lane.rootSessions.assumeTaskRole(request));
  // What was declared binds a retry: it is asked nothing anew.
  const unopened = claimed.chain.lastActing === null ? await task.prepare?.(claimed, lane) : null;
  if (unopened) return endWithoutSession(claimed, unopened.ending, lane, unopened.diagnosis);
  const session = await openRootSession(claimed, role, lane);
  if (session.kind === 'failed') return endWithoutSession(claimed, session.ending, lane);
  try {
    return await task.work(claimed, session, lane);
  } finally {
    session.clients.destroyAll();
  }
}
