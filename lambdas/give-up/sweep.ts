import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import type { Context } from 'aws-lambda';
import { logger } from '../logger.ts';
import { ChainMovedError } from '../shared/trail.ts';
import { closeOverdue } from './close-overdue.ts';
import type { Sweeper, SweepJob } from './sweep-job.ts';
import { MovedError, takeUpUnended } from './take-up-unended.ts';
import { wireSweeper } from './wire.ts';

/** What a sweep did, for its log. */
export interface Swept {
  /** Requests that it ended. */
  readonly ended: number;
  /** What it saw to being at work: runs across the organization, and closings. */
  readonly started: number;
  readonly failed: number;
  /** False where time ran out before the last of them; the next sweep goes on. */
  readonly complete: boolean;
}

/** Everything that nobody else brings to an end, the first first. */
const jobs: readonly SweepJob[] = [closeOverdue, takeUpUnended];

/**
 * Takes up what was begun and what nobody ends any more: Lambda's own delivery of a failure can fail without a word.
 * One that cannot be taken up does not keep the others from it.
 */
export async function sweep(sweeper: Sweeper, all: readonly SweepJob[] = jobs): Promise<Swept> {
  const counts = { ended: 0, started: 0, failed: 0 };
  for (const job of all) {
    for (const requestId of await job.find(sweeper)) {
      if (sweeper.remainingMilliseconds() < 10_000) return { ...counts, complete: false };
      try {
        const done = await job.takeUp(requestId, sweeper);
        if (done !== 'left') counts[done] += 1;
      } catch (error) {
        if (isAtWork(error)) {
          sweeper.logger.info('a run is at work on this request again', { rootTaskRequest: requestId });
          continue;
        }
        sweeper.logger.error('could not end a request without an ending', {
          error,
          rootTaskRequest: requestId,
        });
        counts.failed += 1;
      }
    }
  }
  return { ...counts, complete: true };
}

/** Whether somebody holds the request's lock, or has just moved its chain: nothing has failed then. */
function isAtWork(error: unknown): boolean {
  return (
    error instanceof MovedError ||
    error instanceof ChainMovedError ||
    error instanceof IdempotencyAlreadyInProgressError
  );
}

let sweeperFor: ReturnType<typeof wireSweeper> | undefined;

/** Runs on a schedule. Throws where a request could not be ended, so that it is tried again and somebody is told. */
export async function handler(_event: unknown, context: Context): Promise<Swept> {
  sweeperFor ??= wireSweeper();
  const swept = await sweep(sweeperFor(context));
  if (swept.ended + swept.failed > 0) logger.warn('requests without an ending were found', { ...swept });
  if (swept.failed > 0) throw new Error(`${swept.failed} requests without an ending could not be ended`);
  return swept;
}
