import type { DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';

/** An announcer is called with the trail's changes, and by a schedule to catch up. */
export type Occasion = DynamoDBStreamEvent | ScheduledEvent;

/** Source of the shape: EventBridge User Guide, "Scheduled events". */
export function isScheduled(occasion: Occasion): occasion is ScheduledEvent {
  return 'source' in occasion && occasion.source === 'aws.events';
}
