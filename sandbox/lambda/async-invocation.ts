import { randomUUID } from 'node:crypto';
import type { Clock, DeployedFunction } from '../parts.ts';
import type { FailureDestination } from './failure-destination.ts';
import type { Invocation, InvocationResult } from './result.ts';

/** Lambda waits about one minute before the first retry and two before the second. */
const retryAfterMs = [60_000, 120_000];

export interface AsyncInvocations {
  /** Accepts an event, as `InvocationType: Event` does; the promise ends when nothing more will be tried. */
  accept(fn: DeployedFunction, event: unknown): Promise<void>;
}

export interface AsyncInvocationParts {
  readonly clock: Clock;
  readonly invoke: (fn: DeployedFunction, invocation: Invocation) => Promise<InvocationResult>;
  /** Runs something later on the sandbox's clock; everything it sets off settles before the clock moves on. */
  readonly later: (at: number, what: string, run: () => Promise<void>) => void;
  readonly destination: FailureDestination;
}

/** Lambda's queue of asynchronous invocations: retries on the sandbox's clock, then the failure destination. */
export function createAsyncInvocations(parts: AsyncInvocationParts): AsyncInvocations {
  async function attempt(
    fn: DeployedFunction,
    invocation: Invocation,
    since: number,
    number: number,
  ): Promise<void> {
    const result = await parts.invoke(fn, invocation);
    if (result.ok) return;
    const { maximumRetryAttempts, maximumEventAgeSeconds, onFailureArn } = fn.asyncInvoke;
    const at = parts.clock.now() + (retryAfterMs[number - 1] ?? 0);
    const tooOld = at - since > maximumEventAgeSeconds * 1000;
    if (number <= maximumRetryAttempts && !tooOld) {
      parts.later(at, `retry ${number} of ${fn.name}`, () => attempt(fn, invocation, since, number + 1));
      return;
    }
    if (onFailureArn === null) return;
    const condition = number > maximumRetryAttempts ? 'RetriesExhausted' : 'EventAgeExceeded';
    await parts.destination.send(fn, onFailureArn, {
      version: '1.0',
      timestamp: new Date(parts.clock.now()).toISOString(),
      requestContext: {
        requestId: invocation.requestId,
        functionArn: `${fn.arn}:$LATEST`,
        condition,
        approximateInvokeCount: number,
      },
      requestPayload: invocation.event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: result.error,
    });
  }

  return {
    accept: (fn, event) => attempt(fn, { requestId: randomUUID(), event }, parts.clock.now(), 1),
  };
}
