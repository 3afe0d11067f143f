import type { EndedEntry } from '../../../contract/trail-entry.ts';
import type { Lane } from '../lane.ts';
import type { PolicyChange } from '../policies/verb.ts';
import type { ResourcePolicyTask } from '../resource-policy-task.ts';
import { actAndVerify, end, verifyAndEnd, type Work } from './act.ts';
import type { ClaimedRequest } from './claim.ts';
import { supersededByChange } from './endings.ts';
import { forGood } from './for-good.ts';
import { type NextMove, nextMove } from './next-move.ts';
import { NotYetVisibleError, shows } from './not-yet-visible.ts';

/** A retry: what the earlier attempt declared is done or left alone, and nothing is decided anew. */
export async function workAgain(work: Work, earlier: PolicyChange): Promise<EndedEntry> {
  const { claimed, inspected, lane, task } = work;
  const { chain, request, supersededBy } = claimed;
  const diagnosis = task.verb.diagnose(request, earlier, lane);
  let live = inspected.before;
  let move = nextMove(live, earlier, supersededBy !== null);
  if (isTooSoon(move, claimed, task, lane)) {
    throw new NotYetVisibleError(
      `an attempt was announced on ${chain.lastActing?.at}; whether it changed anything does not show yet`,
    );
  }
  if (move === 'act-if-still-there') {
    // What S3 and SQS show may be late: the recorded state counts as still there only when two reads apart say so.
    await lane.clock.sleep(task.showing.settle);
    const again = await inspected.look();
    if ('kind' in again) return end(work, { ending: forGood(again, claimed, lane), diagnosis }, null);
    live = again;
    move = nextMove(live, earlier, supersededBy !== null);
  }
  switch (move) {
    case 'leave-alone':
      return end(work, { ending: supersededByChange(request, live), diagnosis }, live);
    case 'verify':
      return verifyAndEnd(work, chain.lastActing, diagnosis);
    case 'act-if-still-there':
      return actAndVerify(work, earlier.intended, diagnosis);
    default:
      return move satisfies never;
  }
}

/**
 * Whether what a retry sees proves nothing yet: AWS says how late a change may show, and until then an old policy, or
 * one from before it, may be shown in the place of the new state. Where another request has changed the target, nothing
 * is waited for: it is left alone in any case.
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
