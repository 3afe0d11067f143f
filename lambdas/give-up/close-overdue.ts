import { overdueClosings } from './overdue-closings.ts';
import type { SweepJob } from './sweep-job.ts';

/**
 * Has every opening closed whose time is over and that nobody is closing. Each try that fails ends a request of its own,
 * and so tells on-call again, for as long as it takes.
 */
export const closeOverdue: SweepJob = {
  find: ({ clock, trail }) => overdueClosings(trail, clock),
  takeUp: async (requestId, { closings, logger }) => {
    await closings.close(requestId);
    logger.warn('password recovery is open past its time; its closing is tried again', { closes: requestId });
    return 'started';
  },
};
