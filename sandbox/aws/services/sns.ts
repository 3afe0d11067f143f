import { randomUUID } from 'node:crypto';
import type { DeployedTopic } from '../../parts.ts';
import { AwsError } from '../errors.ts';
import type { Backstage, Call, Operation, Service } from '../operation.ts';
import { queryWire } from '../wire/query.ts';
import { keyPermissions } from './encryption.ts';

const wire = queryWire('http://sns.amazonaws.com/doc/2010-03-31/');

export function snsService(backstage: Backstage): Service {
  return {
    wire,
    operations: { Publish: publish(backstage) },
    accessDenied: (message) => new AwsError(403, 'AuthorizationError', message),
    throttled: () => new AwsError(400, 'Throttled', 'Rate exceeded'),
    failed: () => new AwsError(500, 'InternalError', 'Internal Error'),
  };
}

function publish(backstage: Backstage): Operation {
  return {
    resource: ({ input }) => String(input.TopicArn ?? ''),
    permissions(call) {
      const topic = addressedTopic(backstage, call);
      const refusal = (message: string) => new AwsError(400, 'KMSAccessDenied', message);
      return [
        {
          action: 'sns:Publish',
          resource: {
            arn: topic.arn,
            accountId: backstage.deployment.accountId,
            policy: topic.policy,
            policyOfStack: true,
          },
        },
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
