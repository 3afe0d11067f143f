import type { EndedEntry } from '../../contract/trail-entry.ts';
import { refuse } from '../refuse/refuse.ts';
import { recordRefusal, refusedBefore } from '../shared/refuse.ts';
import { together } from '../together.ts';
import { failure } from './failures.ts';
import type { Lane } from './lane.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import type { RootTask } from './root-task.ts';
import { type AuthorizedRequest, authorize } from './steps/authorize.ts';
import { claim, earlierClaim, isOutOfTime, readRequest, standingOf } from './steps/claim.ts';
import { supersededByRequest } from './steps/endings.ts';
import { openRootSession } from './steps/open-root-session.ts';
import { refuseOwnAccount } from './steps/own-account.ts';
import { recall } from './steps/recall.ts';
import { receive } from './steps/receive.ts';
import { endWithoutSession } from './steps/record.ts';
import { refuseStopped, stopped } from './steps/stopped.ts';
import { ofThisApproval, RefusedUnderLockError, underLockOf } from './steps/under-lock.ts';
import { workOn } from './steps/work.ts';

/**
 * The corridor, from an event to its ending. Each step takes what the step before it minted, so that the wrong order
 * does not compile:
 *
 *   receive → authorize → claim → open root session → inspect → declare → act → verify → record
 *
 * Expected endings are returned; whatever is thrown is tried again by Lambda and lands in the lane's failure queue
 * when every try is spent. Null: another lane's event, which that lane has taken.
 */
export async function carryOut(event: unknown, task: RootTask, lane: Lane): Promise<Receipt | null> {
  const received = receive(event);
  if (received.kind === 'refusal') return receiptOf(await recordRefusal(received, lane));
  if (received.ticket.task !== task.name) return refuse(event, lane.settings, lane);

  const request = await recall(authorize(received, lane.settings, lane.clock.now()), lane);
  if (request.kind === 'refusal') return receiptOf(await recordRefusal(request, lane));
  const own = refuseOwnAccount(request, lane.ownAccountId);
  if (own !== null) return receiptOf(await recordRefusal(own, lane));

  lane.logger.appendKeys({ rootTaskRequest: request.requestId, ticket: request.ticket.ticket.id });
  return underLockOf(request, lane, () => underLock(request, task, lane));
}

async function underLock(request: AuthorizedRequest, task: RootTask, lane: Lane): Promise<EndedEntry> {
  const [[power, refused], reading] = await together(
    together(lane.killSwitch.read(), refusedBefore(request.envelope.id, lane)),
    readRequest(request, lane),
  );
  const { approved, ended } = ofThisApproval(reading.chain, request);
  if (ended !== null) {
    lane.logger.info('this request has ended before', { ending: ended.ending, code: ended.code });
    return ended;
  }
  // An event is delivered at least once: what was recorded as refused is not carried out by its next delivery.
  if (approved === null && refused !== null) throw new RefusedUnderLockError(refused);
  if (power.kind === 'stopped') {
    const begun = earlierClaim(reading);
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
    const ending = failure('out-of-time', request.ticket.task, request.ticket.target, approved?.at);
    return endWithoutSession(await claim(standing, lane), ending, lane);
  }
  // The hop to the task role opens nothing, so it may overlap the claim; AssumeRoot waits for it.
  const [claimed, role] = await together(claim(standing, lane), lane.rootSessions.assumeTaskRole(request));
  const session = await openRootSession(claimed, role, lane);
  if (session.kind === 'failed') return endWithoutSession(claimed, session.ending, lane);
  return workOn(claimed, session, task, lane);
}
