import * as z from 'zod';
import { entryHash, type TrailEntry } from '../../contract/trail-entry.ts';
import type { AuditTrail } from './trail.ts';

/** What the trail holds in the place of an entry. */
export type Place =
  | { readonly kind: 'intact'; readonly entry: TrailEntry }
  /** Nothing, or something that rootdesk never writes. */
  | { readonly kind: 'damaged'; readonly what: string };

/** Looks at an entry, read consistently. One that is gone or is not rootdesk's is an answer, not an exception. */
export async function lookAt(
  trail: Pick<AuditTrail, 'get'>,
  requestId: string,
  sequence: number,
): Promise<Place> {
  try {
    const entry = await trail.get(requestId, sequence);
    if (entry === null) return { kind: 'damaged', what: 'is gone' };
    if (!coversItself(entry)) return { kind: 'damaged', what: 'has a hash that does not cover it' };
    return { kind: 'intact', entry };
  } catch (error) {
    if (error instanceof z.ZodError) return { kind: 'damaged', what: 'is not an entry that rootdesk writes' };
    throw error;
  }
}

/** Whether an entry's hash covers it. What JSON cannot say, rootdesk did not write: no hash covers that. */
export function coversItself(entry: Record<string, unknown>): boolean {
  try {
    return entryHash(entry) === entry.hash;
  } catch {
    return false;
  }
}
