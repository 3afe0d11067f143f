import { isOverdue, perhapsOverdue } from './overdue-closings.ts';
import type { SweepJob } from './sweep-job.ts';

/**
 * Has every opening closed whose time is over and that nobody is closing. Each try that fails ends a request of its own,
 * and so tells on-call again, for as long as it takes.
 */
export const closeOverdue: SweepJob = {
  find: ({ clock, trail }) => perhapsOverdue(trail, clock),
  takeUp: async (requestId, { clock, closings, logger, trail }) => {
    if (!(await isOverdue(requestId, trail, clock.now().getTime()))) return 'left';
    await closings.close(requestId);
    logger.warn('password recovery is open past its time; its closing is tried again', { closes: requestId });
    return 'started';
  },
};
