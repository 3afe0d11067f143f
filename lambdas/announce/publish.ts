import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { lambdaEnvironment, publishEnvironment } from '../../contract/environment.ts';
import { outcomeDetailType, outcomeSource } from '../../contract/outcome-event.ts';
import { clientDefaults } from '../aws-clients.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { changeOf } from './change.ts';
import { inOrder } from './in-order.ts';
import { outcomeOf } from './outcome.ts';

function wire() {
  const { AWS_REGION: region, BUS_NAME } = readEnvironment(
    publishEnvironment.extend(lambdaEnvironment.shape),
  );
  return { busName: BUS_NAME, events: new EventBridgeClient({ ...clientDefaults, region }) };
}

let wired: ReturnType<typeof wire> | undefined;

/** Puts an outcome event on the bus for every ending, for ticket systems to take up. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  wired ??= wire();
  const { busName, events } = wired;
  logger.addContext(context);
  return inOrder(event, async (record) => {
    const change = changeOf(record);
    if (change.kind !== 'ending') return;
    const { Entries } = await events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: busName,
            Source: outcomeSource,
            DetailType: outcomeDetailType,
            Detail: JSON.stringify(outcomeOf(change.entry)),
          },
        ],
      }),
    );
    // PutEvents answers 200 for entries it did not take. Source: EventBridge API reference, PutEvents.
    const [put] = Entries ?? [];
    if (put?.EventId === undefined)
      throw new Error(`the bus did not take the outcome: ${put?.ErrorCode} ${put?.ErrorMessage}`);
    logger.info('outcome is on the bus', { rootTaskRequest: change.entry.requestId, eventId: put.EventId });
  });
}
