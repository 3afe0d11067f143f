import type { Settings } from '../../contract/settings.ts';
import type { Recorder } from '../root-task/lane.ts';
import { type Receipt, receiptOf } from '../root-task/receipt.ts';
import { recordRefusal } from '../shared/refuse.ts';
import { refusalOf, refuseUntaken } from './refusal-of.ts';

/** A lane has recorded what it takes by then: it is tried again by Lambda for about three minutes. */
const laneMilliseconds = 150_000;

/** An event that a lane may yet take: thrown, so that Lambda asks again after about one and three minutes. */
export class PerhapsTakenError extends Error {
  override readonly name = 'PerhapsTakenError';
}

/**
 * Refuses an event, and records it. A key that stands twice in an event's JSON can bring one event to a lane and here
 * (both values count in a rule, the last one in JSON.parse): what the lane took is not refused as well.
 */
export async function refuse(
  event: unknown,
  settings: Settings,
  recorder: Recorder,
): Promise<Receipt | null> {
  const now = recorder.clock.now();
  const found = refusalOf(event, settings, now);
  if (found.kind === 'refusal') return receiptOf(await recordRefusal(found, recorder));
  const first = await recorder.trail.get(found.requestId, 1);
  if (first?.kind === 'approved' && first.envelope.eventId === found.envelope.id) {
    recorder.logger.info('a lane has taken this event', { rootTaskRequest: found.requestId });
    return null;
  }
  // The sender chooses an event's time: one that lies ahead must not be waited for until every try is spent.
  const age = now.getTime() - Date.parse(found.envelope.time);
  if (age >= 0 && age < laneMilliseconds) {
    throw new PerhapsTakenError(`${found.requestId} may yet be taken by its lane`);
  }
  return receiptOf(await recordRefusal(refuseUntaken(found), recorder));
}
