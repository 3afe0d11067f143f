import { closingRequestId } from '../../contract/request-id.ts';
import type { RootTaskName } from '../../contract/root-tasks.ts';
import type { Clock } from '../clock.ts';
import { chainOf } from '../root-task/steps/chain.ts';
import { openingOf } from '../root-task/steps/opening-of.ts';
import type { AuditTrail } from '../shared/trail.ts';
import { restMilliseconds } from './unended.ts';

type Trail = Pick<AuditTrail, 'list' | 'read' | 'head'>;

/** The schedule, and Lambda's own retries, have had their time by then. */
const graceMilliseconds = 10 * 60_000;

const opens: RootTaskName = 'allow-root-password-recovery';

/**
 * Openings whose time is over and that nobody is closing: the schedule never came, or the closing failed. Those begun in
 * the present month and the one before; each stays among them until it is read back as closed.
 */
export async function overdueClosings(trail: Trail, clock: Clock): Promise<string[]> {
  const now = clock.now();
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1));
  const begun = (await trail.list(since, now, ['acting'])).map(({ requestId }) => requestId);
  const overdue: string[] = [];
  for (const requestId of new Set(begun.filter(isOpening))) {
    if (await isOverdue(requestId, trail, now.getTime())) overdue.push(requestId);
  }
  return overdue;
}

/** Its name says what a request is: the third part of it is its root task, and nothing follows the time. */
function isOpening(requestId: string): boolean {
  return requestId.split('/')[2] === opens && !requestId.includes('/closing/');
}

async function isOverdue(requestId: string, trail: Trail, now: number): Promise<boolean> {
  const opened = openingOf(chainOf(requestId, await trail.read(requestId)));
  if (opened === null || now < Date.parse(opened.closesAt) + graceMilliseconds) return false;
  for (let number = 1; ; number += 1) {
    const last = await trail.head(closingRequestId(requestId, number));
    // Nobody has begun it, or it failed and no other was begun.
    if (last === null) return true;
    if (last.kind !== 'ended') return now - Date.parse(last.at) >= restMilliseconds;
    if (last.ending !== 'failed') return false;
  }
}
