import type { ActingEntry } from '../../../contract/trail-entry.ts';
import { isOpening, type Opening } from '../../../contract/trail-states.ts';
import type { Chain } from './chain.ts';

/** When password recovery was opened, and when it closes: the first attempt's record binds those after it. */
export interface RecordedOpening extends Opening {
  readonly openedAt: string;
}

/**
 * What has to be heard beside an ending that does not tell of it: an earlier attempt may have opened. Empty where none was
 * announced.
 */
export function maybeOpen(chain: Pick<Chain, 'entries' | 'approved'>): string {
  if (chain.approved?.task !== 'allow-root-password-recovery') return '';
  const opening = openingOf(chain);
  if (opening === null) return '';
  return ` Recovery may be OPEN until ${opening.closesAt}: an earlier attempt announced it. The closing comes then, and tells you.`;
}

/** The opening that a chain records; null where nothing was announced. Throws where something else was. */
export function openingOf({ entries }: Pick<Chain, 'entries'>): RecordedOpening | null {
  const acting = entries.find((entry): entry is ActingEntry => entry.kind === 'acting');
  if (acting === undefined) return null;
  if (!isOpening(acting.intended))
    throw new Error(`entry ${acting.sequence} of ${acting.requestId} records no opening`);
  return { ...acting.intended, openedAt: acting.at };
}
