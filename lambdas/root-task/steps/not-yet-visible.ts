import type { Lane } from '../lane.ts';
import type { Showing } from '../resource-policy-task.ts';

/**
 * A change was sent and AWS does not have to show it yet: neither done nor failed. Thrown, so that Lambda tries again
 * after about one and three minutes and reads what has become of it.
 */
export class NotYetVisibleError extends Error {
  override readonly name = 'NotYetVisibleError';
}

/** Whether a change that was announced at `actedAt` would show by now, if AWS keeps to the bound that it gives. */
export function shows(actedAt: string, { bound }: Showing, lane: Pick<Lane, 'clock'>): boolean {
  return bound === null || lane.clock.now().getTime() - Date.parse(actedAt) > bound;
}
