import { Lazy, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { NotifyEnvironment } from '../contract/environment.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

export interface OnCallTopicsProps {
  /** Who is told; each address confirms both topics once, by the link in SNS's e-mail. */
  readonly emails: readonly string[];
}

/**
 * How on-call hears of things: endings on one topic, alarms on another, so that each topic has exactly one kind of
 * publisher and a flood of the one can be silenced without the other. One key for both.
 */
export class OnCallTopics extends Construct {
  /** Endings of root tasks; the notify function alone publishes. */
  readonly endings: Topic;
  /** CloudWatch alarms of this account. */
  readonly alarms: Topic;
  readonly #key: Key;
  readonly #alarmAction: SnsAction;
  #notifier: RootdeskFunction | undefined;

  constructor(scope: Construct, id: string, { emails }: OnCallTopicsProps) {
    super(scope, id);
    // A key of its own: CloudWatch cannot use the key that AWS manages for SNS, and such an alarm fails in silence.
    // Source: Amazon SNS Developer Guide, "Enable compatibility between event sources and encrypted topics".
    this.#key = new Key(this, 'Key', {
      description: 'Encrypts what rootdesk tells on-call',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A service control policy knows it by this tag: a key has no name.
    Tags.of(this.#key).add('rootdesk', 'on-call');
    this.endings = this.#topic('Endings', 'rootdesk', emails);
    this.alarms = this.#topic('Alarms', 'rootdesk alarm', emails);
    this.#alarmAction = new SnsAction(this.alarms);
    this.#admitOnlyTheNotifier();
    this.#admitOnlyAlarms();
  }

  /** Sends an alarm to on-call. */
  receiveAlarm(alarm: Alarm): void {
    alarm.addAlarmAction(this.#alarmAction);
  }

  /** Lets one function publish endings and count who has subscribed to either topic, and tells it both. */
  grantNotify(notifier: RootdeskFunction): void {
    if (this.#notifier !== undefined) throw new Error('one function alone notifies on-call');
    this.#notifier = notifier;
    notifier.allow(
      new PolicyStatement({
        sid: 'NotifyOnCall',
        actions: ['sns:Publish'],
        resources: [this.endings.topicArn],
      }),
    );
    notifier.allow(
      new PolicyStatement({
        sid: 'EncryptNotifications',
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: [this.#key.keyArn],
      }),
    );
    notifier.allow(
      new PolicyStatement({
        sid: 'CountSubscriptions',
        actions: ['sns:GetTopicAttributes'],
        resources: [this.endings.topicArn, this.alarms.topicArn],
      }),
    );
    notifier.addEnvironment<Pick<NotifyEnvironment, 'TOPIC_ARN' | 'ALARM_TOPIC_ARN'>>({
      TOPIC_ARN: this.endings.topicArn,
      ALARM_TOPIC_ARN: this.alarms.topicArn,
    });
  }

  #topic(id: string, displayName: string, emails: readonly string[]): Topic {
    const topic = new Topic(this, id, { displayName, masterKey: this.#key, enforceSSL: true });
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  #admitOnlyTheNotifier(): void {
    this.endings.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DenyEverybodyElse',
        effect: Effect.DENY,
        principals: [new StarPrincipal()],
        actions: ['sns:Publish'],
        resources: [this.endings.topicArn],
        conditions: {
          ArnNotEquals: { 'aws:PrincipalArn': Lazy.string({ produce: () => this.#notifierRoleArn() }) },
        },
      }),
    );
  }

  #admitOnlyAlarms(): void {
    const resources = [this.alarms.topicArn];
    const { account } = Stack.of(this);
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources,
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DenyEveryPerson',
        effect: Effect.DENY,
        principals: [new StarPrincipal()],
        actions: ['sns:Publish'],
        resources,
        conditions: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
      }),
    );
    // The topic's policy says whose alarms; AWS documents no such condition for the key.
    this.#key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarmsToEncrypt',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        resources: ['*'],
      }),
    );
  }

  #notifierRoleArn(): string {
    if (this.#notifier === undefined) throw new Error('nothing notifies on-call: call grantNotify');
    return this.#notifier.role.roleArn;
  }
}
