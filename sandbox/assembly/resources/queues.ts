import * as z from 'zod';
import type { DeployedQueue, PolicyDocument } from '../../parts.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';
import { keyArnOf } from './keys.ts';

const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  KmsMasterKeyId: z.string().optional(),
  SqsManagedSseEnabled: withoutEffect,
  KmsDataKeyReusePeriodSeconds: withoutEffect,
  MessageRetentionPeriod: withoutEffect,
  VisibilityTimeout: withoutEffect,
  ReceiveMessageWaitTimeSeconds: withoutEffect,
  MaximumMessageSize: withoutEffect,
  Tags: withoutEffect,
});

const queuePolicyProperties = z.strictObject({ PolicyDocument: policyDocument, Queues: z.array(z.string()) });

function policyOf(queue: ResolvedResource, resources: readonly ResolvedResource[]): PolicyDocument | null {
  const policies = resources
    .filter(({ type }) => type === 'AWS::SQS::QueuePolicy')
    .map((resource) => propertiesOf(resource, queuePolicyProperties))
    .filter(({ Queues }) => Queues.includes(queue.ref));
  return policies.at(-1)?.PolicyDocument ?? null;
}

export function readQueues(resources: readonly ResolvedResource[]): DeployedQueue[] {
  return resources
    .filter(({ type }) => type === 'AWS::SQS::Queue')
    .map((queue) => ({
      logicalId: queue.logicalId,
      name: queue.name,
      arn: queue.attribute('Arn'),
      url: queue.ref,
      policy: policyOf(queue, resources),
      keyArn: keyArnOf(queue, propertiesOf(queue, queueProperties).KmsMasterKeyId, resources),
    }));
}
