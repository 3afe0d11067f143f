import { type FailedEnding, failure } from '../failures.ts';
import { type AuthorizedRequest, understoodOf } from './authorize.ts';
import type { Refusal } from './received.ts';

/** The ending of a request that was begun and may not go on, because all root tasks were stopped meanwhile. */
export function stopped({ task, target }: AuthorizedRequest, why: string): FailedEnding {
  return failure('stopped', task, target, why);
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
