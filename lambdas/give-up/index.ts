import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type FailureQueues, failureQueues, giveUpEnvironment } from '../../contract/environment.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { readFailureMessage, UnknownMessageError } from './failure-message.ts';
import { giveUp } from './give-up.ts';
import { wireRecorder } from './wire.ts';

function wire() {
  const { FAILURE_QUEUES } = readEnvironment(giveUpEnvironment);
  return { ...wireRecorder(), lanes: failureQueues.parse(JSON.parse(FAILURE_QUEUES)) };
}

function laneOf({ eventSourceARN }: SQSRecord, lanes: FailureQueues): FailureQueues[string] {
  const lane = lanes[eventSourceARN];
  if (lane === undefined) throw new UnknownMessageError(`${eventSourceARN} is no failure queue of a lane`);
  return lane;
}

let wired: ReturnType<typeof wire> | undefined;

/** Takes what the failure queues hold. A message that fails comes again, and is parked after a few times. */
export async function handler({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  wired ??= wire();
  const { lanes, recorderFor, settings } = wired;
  const recorder = recorderFor(context);
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of Records) {
    logger.resetKeys();
    try {
      const lane = laneOf(record, lanes);
      const receipt = await giveUp(readFailureMessage(record), lane, settings, recorder);
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
