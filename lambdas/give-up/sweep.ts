import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import type { Context } from 'aws-lambda';
import { logger } from '../logger.ts';
import { chainOf } from '../root-task/steps/chain.ts';
import { type LockedRecorder, underLockOf } from '../root-task/steps/under-lock.ts';
import { ChainMovedError } from '../shared/trail.ts';
import { chainUnderLock, giveUpOn } from './end-chain.ts';
import { recorded } from './recorded.ts';
import { isAtRest, perhapsUnended } from './unended.ts';
import { wireRecorder } from './wire.ts';

/** What a sweep did, for its log. */
export interface Swept {
  readonly ended: number;
  readonly failed: number;
  /** False where time ran out before the last chain; the next sweep goes on. */
  readonly complete: boolean;
}

const lastError =
  'nothing: the request has not moved for 15 minutes, and no message of its failure has come.';

/**
 * Ends every request that was begun and that nobody ends any more: Lambda's own delivery of a failure can fail without
 * a word. Each under its own lock; one that cannot be ended does not keep the others from it.
 */
export async function sweep(
  recorder: LockedRecorder,
  region: string,
  remainingMilliseconds: () => number,
): Promise<Swept> {
  const counts = { ended: 0, failed: 0 };
  for (const requestId of await perhapsUnended(recorder.trail, recorder.clock)) {
    if (remainingMilliseconds() < 10_000) return { ...counts, complete: false };
    try {
      if (await endAtRest(requestId, recorder, region)) counts.ended += 1;
    } catch (error) {
      if (isAtWork(error)) {
        recorder.logger.info('a run is at work on this request again', { rootTaskRequest: requestId });
        continue;
      }
      recorder.logger.error('could not end a request without an ending', {
        error,
        rootTaskRequest: requestId,
      });
      counts.failed += 1;
    }
  }
  return { ...counts, complete: true };
}

/** A run has written to the chain since it was found at rest: it ends the request, or the next sweep does. */
class MovedError extends Error {
  override readonly name = 'MovedError';
}

/** Whether somebody holds the request's lock, or has just moved its chain: nothing has failed then. */
function isAtWork(error: unknown): boolean {
  return (
    error instanceof MovedError ||
    error instanceof ChainMovedError ||
    error instanceof IdempotencyAlreadyInProgressError
  );
}

/** Ends a request whose chain rests without an ending. Answers whether it did: false where there was no need. */
async function endAtRest(requestId: string, recorder: LockedRecorder, region: string): Promise<boolean> {
  const { approved, ...found } = chainOf(requestId, await recorder.trail.read(requestId));
  if (approved === null || !isAtRest({ approved, ...found }, recorder.clock.now().getTime())) return false;
  const request = recorded(approved, region);
  await underLockOf(request, recorder, async () => {
    const chain = await chainUnderLock(request, recorder);
    if (chain.ended === null && !isAtRest(chain, recorder.clock.now().getTime()))
      throw new MovedError(`${requestId} has moved meanwhile`);
    return giveUpOn(request, chain, lastError, recorder);
  });
  return true;
}

let wired: ReturnType<typeof wireRecorder> | undefined;

/** Runs on a schedule. Throws where a request could not be ended, so that it is tried again and somebody is told. */
export async function handler(_event: unknown, context: Context): Promise<Swept> {
  wired ??= wireRecorder();
  const swept = await sweep(wired.recorderFor(context), wired.region, () =>
    context.getRemainingTimeInMillis(),
  );
  if (swept.ended + swept.failed > 0) logger.warn('requests without an ending were found', { ...swept });
  if (swept.failed > 0) throw new Error(`${swept.failed} requests without an ending could not be ended`);
  return swept;
}
