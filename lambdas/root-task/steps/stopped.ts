import type { Power } from '../adapters/kill-switch.ts';
import { type FailedEnding, failure } from '../failures.ts';
import { type AuthorizedRequest, type TargetedRequest, understoodOf } from './authorize.ts';
import type { Refusal } from './received.ts';

/** The ending of a request that was begun and may not go on, because all root tasks were stopped meanwhile. */
export function stopped({ task, target }: AuthorizedRequest, why: string): FailedEnding {
  return failure('stopped', task, target, why);
}

/** Nobody has stopped anything, and nobody can say so: whoever ordered it orders it again. Nothing was opened. */
export class SwitchUnreadError extends Error {
  override readonly name = 'SwitchUnreadError';
}

/**
 * Throws where an order meets a switch that cannot be read: thousands of accounts in a row meet its throttling, and an
 * ending each would be for good. Whoever ordered it tries again, and gives it up in the end.
 */
export function tryAgainUnread({ closes, parentRequestId }: TargetedRequest, power: Power): void {
  const isOrdered = closes !== null || parentRequestId !== null;
  if (isOrdered && power.kind === 'stopped' && power.unread === true) throw new SwitchUnreadError(power.why);
}

/** The refusal of an approval that comes while all root tasks are stopped: it is not carried out later either. */
export function refuseStopped(request: AuthorizedRequest, why: string): Refusal {
  return {
    kind: 'refusal',
    reasons: [{ code: 'root-tasks-stopped', message: `all root tasks are stopped: ${why}` }],
    understood: understoodOf(request),
    event: request.envelope,
    requestId: request.requestId,
  };
}
