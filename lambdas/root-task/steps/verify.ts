import type { RunEnding } from '../../../contract/ending.ts';
import { describeTarget } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { samePolicy } from '../../resource-policy.ts';
import { failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { Inspected, Showing } from '../resource-policy-task.ts';
import type { ClaimedRequest } from './claim.ts';
import { unlocked, unlockedThenReplaced } from './endings.ts';
import { hasLasted, PassingDenialError } from './lasting.ts';
import { NotYetVisibleError, shows } from './not-yet-visible.ts';

export interface Verdict {
  readonly ending: RunEnding;
  /** What was read back; null when it could not be read. */
  readonly after: PolicyState | null;
}

/**
 * Reads the target back after a change; the ending rests on this and on nothing else. "Still there after all that
 * patience" is its own answer, and so is "could not be read". Where AWS says how late a change may show, what is read
 * before then proves nothing but the change itself: the rest is thrown, and read again when Lambda tries again.
 */
export async function verify(
  claimed: ClaimedRequest,
  inspected: Inspected,
  { at: actedAt, before }: { readonly at: string; readonly before: PolicyState },
  showing: Showing,
  lane: Lane,
): Promise<Verdict> {
  const { request } = claimed;
  const { task, target } = request;
  for (const wait of [...showing.patience, null]) {
    const live = await inspected.look();
    if ('kind' in live) {
      const said = live.kind === 'failed' ? live.ending.summary : live.message;
      if (live.kind === 'denied-in-session' && !hasLasted(claimed, lane)) throw new PassingDenialError(said);
      return { ending: failure('not-read-back', task, target, said), after: null };
    }
    if (samePolicy(live, inspected.intended)) return { ending: unlocked(request, before), after: live };
    const isShown = shows(actedAt, showing, lane);
    if (isShown && !samePolicy(live, before)) {
      return { ending: unlockedThenReplaced(request, live), after: live };
    }
    if (wait === null) {
      if (isShown) return { ending: failure('policy-back', task, target), after: live };
      throw new NotYetVisibleError(
        `the policy of ${describeTarget(target)} is set to be removed since ${actedAt}, and not yet visible as removed`,
      );
    }
    await lane.clock.sleep(wait);
  }
  throw new Error('unreachable: the last read decides');
}
