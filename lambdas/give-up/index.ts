import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { FailureQueues } from '../../contract/environment.ts';
import { logger } from '../logger.ts';
import { readFailureMessage, UnknownMessageError } from './failure-message.ts';
import { giveUp } from './give-up.ts';
import { wireGivingUp } from './wire.ts';

function laneOf({ eventSourceARN }: SQSRecord, lanes: FailureQueues): FailureQueues[string] {
  const lane = lanes[eventSourceARN];
  if (lane === undefined) throw new UnknownMessageError(`${eventSourceARN} is no failure queue of a lane`);
  return lane;
}

let wired: ReturnType<typeof wireGivingUp> | undefined;

/** Takes what the failure queues hold. A message that fails comes again, and is parked after a few times. */
export async function handler({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  wired ??= wireGivingUp();
  const { givingUpFor, lanes } = wired;
  const parts = givingUpFor(context);
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of Records) {
    logger.resetKeys();
    try {
      const lane = laneOf(record, lanes);
      const receipt = await giveUp(readFailureMessage(record), lane, parts);
      logger.info('a failed event has ended', { lane, ...(receipt ?? { ending: 'taken by a lane' }) });
    } catch (error) {
      logger.error('could not end a failed event; its message comes again, and is parked in the end', {
        error,
        messageId: record.messageId,
        times: record.attributes.ApproximateReceiveCount,
      });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
