import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { outcomeDetailType, outcomeSource } from '../../contract/outcome-event.ts';
import type { EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import { logger } from '../logger.ts';
import { isOf, type News } from './news.ts';
import { outcomeOf } from './outcome.ts';
import { type Telling, tellEach } from './tell.ts';

export interface Bus extends Telling {
  readonly events: EventBridgeClient;
  readonly busName: string;
}

/** Puts one outcome event on the bus for each ending. Answers what could not be put, or not be remembered. */
export async function tellBus(news: readonly News[], bus: Bus): Promise<News[]> {
  const endings = [...news.filter(isOf('ended')), ...news.filter(isOf('refused'))];
  return tellEach(endings, bus, ({ entry }) => putOutcome(entry, bus));
}

async function putOutcome(entry: EndedEntry | RefusedEntry, { busName, events }: Bus): Promise<void> {
  const { Entries } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: busName,
          Source: outcomeSource,
          DetailType: outcomeDetailType,
          Detail: JSON.stringify(outcomeOf(entry)),
        },
      ],
    }),
  );
  // PutEvents answers 200 for entries it did not take. Source: EventBridge API reference, PutEvents.
  const [put] = Entries ?? [];
  if (put?.EventId === undefined)
    throw new Error(`the bus did not take the outcome: ${put?.ErrorCode} ${put?.ErrorMessage}`);
  logger.info('outcome is on the bus', { rootTaskRequest: entry.requestId, eventId: put.EventId });
}
