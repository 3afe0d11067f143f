import type { Lane } from '../lane.ts';
import type { ClaimedRequest } from './claim.ts';

/**
 * Changes of trust, delegation and policies show late and flicker for minutes (a captured deregistration: denied at
 * 0 s, allowed at 15 s, denied at 60 s). A denial that does not name its cause is for good once it has outlasted this.
 */
export const flickerMilliseconds = 150_000;

/** A denial that may pass: thrown, so that Lambda tries the event again after about one and three minutes. */
export class PassingDenialError extends Error {
  override readonly name = 'PassingDenialError';
}

/**
 * Whether denials have lasted long enough to be believed, counted from the recorded approval, or from when the event
 * was sent if it was sent again since.
 */
export function hasLasted({ chain, request }: ClaimedRequest, lane: Pick<Lane, 'clock'>): boolean {
  const now = lane.clock.now().getTime();
  const recorded = Date.parse(chain.approved.at);
  // The sender chooses an event's time: it counts only for another event than the recorded one, and never ahead of now.
  const isSentAgain = request.envelope.id !== chain.approved.envelope.eventId;
  const since = isSentAgain ? Math.min(now, Math.max(recorded, Date.parse(request.envelope.time))) : recorded;
  return now - since >= flickerMilliseconds;
}
