import type { EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';

/** What a run answers: which entry of the trail holds its ending. Plain JSON: Powertools keeps it with the lock. */
export type Receipt = {
  readonly requestId: string;
  readonly sequence: number;
  readonly ending: string;
  readonly code: string;
  readonly entryHash: string;
};

export function receiptOf({ requestId, sequence, ending, code, hash }: EndedEntry | RefusedEntry): Receipt {
  return { requestId, sequence, ending, code, entryHash: hash };
}
