import { randomUUID } from 'node:crypto';
import { compilePattern } from '../bus/pattern.ts';
import type { Clock, DeployedEventSourceMapping, DeployedFunction } from '../parts.ts';
import { firstUndone } from './batch-response.ts';
import type { FailureDestination } from './failure-destination.ts';
import type { Invocation, InvocationResult } from './result.ts';
import type { StreamRecord } from './stream-records.ts';

/** A stream keeps its records for this long, whatever the mapping says. */
const streamRetentionSeconds = 24 * 60 * 60;
const longestDelayMs = 10 * 60_000;

interface Batch {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
}

export interface StreamMappingParts {
  readonly mapping: DeployedEventSourceMapping;
  readonly fn: DeployedFunction;
  readonly clock: Clock;
  readonly invoke: (fn: DeployedFunction, invocation: Invocation) => Promise<InvocationResult>;
  readonly later: (at: number, what: string, run: () => Promise<void>) => void;
  readonly destination: FailureDestination;
}

export interface StreamMapping {
  /** Takes a record in; the promise ends when the mapping has delivered what it has, or waits for a retry. */
  take(record: StreamRecord): Promise<void>;
}

/** An event source mapping on a DynamoDB stream: in order, a failed batch holds up what comes behind it. */
export function createStreamMapping(parts: StreamMappingParts): StreamMapping {
  const { mapping, fn, clock } = parts;
  const filters = mapping.filters.map(compilePattern);
  const fresh: StreamRecord[] = [];
  let pending: Batch[] = [];
  let busy = false;

  function nextBatch(): Batch | undefined {
    if (pending.length === 0 && fresh.length > 0) {
      pending = [{ records: fresh.splice(0, mapping.batchSize), failures: 0 }];
    }
    return pending.shift();
  }

  function givenUp(batch: Batch, failures: number): string | null {
    const { maximumRetryAttempts, maximumRecordAgeSeconds } = mapping;
    const bornAt = (batch.records[0]?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
    const limit = maximumRecordAgeSeconds < 0 ? streamRetentionSeconds : maximumRecordAgeSeconds;
    if (clock.now() - bornAt > limit * 1000) return 'RecordAgeExceeded';
    return maximumRetryAttempts >= 0 && failures > maximumRetryAttempts ? 'RetryAttemptsExhausted' : null;
  }

  /** Tells the destination which records were left behind: where they are, not what they hold. */
  async function discard({ records }: Batch, requestId: string, condition: string, invokeCount: number) {
    if (mapping.onFailureArn === null) return;
    const timeOf = (record: StreamRecord | undefined) =>
      new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
    await parts.destination.send(fn, mapping.onFailureArn, {
      requestContext: { requestId, functionArn: fn.arn, condition, approximateInvokeCount: invokeCount },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000000-00000000',
        startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
        endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: timeOf(records[0]),
        approximateArrivalOfLastRecord: timeOf(records.at(-1)),
        batchSize: records.length,
        streamArn: mapping.sourceArn,
      },
    });
  }

  /** Delivers one batch; true when the next may follow at once. */
  async function deliver(batch: Batch): Promise<boolean> {
    const requestId = randomUUID();
    const result = await parts.invoke(fn, { requestId, event: { Records: batch.records } });
    const undone = firstUndone(result, batch.records, mapping.reportBatchItemFailures);
    if (undone === null) return true;
    const records = batch.records.slice(undone);
    if (mapping.bisectOnError && records.length > 1) {
      const middle = Math.ceil(records.length / 2);
      const halves = [records.slice(0, middle), records.slice(middle)];
      pending.unshift(...halves.map((half) => ({ records: half, failures: batch.failures })));
      return true;
    }
    const failures = (undone > 0 ? 0 : batch.failures) + 1;
    const left = { records, failures };
    const condition = givenUp(left, failures);
    if (condition !== null) {
      await discard(left, requestId, condition, failures);
      return true;
    }
    pending.unshift(left);
    const delay = Math.min(1000 * 2 ** (failures - 1), longestDelayMs);
    parts.later(clock.now() + delay, `stream records for ${fn.name} again`, drain);
    return false;
  }

  async function drain(): Promise<void> {
    busy = true;
    for (let batch = nextBatch(); batch !== undefined; batch = nextBatch()) {
      if (!(await deliver(batch))) return;
    }
    busy = false;
  }

  return {
    async take(record) {
      if (filters.length > 0 && !filters.some((matches) => matches(record))) return;
      fresh.push(record);
      if (!busy) await drain();
    },
  };
}
