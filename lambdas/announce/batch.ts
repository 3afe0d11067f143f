import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../logger.ts';
import { someAtATime } from '../shared/some-at-a-time.ts';
import type { AuditTrail } from '../shared/trail.ts';
import { inTrail } from './in-trail.ts';
import { type News, newsOf } from './news.ts';

/**
 * Takes a batch of the trail's stream. What could not be told is named to Lambda: it comes again from the first of
 * these on, and what was told behind it is remembered.
 */
export async function takeBatch(
  { Records }: DynamoDBStreamEvent,
  trail: Pick<AuditTrail, 'get'>,
  tell: (news: readonly News[]) => Promise<readonly News[]>,
): Promise<DynamoDBBatchResponse> {
  const found = Records.flatMap((record) => {
    const news = newsOf(record);
    // A record without a sequence number cannot be named: an empty one makes Lambda retry the whole batch.
    return news === null ? [] : [{ news, itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }];
  });
  const seen = await someAtATime(found, async ({ news, itemIdentifier }) => ({
    news: await inTrail(news, trail),
    itemIdentifier,
  }));
  const unseen = found.filter((_, index) => seen[index]?.status !== 'fulfilled');
  if (unseen.length > 0)
    logger.error('cannot look into the trail; these come again', { records: unseen.length });
  const told = seen.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = new Set(await tell(told.map(({ news }) => news)));
  return {
    batchItemFailures: [...unseen, ...told.filter(({ news }) => failed.has(news))].map(
      ({ itemIdentifier }) => ({
        itemIdentifier,
      }),
    ),
  };
}
