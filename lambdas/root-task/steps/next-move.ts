import type { PolicyState } from '../../../contract/trail-entry.ts';
import { samePolicy } from '../../resource-policy.ts';

/** What a run does once it has seen the target. */
export type NextMove = 'nothing-to-do' | 'act' | 'act-if-still-there' | 'verify' | 'leave-alone';

/** What an earlier attempt recorded before it acted. */
export interface EarlierAttempt {
  readonly before: PolicyState;
  readonly intended: PolicyState;
}

/**
 * Decides from the live state and the last recorded attempt. A first attempt acts where there is something to do. A
 * retry finds one of three: what it intended (done: verify), what it recorded (not done, or not yet shown: look again
 * and act), or something else, which is somebody's and is left alone. Nothing is changed back that was changed since
 * by another request.
 */
export function nextMove(
  live: PolicyState,
  intended: PolicyState,
  earlier: EarlierAttempt | null,
  changedSince: boolean,
): NextMove {
  if (earlier === null) {
    if (changedSince) return 'leave-alone';
    return samePolicy(live, intended) ? 'nothing-to-do' : 'act';
  }
  if (samePolicy(live, earlier.intended)) return 'verify';
  if (changedSince || !samePolicy(live, earlier.before)) return 'leave-alone';
  return 'act-if-still-there';
}
