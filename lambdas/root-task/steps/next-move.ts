import type { PolicyState } from '../../../contract/trail-entry.ts';
import { samePolicy } from '../../resource-policy.ts';
import type { PolicyChange } from '../policies/verb.ts';

/** What a retry does once it has seen the target. */
export type NextMove = 'act-if-still-there' | 'verify' | 'leave-alone';

/**
 * Decides from the live state and the last recorded attempt. A retry finds one of three: what it intended (done:
 * verify), what it recorded (not done, or not yet shown: look again and act), or something else, which is somebody's
 * and is left alone. Nothing is changed back that was changed since by another request.
 */
export function nextMove(live: PolicyState, earlier: PolicyChange, changedSince: boolean): NextMove {
  if (samePolicy(live, earlier.intended)) return 'verify';
  if (changedSince || !samePolicy(live, earlier.before)) return 'leave-alone';
  return 'act-if-still-there';
}
