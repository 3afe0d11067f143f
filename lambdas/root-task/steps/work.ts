import type { ActingEntry, EndedEntry, PolicyState } from '../../../contract/trail-entry.ts';
import { isPolicyState } from '../../../contract/trail-states.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { type FailedEnding, failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { Inspected, ResourcePolicyTask } from '../resource-policy-task.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';
import type { ClaimedRequest } from './claim.ts';
import { nothingToDo, rehearsed, supersededByChange } from './endings.ts';
import { hasLasted, PassingDenialError } from './lasting.ts';
import { type EarlierAttempt, type NextMove, nextMove } from './next-move.ts';
import { NotYetVisibleError, shows } from './not-yet-visible.ts';
import { type Declared, declare, recordEnding } from './record.ts';
import { verify } from './verify.ts';

/** Everything inside the root session, for a resource policy: inspect, decide, declare, act, verify, record. */
export async function workOn(
  claimed: ClaimedRequest,
  session: RootSession,
  task: ResourcePolicyTask,
  lane: Lane,
): Promise<EndedEntry> {
  const { request, chain } = claimed;
  const end = (ending: Parameters<typeof recordEnding>[2], after: PolicyState | null) =>
    recordEnding(claimed, null, ending, { after, session: session.record }, lane);

  const inspected = await task.inspect(session, request.target);
  if (inspected.kind !== 'inspected') return end(forGood(inspected, claimed, lane), null);
  if (request.ticket.dryRun) return end(rehearsed(request, inspected.before), inspected.before);

  const overtaken = claimed.supersededBy !== null;
  const earlier = earlierOf(chain.lastActing);
  let live = inspected.before;
  let move = nextMove(live, inspected.intended, earlier, overtaken);
  if (isTooSoon(move, claimed, task, lane)) {
    throw new NotYetVisibleError(
      `an attempt was announced on ${chain.lastActing?.at}; whether it changed anything does not show yet`,
    );
  }
  if (move === 'act-if-still-there') {
    // What S3 and SQS show may be late: the recorded state counts as still there only when two reads apart say so.
    await lane.clock.sleep(task.showing.settle);
    const again = await inspected.look();
    if ('kind' in again) return end(forGood(again, claimed, lane), null);
    live = again;
    move = nextMove(live, inspected.intended, earlier, overtaken);
  }
  switch (move) {
    case 'nothing-to-do':
      return end(nothingToDo(request), live);
    case 'leave-alone':
      return end(supersededByChange(request, live), live);
    case 'verify':
      return verifyAndEnd(claimed, inspected, session, chain.lastActing, task, lane);
    case 'act':
    case 'act-if-still-there': {
      const declared = await declare(claimed, session, inspected, lane);
      const denied = await act(declared);
      if (denied === null) return verifyAndEnd(claimed, inspected, session, declared.entry, task, lane);
      const ending = forGood(denied, claimed, lane);
      return recordEnding(claimed, declared.entry, ending, { after: null, session: session.record }, lane);
    }
    default:
      return move satisfies never;
  }
}

/** What an earlier attempt recorded; null where there was none. Throws where it recorded no policy. */
export function earlierOf(acting: ActingEntry | null): EarlierAttempt | null {
  if (acting === null) return null;
  const { before, intended } = acting;
  if (!isPolicyState(before) || !isPolicyState(intended))
    throw new Error(`entry ${acting.sequence} of ${acting.requestId} holds no policy`);
  return { before, intended };
}

/**
 * Whether what a retry sees proves nothing yet: AWS says how late a change may show, and until then an old policy, or
 * one from before it, may be shown in the place of none. Where another request has changed the target, nothing is waited
 * for: it is left alone in any case.
 */
function isTooSoon(
  move: NextMove,
  { chain, supersededBy }: ClaimedRequest,
  { showing }: ResourcePolicyTask,
  lane: Lane,
): boolean {
  if (chain.lastActing === null || supersededBy !== null || shows(chain.lastActing.at, showing, lane))
    return false;
  return move === 'act-if-still-there' || move === 'leave-alone';
}

/** Changes the target. Only a declared attempt may: its `acting` entry is durable. */
async function act({ inspected }: Declared<Inspected>): Promise<Failed | DeniedInSession | null> {
  const sent = await inspected.change();
  return sent === 'sent' ? null : sent;
}

async function verifyAndEnd(
  claimed: ClaimedRequest,
  inspected: Inspected,
  session: RootSession,
  acting: ActingEntry | null,
  { showing }: ResourcePolicyTask,
  lane: Lane,
): Promise<EndedEntry> {
  const attempt = earlierOf(acting);
  if (acting === null || attempt === null)
    throw new Error('there is nothing to verify: no attempt is recorded');
  const { ending, after } = await verify(
    claimed,
    inspected,
    { at: acting.at, before: attempt.before },
    showing,
    lane,
  );
  return recordEnding(claimed, acting, ending, { after, session: session.record }, lane);
}

/** The ending for a "no" in the session. One that does not say why may pass, and is thrown until it has lasted. */
export function forGood(no: Failed | DeniedInSession, claimed: ClaimedRequest, lane: Lane): FailedEnding {
  if (no.kind === 'failed') return no.ending;
  if (!hasLasted(claimed, lane)) throw new PassingDenialError(`${no.action}: ${no.message}`);
  const { task, target } = claimed.request;
  return failure(no.code, task, target, no.message);
}
