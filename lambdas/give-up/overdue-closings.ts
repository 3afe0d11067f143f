import type { CodeOf } from '../../contract/ending.ts';
import type { RootTaskName } from '../../contract/root-tasks.ts';
import type { Clock } from '../clock.ts';
import { chainOf } from '../root-task/steps/chain.ts';
import { latestClosing } from '../root-task/steps/latest-closing.ts';
import { openingOf } from '../root-task/steps/opening-of.ts';
import type { AuditTrail } from '../shared/trail.ts';
import { restMilliseconds } from './unended.ts';

type Trail = Pick<AuditTrail, 'list' | 'read' | 'head'>;

/** The schedule, and Lambda's own retries, have had their time by then. */
const graceMilliseconds = 10 * 60_000;

const opens: RootTaskName = 'allow-root-password-recovery';
const open: CodeOf<'failed'> = 'password-recovery-open';
const closing = /\/closing\/\d+$/;

/**
 * Openings that may be open past their time: what was opened in the present month and the one before, and what every
 * closing that failed in them was to close. Each failure keeps its opening in sight, for as long as it takes.
 */
export async function perhapsOverdue(trail: Pick<Trail, 'list'>, clock: Clock): Promise<string[]> {
  const now = clock.now();
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1));
  const listed = await trail.list(since, now, ['acting', 'ended']);
  const openings = listed.flatMap(({ code, kind, requestId }) => {
    if (!isOfOpening(requestId)) return [];
    if (closing.test(requestId)) return code === open ? [requestId.replace(closing, '')] : [];
    return kind === 'acting' ? [requestId] : [];
  });
  return [...new Set(openings)];
}

/** Its name says what a request is about: the third part of it is a root task. */
function isOfOpening(requestId: string): boolean {
  return requestId.split('/')[2] === opens;
}

/** Whether an opening's time is over and nobody is closing it: the schedule never came, or the closing failed. */
export async function isOverdue(
  requestId: string,
  trail: Pick<Trail, 'head' | 'read'>,
  now: number,
): Promise<boolean> {
  const opened = openingOf(chainOf(requestId, await trail.read(requestId)));
  if (opened === null || now < Date.parse(opened.closesAt) + graceMilliseconds) return false;
  const latest = await latestClosing(requestId, trail);
  // Nobody has begun it, or it failed and no other was begun.
  if (latest === null) return true;
  const { head } = latest;
  return head.kind === 'ended' ? head.ending === 'failed' : now - Date.parse(head.at) >= restMilliseconds;
}
