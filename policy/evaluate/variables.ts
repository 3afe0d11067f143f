import type { Policy } from '../language.ts';
import type { Lookup } from './request.ts';

/** Part of a value: as the policy has it, or `verbatim` where it was filled in and its own `*` is no wildcard. */
export interface Piece {
  readonly text: string;
  readonly verbatim: boolean;
}

/** `${*}`, `${?}` and `${$}` stand for the character itself (IAM User Guide, "Policy variables: special characters"). */
const characters = new Set(['*', '?', '$']);

/**
 * Fills in the variables of a condition's value. Null where one has no value: its key is absent or has several values,
 * and there is no default. Such a value equals nothing, so a negated operator holds (IAM User Guide, "Policy variables
 * with no value"). Before version 2012-10-17 there are no variables.
 */
export function fillIn(value: string, context: Lookup, version: Policy['version']): readonly Piece[] | null {
  if (version === '2008-10-17') return [{ text: value, verbatim: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (;;) {
    const begin = value.indexOf('${', from);
    const end = begin < 0 ? -1 : value.indexOf('}', begin);
    if (end < 0) break;
    const text = textOf(value.slice(begin + 2, end), context);
    if (text === null) return null;
    pieces.push({ text: value.slice(from, begin), verbatim: false }, { text, verbatim: true });
    from = end + 1;
  }
  pieces.push({ text: value.slice(from), verbatim: false });
  return pieces;
}

function textOf(variable: string, context: Lookup): string | null {
  if (characters.has(variable)) return variable;
  const comma = variable.indexOf(',');
  const key = (comma < 0 ? variable : variable.slice(0, comma)).trim().toLowerCase();
  const [only, second] = context.get(key) ?? [];
  if (only !== undefined && second === undefined) return only;
  const otherwise = comma < 0 ? undefined : /^\s*'(.*)'\s*$/s.exec(variable.slice(comma + 1));
  return otherwise?.[1] ?? null;
}
