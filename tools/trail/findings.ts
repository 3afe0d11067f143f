/** What can be wrong with a trail; docs/trail.md says what each means. */
export const findingCodes = [
  'not-an-entry',
  'hash',
  'missing',
  'twice',
  'not-bound',
  'behind-an-ending',
  'wrong-beginning',
  'wrong-refusal',
  'head-missing',
  'chain-missing',
  'head-differs',
  'head-unread',
  'not-in-digest',
  'digest-missing',
  'digest-twice',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** One thing that is wrong, and the entry at which it shows; null where it is not an entry's. */
export interface Finding {
  readonly code: FindingCode;
  readonly requestId: string | null;
  readonly sequence: number | null;
  readonly message: string;
}

/** A finding about one entry, as a sentence that begins with its place. */
export function at(code: FindingCode, requestId: string, sequence: number, words: string): Finding {
  return { code, requestId, sequence, message: `entry ${sequence} of ${requestId} ${words}` };
}
