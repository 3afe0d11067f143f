import { accountOf, targetPath } from '../../../contract/target.ts';
import type { Recorder } from '../lane.ts';
import type { AuthorizedRequest } from './authorize.ts';

/** The fields that every entry of a request's chain has. */
export function entryFields({ ticket }: AuthorizedRequest, lane: Recorder) {
  return {
    at: lane.clock.now().toISOString(),
    ticket: ticket.ticket,
    task: ticket.task,
    target: ticket.target,
    targetPath: targetPath(ticket.target),
    accountId: accountOf(ticket.target),
    by: { function: lane.invocation.functionName, requestId: lane.invocation.requestId },
  };
}
