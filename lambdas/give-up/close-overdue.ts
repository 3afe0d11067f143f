import { overdueClosings } from './overdue-closings.ts';
import type { SweepJob } from './sweep-job.ts';

/** In milliseconds, of what a sweep has: there is more for it to do. */
const leftForTheRest = 25_000;

/**
 * Has every opening closed whose time is over and that nobody is closing. Each try that fails ends a request of its own,
 * and so tells on-call again, for as long as it takes.
 */
export const closeOverdue: SweepJob = {
  find: ({ clock, remainingMilliseconds, trail }) =>
    overdueClosings(trail, clock, () => remainingMilliseconds() > leftForTheRest),
  takeUp: async (requestId, { closings, logger }) => {
    await closings.close(requestId);
    logger.warn('password recovery is open past its time; its closing is tried again', { closes: requestId });
    return 'started';
  },
};
