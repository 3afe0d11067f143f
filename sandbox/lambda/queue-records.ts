import { createHash } from 'node:crypto';
import type { ReceivedMessage } from '../queues.ts';

/** A message as Lambda hands it to a function. Source: Lambda Developer Guide, "Using Lambda with Amazon SQS". */
export function queueRecord(queueArn: string, message: ReceivedMessage) {
  const { attributes, deadLetterSourceArn } = message;
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: wholeMilliseconds(message.sentAt),
      SenderId: message.senderId,
      ApproximateFirstReceiveTimestamp: wholeMilliseconds(message.firstReceivedAt),
      ...(deadLetterSourceArn !== null && { DeadLetterQueueSourceArn: deadLetterSourceArn }),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { dataType, stringValue }]) => [
        name,
        { stringValue, stringListValues: [], binaryListValues: [], dataType },
      ]),
    ),
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  } as const;
}

const wholeMilliseconds = (time: number) => String(Math.floor(time));
