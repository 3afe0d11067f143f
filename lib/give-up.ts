import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FailureQueues, GiveUpEnvironment } from '../contract/environment.ts';
import type { Settings } from '../contract/settings.ts';
import type { IAuditTrail } from './audit-trail.ts';
import type { DeliveryLocks } from './delivery-locks.ts';
import { consumerTimeout, type FailureQueue } from './failure-queue.ts';
import { RootdeskFunction } from './rootdesk-function.ts';

/** A failure queue, and whose failures it holds. */
export interface GivenUp {
  readonly of: FailureQueues[string];
  readonly failures: FailureQueue;
}

export interface GiveUpProps {
  readonly settings: Settings;
  readonly queues: readonly GivenUp[];
  readonly trail: IAuditTrail;
  readonly locks: DeliveryLocks;
}

/** Ends in the trail what failed on every try, so that nobody waits for it and on-call is told. */
export class GiveUp extends Construct {
  readonly function: RootdeskFunction;

  constructor(scope: Construct, id: string, { settings, queues, trail, locks }: GiveUpProps) {
    super(scope, id);
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'give-up/index.ts',
      settings,
      readsSettings: true,
      timeout: consumerTimeout,
    });
    trail.grantAppend(this.function);
    locks.grantUse(this.function);
    const arns = queues.map(({ failures }) => failures.queue.queueArn);
    this.function.allow(
      new PolicyStatement({
        sid: 'TakeFailures',
        actions: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((name) => `sqs:${name}`),
        resources: arns,
      }),
    );
    // An ARN needs no escaping in JSON. CDK's toJsonString does not take tokens as keys.
    const names = queues.map(({ of, failures }) => [failures.queue.queueArn, of]);
    this.function.addEnvironment<Pick<GiveUpEnvironment, 'FAILURE_QUEUES'>>({
      FAILURE_QUEUES: JSON.stringify(Object.fromEntries(names)),
    });
    for (const { of, failures } of queues) {
      new EventSourceMapping(this, of, {
        target: this.function.handler,
        eventSourceArn: failures.queue.queueArn,
        // One by one: a message that cannot be handled holds up no other.
        batchSize: 1,
        reportBatchItemFailures: true,
      });
    }
  }
}
