import { type FailedEnding, failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';
import type { ClaimedRequest } from './claim.ts';
import { hasLasted, PassingDenialError } from './lasting.ts';

/** The ending for a "no" in the session. One that does not say why may pass, and is thrown until it has lasted. */
export function forGood(no: Failed | DeniedInSession, claimed: ClaimedRequest, lane: Lane): FailedEnding {
  if (no.kind === 'failed') return no.ending;
  if (!hasLasted(claimed, lane)) throw new PassingDenialError(`${no.action}: ${no.message}`);
  const { task, target } = claimed.request;
  return failure(no.code, task, target, no.message);
}
