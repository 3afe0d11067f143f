import type { ApprovedEntry } from '../../../contract/trail-entry.ts';
import type { Refusal } from './received.ts';
import { understand } from './understand.ts';

/**
 * The refusal of an order that no approval in the trail stands behind: somebody who may invoke the function has called
 * it, or the trail has been changed.
 */
export function notOrdered(order: unknown, why: string, approved: ApprovedEntry | null): Refusal {
  const { detail: _, ...understood } = understand({ detail: approved?.approval });
  return {
    kind: 'refusal',
    reasons: [{ code: 'not-ordered', message: `the audit trail holds no approval of this order: ${why}` }],
    understood: { ...understood, target: null },
    event: order,
    requestId: approved?.requestId ?? null,
  };
}
