import type { RunMachines } from '../organization-run/adapters/run-machines.ts';
import type { LockedRecorder } from '../root-task/steps/under-lock.ts';
import type { ClosingLane } from './adapters/closing-lane.ts';

/** What a sweep works with. */
export interface Sweeper extends LockedRecorder {
  readonly region: string;
  readonly machines: Pick<RunMachines, 'start'>;
  readonly closings: Pick<ClosingLane, 'close'>;
  readonly remainingMilliseconds: () => number;
}

/** One kind of thing that a sweep looks for, and what it does about each. */
export interface SweepJob {
  /** The requests to look at; whether anything is to be done is decided one by one. */
  readonly find: (sweeper: Sweeper) => Promise<readonly string[]>;
  readonly takeUp: (requestId: string, sweeper: Sweeper) => Promise<'ended' | 'started' | 'left'>;
}
