import { describeTarget } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { samePolicy } from '../../resource-policy.ts';
import { failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { PolicyChange, Reached } from '../policies/verb.ts';
import type { Inspected, ResourcePolicyTask } from '../resource-policy-task.ts';
import type { ClaimedRequest } from './claim.ts';
import { hasLasted, PassingDenialError } from './lasting.ts';
import { NotYetVisibleError, shows } from './not-yet-visible.ts';

export interface Verdict {
  readonly ending: Reached['ending'];
  /** What was read back; null when it could not be read. */
  readonly after: PolicyState | null;
}

/** An attempt that was announced: when, and what it was to change. */
export interface Attempt extends PolicyChange {
  readonly at: string;
  readonly diagnosis: Reached['diagnosis'];
}

/**
 * Reads the target back after a change; the ending rests on this and on nothing else. "Still there after all that
 * patience" is its own answer, and so is "could not be read". Where AWS says how late a change may show, what is read
 * before then proves nothing but the change itself: the rest is thrown, and read again when Lambda tries again.
 */
export async function verify(
  claimed: ClaimedRequest,
  inspected: Pick<Inspected, 'look'>,
  attempt: Attempt,
  { showing, verb }: Pick<ResourcePolicyTask, 'showing' | 'verb'>,
  lane: Lane,
): Promise<Verdict> {
  const { request } = claimed;
  const { task, target } = request;
  const { at, before, diagnosis, intended } = attempt;
  for (const wait of [...showing.patience, null]) {
    const live = await inspected.look();
    if ('kind' in live) {
      const said = live.kind === 'failed' ? live.ending.summary : live.message;
      if (live.kind === 'denied-in-session' && !hasLasted(claimed, lane)) throw new PassingDenialError(said);
      return { ending: failure('not-read-back', task, target, said), after: null };
    }
    if (samePolicy(live, intended)) return { ending: verb.done(request, attempt, diagnosis), after: live };
    const isShown = shows(at, showing, lane);
    if (isShown && !samePolicy(live, before))
      return { ending: verb.doneThenReplaced(request, attempt, live, diagnosis), after: live };
    if (wait === null) {
      if (isShown) return { ending: failure('policy-back', task, target), after: live };
      throw new NotYetVisibleError(
        `the policy of ${describeTarget(target)} is to be another since ${at}, and that is not yet visible`,
      );
    }
    await lane.clock.sleep(wait);
  }
  throw new Error('unreachable: the last read decides');
}
