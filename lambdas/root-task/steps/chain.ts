import {
  type ActingEntry,
  type ApprovedEntry,
  type EndedEntry,
  entryHash,
  type TrailEntry,
} from '../../../contract/trail-entry.ts';

/** What the trail says of one request: its entries in order, each bound to the one before it. */
export interface Chain {
  readonly requestId: string;
  readonly entries: readonly TrailEntry[];
  readonly approved: ApprovedEntry | null;
  readonly lastActing: ActingEntry | null;
  readonly ended: EndedEntry | null;
}

/** The trail does not add up: somebody changed it, or it was written by something else. Nothing is done on its word. */
export class TamperedTrailError extends Error {
  override readonly name = 'TamperedTrailError';
}

/**
 * Reads entries as a chain. Throws a TamperedTrailError when a sequence number is missing, a hash does not cover its
 * entry, or an entry is not bound to the one before it.
 */
export function chainOf(requestId: string, entries: readonly TrailEntry[]): Chain {
  entries.forEach((entry, index) => {
    const expected = {
      sequence: index + 1,
      previousHash: entries[index - 1]?.hash ?? null,
      hash: entryHash(entry),
    };
    for (const [field, value] of Object.entries(expected)) {
      if (Reflect.get(entry, field) !== value) {
        throw new TamperedTrailError(
          `entry ${index + 1} of ${requestId} does not fit its chain: ${field} is ${JSON.stringify(Reflect.get(entry, field))}, expected ${JSON.stringify(value)}`,
        );
      }
    }
  });
  return {
    requestId,
    entries,
    approved: entries.find((entry) => entry.kind === 'approved') ?? null,
    lastActing: entries.findLast((entry) => entry.kind === 'acting') ?? null,
    ended: entries.findLast((entry) => entry.kind === 'ended') ?? null,
  };
}

/** Endings that were written long after the last look at the target, by somebody who never looked. */
const endedFromAfar: ReadonlySet<string> = new Set(['gave-up', 'stopped']);

/**
 * When a request last changed its target, or ended: the moment after which an older approval is out of date. An ending
 * from afar is no such moment: whoever approved between the last attempt and it has seen what the attempt left.
 */
export function lastChangeOf({ ended, lastActing }: Chain): string | null {
  const endedAt = ended === null || endedFromAfar.has(ended.code) ? null : ended.at;
  return (
    [lastActing?.at ?? null, endedAt]
      .filter((at) => at !== null)
      .sort()
      .at(-1) ?? null
  );
}
