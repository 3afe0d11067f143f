import { accountOf, isOrganization, targetPath } from '../../../contract/target.ts';
import type { Recorder } from '../lane.ts';
import type { AuthorizedRequest } from './authorize.ts';

/** The fields that every entry of a request's chain has. */
export function entryFields(request: AuthorizedRequest, lane: Recorder) {
  const { closes, parentRequestId, target, task, ticket } = request;
  return {
    at: lane.clock.now().toISOString(),
    ticket: ticket.ticket,
    task,
    target,
    targetPath: targetPath(target),
    ...(isOrganization(target) ? {} : { accountId: accountOf(target) }),
    ...(parentRequestId === null ? {} : { parentRequestId }),
    ...(closes === null ? {} : { closes }),
    by: { function: lane.invocation.functionName, requestId: lane.invocation.requestId },
  };
}
