import type { Clock } from '../clock.ts';
import type { Chain } from '../root-task/steps/chain.ts';
import type { AuditTrail } from '../shared/trail.ts';

/** A run and its retries are over by then: Lambda tries again after about one and three minutes. */
export const restMilliseconds = 15 * 60_000;

/** How far back a sweep looks: it runs every few minutes, and would have to fail for days to miss a chain. */
const lookBackMilliseconds = 3 * 86_400_000;

/**
 * Requests that were begun and of which the index knows no ending, oldest first. The index only says where to look: it
 * follows the table within seconds, so each chain has to be read before it is believed to be without an ending.
 */
export async function perhapsUnended(trail: Pick<AuditTrail, 'list'>, clock: Clock): Promise<string[]> {
  const now = clock.now().getTime();
  const listed = await trail.list(new Date(now - lookBackMilliseconds), new Date(now - restMilliseconds + 1));
  const ended = new Set(listed.filter(({ kind }) => kind === 'ended').map(({ requestId }) => requestId));
  return listed.flatMap(({ kind, requestId }) =>
    kind === 'approved' && !ended.has(requestId) ? [requestId] : [],
  );
}

/** Whether a chain waits for an ending that no run will write any more. */
export function isAtRest({ ended, entries }: Chain, now: number): boolean {
  const last = entries.at(-1);
  return ended === null && last !== undefined && now - Date.parse(last.at) >= restMilliseconds;
}
