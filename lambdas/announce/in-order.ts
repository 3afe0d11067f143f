import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../logger.ts';

/**
 * Takes a batch of stream records one after the other and stops at the first that fails: Lambda goes on from that one,
 * so that none before it is announced twice. (A processor that tries all of a batch would announce those behind the
 * failed one again on every retry.)
 */
export async function inOrder(
  { Records }: DynamoDBStreamEvent,
  announce: (record: DynamoDBRecord) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      await announce(record);
    } catch (error) {
      logger.error('could not announce; this record and those behind it will come again', { error });
      // A record without a sequence number cannot be named: an empty one makes Lambda retry the whole batch.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
