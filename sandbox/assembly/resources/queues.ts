import * as z from 'zod';
import type { DeployedQueue, PolicyDocument } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';
import { keyArnOf } from './keys.ts';

/** Defaults: CloudFormation Template Reference, "AWS::SQS::Queue". */
const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  KmsMasterKeyId: z.string().optional(),
  MessageRetentionPeriod: z.number().default(345_600),
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int().min(1) })
    .optional(),
  RedriveAllowPolicy: z
    .strictObject({
      redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']).default('allowAll'),
      sourceQueueArns: z.array(z.string()).max(10).default([]),
    })
    .default({ redrivePermission: 'allowAll', sourceQueueArns: [] }),
  SqsManagedSseEnabled: withoutEffect,
  KmsDataKeyReusePeriodSeconds: withoutEffect,
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

/** SQS refuses a redrive policy whose dead-letter queue is not there, or does not take messages of this queue. */
function redriveOf(queue: ResolvedResource, queues: readonly ResolvedResource[]): DeployedQueue['redrive'] {
  const policy = propertiesOf(queue, queueProperties).RedrivePolicy;
  if (policy === undefined) return null;
  const { deadLetterTargetArn: deadLetterArn, maxReceiveCount } = policy;
  const deadLetters = queues.find((other) => other.attribute('Arn') === deadLetterArn);
  if (deadLetters === undefined) {
    throw new AssemblyError(queue, `no queue ${deadLetterArn} in the stack for its dead letters`);
  }
  const { redrivePermission, sourceQueueArns } = propertiesOf(
    deadLetters,
    queueProperties,
  ).RedriveAllowPolicy;
  const permitted =
    redrivePermission === 'allowAll' ||
    (redrivePermission === 'byQueue' && sourceQueueArns.includes(queue.attribute('Arn')));
  if (!permitted) {
    throw new AssemblyError(
      queue,
      `the RedriveAllowPolicy of ${deadLetters.logicalId} does not take its dead letters`,
    );
  }
  return { deadLetterArn, maxReceiveCount };
}

export function readQueues(resources: readonly ResolvedResource[]): DeployedQueue[] {
  const queues = resources.filter(({ type }) => type === 'AWS::SQS::Queue');
  return queues.map((queue) => {
    const properties = propertiesOf(queue, queueProperties);
    return {
      logicalId: queue.logicalId,
      name: queue.name,
      arn: queue.attribute('Arn'),
      url: queue.ref,
      policy: policyOf(queue, resources),
      keyArn: keyArnOf(queue, properties.KmsMasterKeyId, resources),
      visibilityTimeoutSeconds: properties.VisibilityTimeout,
      retentionSeconds: properties.MessageRetentionPeriod,
      redrive: redriveOf(queue, queues),
    };
  });
}
