import { randomUUID } from 'node:crypto';
import type { DeployedTopic } from '../../parts.ts';
import { AwsError } from '../errors.ts';
import type { Backstage, Call, Operation, Resource, Service } from '../operation.ts';
import { queryWire } from '../wire/query.ts';
import { keyPermissions } from './encryption.ts';

const wire = queryWire('http://sns.amazonaws.com/doc/2010-03-31/');

export function snsService(backstage: Backstage): Service {
  return {
    wire,
    operations: { Publish: publish(backstage), GetTopicAttributes: getTopicAttributes(backstage) },
    accessDenied: (message) => new AwsError(403, 'AuthorizationError', message),
    throttled: () => new AwsError(400, 'Throttled', 'Rate exceeded'),
    failed: () => new AwsError(500, 'InternalError', 'Internal Error'),
  };
}

/** Confirmed or pending, as the whole story has it: nobody confirms a subscription in its course. */
function getTopicAttributes(backstage: Backstage): Operation {
  return {
    resource: ({ input }) => String(input.TopicArn ?? ''),
    permissions: (call) => [
      {
        action: 'sns:GetTopicAttributes',
        resource: topicResource(backstage, addressedTopic(backstage, call)),
      },
    ],
    respond(call) {
      const topic = addressedTopic(backstage, call);
      const { deployment, subscriptions } = backstage;
      const all = topic.subscriptions.length;
      const attributes = {
        TopicArn: topic.arn,
        Owner: deployment.accountId,
        DisplayName: topic.displayName,
        SubscriptionsConfirmed: String(subscriptions === 'confirmed' ? all : 0),
        SubscriptionsPending: String(subscriptions === 'pending' ? all : 0),
        SubscriptionsDeleted: '0',
        ...(topic.policy !== null && { Policy: JSON.stringify(topic.policy) }),
        ...(topic.keyArn !== null && { KmsMasterKeyId: topic.keyArn }),
      };
      const entry = Object.entries(attributes).map(([key, value]) => ({ key, value }));
      return wire.success('GetTopicAttributes', { Attributes: { entry } });
    },
  };
}

function topicResource({ deployment }: Backstage, { arn, policy }: DeployedTopic): Resource {
  return { arn, accountId: deployment.accountId, policy, policyOfStack: true };
}

function publish(backstage: Backstage): Operation {
  return {
    resource: ({ input }) => String(input.TopicArn ?? ''),
    permissions(call) {
      const topic = addressedTopic(backstage, call);
      const refusal = (message: string) => new AwsError(400, 'KMSAccessDenied', message);
      return [
        { action: 'sns:Publish', resource: topicResource(backstage, topic) },
        ...keyPermissions(backstage, call, topic.keyArn, refusal),
      ];
    },
    respond(call) {
      const topic = addressedTopic(backstage, call);
      const { subject, message } = parse(call.input);
      backstage.events.notificationPublished(topic.arn, subject, message);
      return wire.success('Publish', { MessageId: randomUUID() });
    },
  };
}

function addressedTopic({ deployment }: Backstage, { input, region }: Call): DeployedTopic {
  const arn = input.TopicArn ?? input.TargetArn;
  const topic = deployment.topics.find((one) => one.arn === arn);
  if (topic === undefined) throw new AwsError(404, 'NotFound', 'Topic does not exist');
  if (arn?.toString().split(':')[3] !== region) throw invalid('Invalid parameter: TopicArn');
  return topic;
}

function parse(input: Readonly<Record<string, unknown>>): { subject: string | null; message: string } {
  const message = String(input.Message ?? '');
  if (message === '') throw invalid('Invalid parameter: Empty message');
  if (Buffer.byteLength(message) > 262_144) throw invalid('Invalid parameter: Message too long');
  if (input.Subject === undefined) return { subject: null, message };
  const subject = String(input.Subject);
  // ASCII, begins with a letter, digit or punctuation, no line breaks or control characters, below 100 characters.
  if (!/^[!-~][ -~]{0,98}$/.test(subject)) throw invalid('Invalid parameter: Subject');
  return { subject, message };
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'InvalidParameter', message);
}
