import { runOf } from '../../contract/request-id.ts';
import type { OrganizationTask } from '../../contract/root-tasks.ts';
import type { ApprovedEntry } from '../../contract/trail-entry.ts';
import { NoMachineError } from '../organization-run/adapters/run-machines.ts';
import { isOfOrganization } from '../organization-run/run.ts';
import { startedOut, startRun } from '../organization-run/start-run.ts';
import type { AuthorizedRequest } from '../root-task/steps/authorize.ts';
import { chainOf } from '../root-task/steps/chain.ts';
import { recorded } from '../root-task/steps/recorded.ts';
import { underLockOf } from '../root-task/steps/under-lock.ts';
import type { AuditTrail } from '../shared/trail.ts';
import { chainUnderLock, giveUpOn } from './end-chain.ts';
import type { Sweeper, SweepJob } from './sweep-job.ts';
import { isAtRest, perhapsUnended } from './unended.ts';

const nothingCame =
  'nothing: the request has not moved for 15 minutes, and no message of its failure has come.';

/** Longer than any run takes, and than anybody waits for one. */
const runDays = 14;
const tooOld = `nothing: the run was begun more than ${runDays} days ago.`;

const disabled =
  'nothing: the settings have disabled the root task since, so nobody visits its accounts any more.';

async function startedAgain(requestId: string, task: OrganizationTask, { machines }: Sweeper) {
  try {
    return await startRun(requestId, task, machines);
  } catch (error) {
    if (error instanceof NoMachineError) return 'no-machine';
    throw error;
  }
}

/** A run has written to the chain since it was found at rest: it ends the request, or the next sweep does. */
export class MovedError extends Error {
  override readonly name = 'MovedError';
}

/**
 * Ends requests whose chain rests without an ending, each under its own lock. A run across the organization is started
 * again instead, and its accounts are left to it: it ends those that nobody ends, and speaks for all of them.
 */
export const takeUpUnended: SweepJob = {
  find: ({ clock, trail }) => perhapsUnended(trail, clock),
  takeUp: async (requestId, sweeper) => {
    const { approved, ...found } = chainOf(requestId, await sweeper.trail.read(requestId));
    const now = sweeper.clock.now().getTime();
    if (approved === null || !isAtRest({ approved, ...found }, now)) return 'left';
    if (await isLeftToItsRun(requestId, sweeper.trail)) return 'left';
    const request = recorded(approved, sweeper.region);
    if (!isOfOrganization(request)) return endUnderLock(request, nothingCame, sweeper);
    if (isTooOld(approved, now)) return endUnderLock(request, tooOld, sweeper);
    const execution = await startedAgain(requestId, request.task, sweeper);
    if (execution === 'no-machine') return endUnderLock(request, disabled, sweeper);
    if (execution === null) return endUnderLock(request, startedOut, sweeper);
    sweeper.logger.info('a run goes on', { rootTaskRequest: requestId, execution });
    return 'started';
  },
};

/** Whether it is an account of a run that has not ended. */
async function isLeftToItsRun(requestId: string, trail: Pick<AuditTrail, 'head'>): Promise<boolean> {
  const run = runOf(requestId);
  if (run === null) return false;
  const head = await trail.head(run);
  return head !== null && head.kind !== 'ended';
}

function isTooOld({ at }: ApprovedEntry, now: number): boolean {
  return now - Date.parse(at) > runDays * 86_400_000;
}

async function endUnderLock(
  request: AuthorizedRequest,
  lastError: string,
  sweeper: Sweeper,
): Promise<'ended'> {
  await underLockOf(request, sweeper, async () => {
    const chain = await chainUnderLock(request, sweeper);
    if (chain.ended === null && !isAtRest(chain, sweeper.clock.now().getTime()))
      throw new MovedError(`${request.requestId} has moved meanwhile`);
    return giveUpOn(request, chain, lastError, sweeper);
  });
  return 'ended';
}
