import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { DeployedQueue } from '../../parts.ts';
import type { MessageAttribute } from '../../queues.ts';
import { AwsError, notModelled } from '../errors.ts';
import type { Backstage, Call, Operation, Service } from '../operation.ts';
import { jsonWire } from '../wire/json.ts';
import { keyPermissions } from './encryption.ts';
import { accessDenied, invalidAttributeValue, throttled } from './sqs/errors.ts';
import { memberQueueOperations } from './sqs/member-queues.ts';
import { startMessageMoveTask } from './sqs/message-move-task.ts';
import { addressedArn, addressedQueue } from './sqs/queues.ts';

const wire = jsonWire('1.0', 'com.amazonaws.sqs');

export function sqsService(backstage: Backstage): Service {
  return {
    wire,
    operations: {
      SendMessage: sendMessage(backstage),
      StartMessageMoveTask: startMessageMoveTask(backstage, wire),
      ...memberQueueOperations(backstage, wire),
    },
    accessDenied,
    throttled,
    failed: () =>
      new AwsError(500, 'InternalFailure', 'The request processing has failed because of an unknown error.'),
    notTaken: { SetQueueAttributes: () => invalidAttributeValue('Policy') },
  };
}

function sendMessage(backstage: Backstage): Operation {
  return {
    resource: (call) => addressedArn(backstage, call),
    permissions(call) {
      const queue = addressedStackQueue(backstage, call);
      const refusal = (message: string) => new AwsError(400, 'KmsAccessDenied', message);
      return [
        {
          action: 'sqs:SendMessage',
          resource: {
            arn: queue.arn,
            accountId: backstage.deployment.accountId,
            policy: queue.policy,
            policyOfStack: true,
          },
        },
        ...keyPermissions(backstage, call, queue.keyArn, refusal),
      ];
    },
    respond(call) {
      const body = String(call.input.MessageBody ?? '');
      if (body === '')
        throw new AwsError(400, 'MissingParameter', 'The request must contain the parameter MessageBody.');
      const messageId = backstage.queues.send(addressedStackQueue(backstage, call).arn, {
        body,
        attributes: attributesOf(call.input),
        senderId: call.principal.userId,
      });
      return wire.success({
        MD5OfMessageBody: createHash('md5').update(body).digest('hex'),
        MessageId: messageId,
      });
    },
  };
}

const messageAttributes = z.record(
  z.string(),
  z.strictObject({ DataType: z.string(), StringValue: z.string() }),
);

/** Attributes of text or number; those of bytes, and a delay of the message's own, are not modelled. */
function attributesOf({ MessageAttributes: given = {}, DelaySeconds }: Call['input']) {
  if (DelaySeconds !== undefined) throw notModelled('DelaySeconds of a message');
  const parsed = messageAttributes.safeParse(given);
  if (!parsed.success) throw notModelled(`these message attributes: ${JSON.stringify(given)}`);
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, { DataType, StringValue }]): [string, MessageAttribute] => [
      name,
      { dataType: DataType, stringValue: StringValue },
    ]),
  );
}

/** A queue of the stack: what is in the queues of members is not modelled. */
function addressedStackQueue(backstage: Backstage, call: Call): DeployedQueue {
  const { arn } = addressedQueue(backstage, call);
  const queue = backstage.deployment.queues.find((one) => one.arn === arn);
  if (queue === undefined) throw notModelled(`the messages of a queue that is not the stack's: ${arn}`);
  return queue;
}
