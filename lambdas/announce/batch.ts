import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { type News, newsOf } from './news.ts';

/**
 * Takes a batch of the trail's stream. What could not be told is named to Lambda: it comes again from the first of
 * these on, and what was told behind it is remembered.
 */
export async function takeBatch(
  { Records }: DynamoDBStreamEvent,
  tell: (news: readonly News[]) => Promise<readonly News[]>,
): Promise<DynamoDBBatchResponse> {
  const found = Records.flatMap((record) => {
    const news = newsOf(record);
    // A record without a sequence number cannot be named: an empty one makes Lambda retry the whole batch.
    return news === null ? [] : [{ news, itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }];
  });
  const failed = new Set(await tell(found.map(({ news }) => news)));
  return {
    batchItemFailures: found
      .filter(({ news }) => failed.has(news))
      .map(({ itemIdentifier }) => ({ itemIdentifier })),
  };
}
