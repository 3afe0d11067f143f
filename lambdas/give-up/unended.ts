import type { Clock } from '../clock.ts';
import type { Chain } from '../root-task/steps/chain.ts';
import type { AuditTrail } from '../shared/trail.ts';

/** A run and its retries are over by then: Lambda tries again after about one and three minutes. */
export const restMilliseconds = 15 * 60_000;

/**
 * Requests that were begun and of which the index knows no ending, oldest first, of the present month and the one
 * before. The index only says where to look: it follows the table within seconds, so each chain has to be read before it
 * is believed to be without an ending.
 */
export async function perhapsUnended(trail: Pick<AuditTrail, 'list'>, clock: Clock): Promise<string[]> {
  const now = clock.now();
  const listed = await trail.list(
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)),
    new Date(now.getTime() - restMilliseconds + 1),
    // By its attempts, or its plan, as well: the approval of one may be of a month in which nobody looks any more.
    ['approved', 'planned', 'acting', 'ended'],
  );
  const ended = new Set(listed.filter(({ kind }) => kind === 'ended').map(({ requestId }) => requestId));
  return [...new Set(listed.map(({ requestId }) => requestId))].filter((requestId) => !ended.has(requestId));
}

/** Whether a chain waits for an ending that no run will write any more. */
export function isAtRest({ ended, entries }: Chain, now: number): boolean {
  const last = entries.at(-1);
  return ended === null && last !== undefined && now - Date.parse(last.at) >= restMilliseconds;
}
