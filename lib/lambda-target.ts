import { Duration } from 'aws-cdk-lib';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { FailureQueue } from './failure-queue.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

/** A function as the target of a rule; what EventBridge cannot hand to Lambda within six hours goes to the queue. */
export function lambdaTarget(target: RootdeskFunction, failures: FailureQueue): LambdaFunction {
  return new LambdaFunction(target.handler, {
    deadLetterQueue: failures.queue,
    maxEventAge: Duration.hours(6),
    retryAttempts: 185,
  });
}
