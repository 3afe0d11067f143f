import type { RunEnding } from '../../../contract/ending.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { samePolicy } from '../../resource-policy.ts';
import { failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { Inspected } from '../root-task.ts';
import type { ClaimedRequest } from './claim.ts';
import { unlocked, unlockedThenReplaced } from './endings.ts';
import { hasLasted, PassingDenialError } from './lasting.ts';

/** Waits before each further read, where AWS may be slow to show a change. In milliseconds. */
const patience = [1_000, 2_000, 4_000, 8_000];

export interface Verdict {
  readonly ending: RunEnding;
  /** What was read back; null when it could not be read. */
  readonly after: PolicyState | null;
}

/**
 * Reads the target back after a change; the ending rests on this and on nothing else. "Still there after all that
 * patience" is its own answer, and so is "could not be read".
 */
export async function verify(
  claimed: ClaimedRequest,
  inspected: Inspected,
  before: PolicyState,
  lane: Lane,
): Promise<Verdict> {
  const { request } = claimed;
  const { task, target } = request.ticket;
  for (const wait of [...patience, null]) {
    const live = await inspected.look();
    if ('kind' in live) {
      const said = live.kind === 'failed' ? live.ending.summary : live.message;
      if (live.kind === 'denied-in-session' && !hasLasted(claimed, lane)) throw new PassingDenialError(said);
      return { ending: failure('not-read-back', task, target, said), after: null };
    }
    if (samePolicy(live, inspected.intended)) return { ending: unlocked(request, before), after: live };
    if (!samePolicy(live, before)) return { ending: unlockedThenReplaced(request, live), after: live };
    if (wait === null) return { ending: failure('policy-back', task, target), after: live };
    await lane.clock.sleep(wait);
  }
  throw new Error('unreachable: the last read decides');
}
