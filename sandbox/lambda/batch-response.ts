import * as z from 'zod';
import type { InvocationResult } from './result.ts';
import type { StreamRecord } from './stream-records.ts';

const partialResponse = z.looseObject({
  batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string() })).nullish(),
});

/**
 * The index of the first record that is not done; null when all are. With ReportBatchItemFailures that is the lowest
 * one reported; an answer that names no record of the batch fails the whole of it. Source: Lambda Developer Guide,
 * "Configuring partial batch response with DynamoDB and Lambda".
 */
export function firstUndone(
  result: InvocationResult,
  records: readonly StreamRecord[],
  reportsItems: boolean,
): number | null {
  if (!result.ok) return 0;
  if (!reportsItems || result.payload === null) return null;
  const response = partialResponse.safeParse(result.payload);
  if (!response.success) return 0;
  const failures = response.data.batchItemFailures ?? [];
  if (failures.length === 0) return null;
  const indexes = failures.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  return Math.max(0, Math.min(...indexes));
}
