import { randomUUID } from 'node:crypto';
import type { Clock, DeployedFunction, DeployedQueueMapping } from '../parts.ts';
import type { Queues, ReceivedMessage } from '../queues.ts';
import { undoneMessages } from './batch-response.ts';
import { queueRecord } from './queue-records.ts';
import type { Invocation, InvocationResult } from './result.ts';

/** Batches at once before Lambda's pollers scale up. Source: Lambda Developer Guide, "Configuring scaling behavior". */
const batchesAtOnce = 5;

export interface QueueMappingParts {
  readonly mapping: DeployedQueueMapping;
  readonly fn: DeployedFunction;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly invoke: (fn: DeployedFunction, invocation: Invocation) => Promise<InvocationResult>;
  readonly later: (at: number, what: string, run: () => Promise<void>) => void;
}

export interface QueueMapping {
  /** Looks into the queue; the promise ends when nothing that shows is left there, and nothing runs for it. */
  poll(): Promise<void>;
}

/** Lambda's pollers on a queue: what the function has done they delete, what it has not shows again in its time. */
export function createQueueMapping(parts: QueueMappingParts): QueueMapping {
  const { mapping, fn, queues, clock } = parts;
  const most = Math.min(mapping.maximumConcurrency ?? batchesAtOnce, batchesAtOnce);
  let running = 0;

  async function deliver(messages: readonly ReceivedMessage[]): Promise<void> {
    const event = { Records: messages.map((message) => queueRecord(mapping.queueArn, message)) };
    const result = await parts.invoke(fn, { requestId: randomUUID(), event });
    const undone = undoneMessages(result, messages, mapping.reportBatchItemFailures);
    for (const message of messages) {
      if (!undone.includes(message)) queues.delete(mapping.queueArn, message.receiptHandle);
    }
    const [first] = undone;
    if (first === undefined) return;
    parts.later(Math.max(first.visibleAt, clock.now()), `messages for ${fn.name} show again`, poll);
  }

  async function deliverNext(messages: readonly ReceivedMessage[]): Promise<void> {
    running += 1;
    try {
      await deliver(messages);
    } finally {
      running -= 1;
    }
    await poll();
  }

  async function poll(): Promise<void> {
    const deliveries: Promise<void>[] = [];
    while (running < most) {
      const messages = queues.receive(mapping.queueArn, mapping.batchSize);
      if (messages.length === 0) break;
      deliveries.push(deliverNext(messages));
    }
    await Promise.all(deliveries);
  }

  return { poll };
}
