import { randomUUID } from 'node:crypto';
import type { DeployedQueue } from '../../../sandbox/parts.ts';
import type { World } from '../../../sandbox/world.ts';
import type { Scene } from '../scenes/scene.ts';

/** The failure queue of a root task's lane, and what its function would put there as its role. */
export interface LaneFailures {
  readonly queue: DeployedQueue;
  /** Lambda gives this event up after three tries, with this error. */
  gaveUp(event: unknown, errorType?: string): void;
  /** Something comes in from who may send there. */
  send(body: string): void;
}

export function failuresOf({ deployment, aws }: World, { task }: Pick<Scene, 'task'>): LaneFailures {
  const fn = deployment.functions.find(({ environment }) => environment.FAILURE_QUEUES !== undefined);
  const names: Record<string, string> = JSON.parse(fn?.environment.FAILURE_QUEUES ?? '{}');
  const queue = deployment.queues.find(({ arn }) => names[arn] === task);
  if (queue === undefined) throw new Error(`nothing gives up the failures of ${task}`);
  const send = (body: string) => void aws.queues.send(queue.arn, { body, senderId: 'AROALANE:lane' });
  return {
    queue,
    send,
    gaveUp: (event, errorType = 'SomeError') =>
      send(
        JSON.stringify({
          version: '1.0',
          timestamp: new Date().toISOString(),
          requestContext: {
            requestId: randomUUID(),
            functionArn: 'arn:aws:lambda:eu-central-1:222222222222:function:lane:$LATEST',
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          },
          requestPayload: event,
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType, errorMessage: 'said by a duplicate' },
        }),
      ),
  };
}

/** The last event that is on the bus, as rules and functions see it. */
export function lastEvent({ journal }: World): unknown {
  const last = journal.events.findLast(({ event }) => event.source !== 'rootdesk');
  if (last === undefined) throw new Error('no event was put');
  return last.event;
}
