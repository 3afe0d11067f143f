import { randomUUID } from 'node:crypto';
import type { DeployedQueue } from '../../../parts.ts';
import { AwsError, notModelled } from '../../errors.ts';
import type { Backstage, Call, Operation, Permission } from '../../operation.ts';
import type { JsonWire } from '../../wire/json.ts';
import { findQueueByArn } from './queues.ts';

/** What whoever starts the task must be allowed on the dead-letter queue. */
const sourceActions = [
  'sqs:StartMessageMoveTask',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
];

/**
 * Moves what is in a dead-letter queue back to the queues that it came from. Source: Amazon SQS API Reference,
 * "StartMessageMoveTask"; Amazon SQS Developer Guide, "Configuring queue permissions for dead-letter queue redrive".
 */
export function startMessageMoveTask(backstage: Backstage, wire: JsonWire): Operation {
  return {
    resource: ({ input }) => String(input.SourceArn ?? ''),
    permissions(call) {
      const source = sourceOf(backstage, call);
      const permission = (action: string, { arn, policy }: DeployedQueue): Permission => ({
        action,
        resource: { arn, accountId: backstage.deployment.accountId, policy, policyOfStack: true },
      });
      return [
        ...sourceActions.map((action) => permission(action, source)),
        ...originsOf(backstage, source).map((queue) => permission('sqs:SendMessage', queue)),
      ];
    },
    respond(call) {
      backstage.queues.redrive(sourceOf(backstage, call).arn);
      return wire.success({ TaskHandle: Buffer.from(randomUUID()).toString('base64') });
    },
  };
}

function originsOf({ deployment }: Backstage, source: DeployedQueue): DeployedQueue[] {
  return deployment.queues.filter(({ redrive }) => redrive?.deadLetterArn === source.arn);
}

function sourceOf(backstage: Backstage, { input, region }: Call): DeployedQueue {
  if (input.DestinationArn !== undefined) throw notModelled('a DestinationArn of StartMessageMoveTask');
  if (findQueueByArn(backstage, String(input.SourceArn))?.held) {
    throw notModelled(`the messages of a queue that is not the stack's: ${input.SourceArn}`);
  }
  const source = backstage.deployment.queues.find(({ arn }) => arn === input.SourceArn);
  if (source === undefined || source.arn.split(':')[3] !== region) {
    throw new AwsError(
      404,
      'ResourceNotFoundException',
      "The resource that you specified for the SourceArn parameter doesn't exist.",
      { headers: { 'x-amzn-query-error': 'ResourceNotFoundException;Sender' } },
    );
  }
  if (originsOf(backstage, source).length === 0) {
    throw new AwsError(
      400,
      'InvalidParameterValueException',
      'Source queue must be configured as a Dead Letter Queue.',
      { headers: { 'x-amzn-query-error': 'InvalidParameterValue;Sender' } },
    );
  }
  return source;
}
