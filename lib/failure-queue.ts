import { Duration } from 'aws-cdk-lib';
import { type Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IDestination, IEventSourceDlq, IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OnCallTopics } from './on-call-topics.ts';

export interface FailureQueueProps {
  readonly onCall: OnCallTopics;
  /** For whoever is woken by the alarm: what did not happen, and what to do now. */
  readonly alarmDescription: string;
  /** Heading of the section of `docs/runbook.md` that says what the alarm means, how to look, and how to end it. */
  readonly runbookSection: string;
}

/**
 * Where what could not be handled waits, with an alarm on the first message: SSE-SQS, TLS only, kept 14 days (the
 * most that SQS offers).
 */
export class FailureQueue extends Construct {
  readonly queue: IQueue;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { onCall, alarmDescription, runbookSection }: FailureQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const messages = this.queue.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(1),
      statistic: Stats.MAXIMUM,
    });
    this.alarm = messages.createAlarm(this, 'Alarm', {
      alarmDescription: `${alarmDescription} Runbook: docs/runbook.md, "${runbookSection}".`,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // SQS stops reporting a queue that has been idle for six hours: nothing reported is nothing waiting.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    onCall.receiveAlarm(this.alarm);
  }

  /** As the on-failure destination of asynchronous invocations. CDK's own grants two more actions than are needed. */
  asDestination(): IDestination {
    return {
      bind: (_scope, fn) => {
        this.#grantSend(fn);
        return { destination: this.queue.queueArn };
      },
    };
  }

  /** As the on-failure destination of an event source mapping. */
  asStreamDestination(): IEventSourceDlq {
    return {
      bind: (_mapping, fn) => {
        this.#grantSend(fn);
        return { destination: this.queue.queueArn };
      },
    };
  }

  #grantSend(fn: IFunction): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        sid: 'HandOverFailures',
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
      }),
    );
  }
}
