import { Duration, Lazy } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Effect, type IRole, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IDestination, IEventSourceDlq, IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import { deploymentRoleArnsOf } from './deployment-roles.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import { alarmOnFirstMessage, alarmOnWaiting } from './queue-alarms.ts';

/** How long a consumer of failure queues may take; the visibility timeout follows from it. */
export const consumerTimeout = Duration.seconds(30);

export interface FailureQueueProps {
  readonly settings: Settings;
  readonly onCall: OnCallTopics;
  /** For whoever is woken by the alarm: what did not happen, and what to do now. */
  readonly alarmDescription: string;
  /** Heading of the section of `docs/runbook.md` that says what the alarm means, how to look, and how to end it. */
  readonly runbookSection: string;
  /**
   * For a queue with a consumer: takes what even that cannot handle. The alarm is then about a message that waits.
   * @default nothing consumes the queue, and its first message raises the alarm
   */
  readonly parking?: IParkingQueue;
}

/** Where SQS puts what a consumer has failed at time and again. */
export interface IParkingQueue {
  readonly queue: IQueue;
}

/**
 * Where what could not be handled waits, with an alarm: SSE-SQS, TLS only, kept 14 days (the most that SQS offers).
 * Its policy lets only those hand something over that are wired to it.
 */
export class FailureQueue extends Construct {
  readonly queue: Queue;
  readonly alarm: Alarm;
  /** Whether something takes the messages. */
  readonly hasConsumer: boolean;
  readonly #senderRoleArns = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    { settings, onCall, alarmDescription, runbookSection, parking }: FailureQueueProps,
  ) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(parking && {
        // Source: Lambda Developer Guide, "Configuring a queue to use with Lambda": six times the function's timeout.
        visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
        deadLetterQueue: { queue: parking.queue, maxReceiveCount: 5 },
      }),
    });
    this.hasConsumer = parking !== undefined;
    this.#admitOnlySenders(deploymentRoleArnsOf(this, settings), settings.operatorRoleArns ?? []);
    const description = `${alarmDescription} Runbook: docs/runbook.md, "${runbookSection}".`;
    this.alarm = (parking ? alarmOnWaiting : alarmOnFirstMessage)(this, this.queue, description);
    onCall.receiveAlarm(this.alarm);
  }

  /** As the on-failure destination of asynchronous invocations. CDK's own grants two more actions than are needed. */
  asDestination(): IDestination {
    return {
      bind: (_scope, fn) => {
        this.grantSend(roleOf(fn));
        return { destination: this.queue.queueArn };
      },
    };
  }

  /** As the on-failure destination of an event source mapping. */
  asStreamDestination(): IEventSourceDlq {
    return {
      bind: (_mapping, fn) => {
        this.grantSend(roleOf(fn));
        return { destination: this.queue.queueArn };
      },
    };
  }

  /** Lets a role hand over what could not be done, and lets the queue take it. */
  grantSend(role: IRole): void {
    this.#senderRoleArns.add(role.roleArn);
    role.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'HandOverFailures',
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
      }),
    );
  }

  /**
   * A message here ends a request, so a made-up one must not get in. The Deny leaves services of AWS alone: of those
   * only the rules that CDK admits by their ARN have an Allow. SQS moves a message to the parking queue by itself, which
   * no policy is known to be asked about. A person moves messages back in their own name, and needs SendMessage on the
   * queue that they go back to.
   * Source: Amazon SQS Developer Guide, "Learn how to configure a dead-letter queue redrive".
   */
  #admitOnlySenders(deploymentRoleArns: readonly string[], operatorRoleArns: readonly string[]): void {
    const senders = () => [...this.#senderRoleArns, ...deploymentRoleArns, ...operatorRoleArns];
    const deny = (sid: string, actions: string[], allBut: string[]) =>
      this.queue.addToResourcePolicy(
        new PolicyStatement({
          sid,
          effect: Effect.DENY,
          principals: [new StarPrincipal()],
          actions: actions.map((action) => `sqs:${action}`),
          resources: [this.queue.queueArn],
          conditions: {
            ArnNotEquals: { 'aws:PrincipalArn': allBut },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      );
    deny('AdmitOnlyFailures', ['SendMessage'], Lazy.list({ produce: senders }));
    deny(
      'KeepTheQueueAsDeployed',
      ['SetQueueAttributes', 'AddPermission', 'RemovePermission', 'PurgeQueue', 'DeleteQueue'],
      [...deploymentRoleArns],
    );
  }
}

function roleOf({ role }: IFunction): IRole {
  if (role === undefined) throw new Error('a function without a role');
  return role;
}
