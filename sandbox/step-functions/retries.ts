import { createHash } from 'node:crypto';
import type { Retrier } from './definition.ts';
import { StateError } from './state-error.ts';

export interface RetryParts {
  readonly retriers: readonly Retrier[];
  /** Names this state of this execution: chance is the same for the same name. */
  readonly seed: string;
  /** Waits so many milliseconds on the sandbox's clock. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Told of every further try. */
  readonly retried: () => void;
}

/**
 * Tries again as `Retry` says. The library's own retries wait on the reader's clock, so the sandbox takes them over.
 * Source: Amazon States Language, "Retrying after error".
 */
export async function withRetries<Result>(
  { retriers, seed, wait, retried }: RetryParts,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const attempts = retriers.map(() => 0);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      const index = retriers.findIndex(({ ErrorEquals }) => ErrorEquals.some((name) => matches(name, error)));
      const retrier = retriers[index];
      const before = attempts[index] ?? 0;
      if (retrier === undefined || before >= retrier.MaxAttempts) throw error;
      attempts[index] = before + 1;
      await wait(delayOf(retrier, before, `${seed} ${index} ${before}`));
      retried();
    }
  }
}

function matches(name: string, error: StateError): boolean {
  if (!error.isRetryable) return false;
  if (name === 'States.ALL') return true;
  return name === error.name || (name === 'States.TaskFailed' && error.name !== 'States.Timeout');
}

function delayOf(retrier: Retrier, before: number, seed: string): number {
  const {
    IntervalSeconds,
    BackoffRate,
    MaxDelaySeconds = Number.POSITIVE_INFINITY,
    JitterStrategy,
  } = retrier;
  const milliseconds = Math.min(IntervalSeconds * BackoffRate ** before, MaxDelaySeconds) * 1000;
  switch (JitterStrategy) {
    case 'NONE':
      return milliseconds;
    case 'FULL':
      return milliseconds * (createHash('sha256').update(seed).digest().readUInt32BE(0) / 2 ** 32);
    default:
      return JitterStrategy satisfies never;
  }
}
