import * as z from 'zod';
import type { ReceivedMessage } from '../queues.ts';
import type { InvocationResult } from './result.ts';
import type { StreamRecord } from './stream-records.ts';

const partialResponse = z.looseObject({
  batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().min(1) })).nullish(),
});

/** The items that a function reports as not done; a failed run, or an answer that is not understood, fails them all. */
function reportedFailures(result: InvocationResult, reportsItems: boolean): readonly string[] | 'all' {
  if (!result.ok) return 'all';
  if (!reportsItems || result.payload === null) return [];
  const response = partialResponse.safeParse(result.payload);
  if (!response.success) return 'all';
  return (response.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
}

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
  const failures = reportedFailures(result, reportsItems);
  if (failures === 'all') return 0;
  if (failures.length === 0) return null;
  const indexes = failures.map((id) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
  return Math.max(0, Math.min(...indexes));
}

/**
 * The messages of a batch that are still to be done. An answer that names a message which is not in the batch fails the
 * whole of it. Source: Lambda Developer Guide, "Implementing partial batch responses" (Amazon SQS).
 */
export function undoneMessages(
  result: InvocationResult,
  messages: readonly ReceivedMessage[],
  reportsItems: boolean,
): readonly ReceivedMessage[] {
  const failures = reportedFailures(result, reportsItems);
  if (failures === 'all') return messages;
  const stranger = failures.some((id) => !messages.some(({ messageId }) => messageId === id));
  return stranger ? messages : messages.filter(({ messageId }) => failures.includes(messageId));
}
