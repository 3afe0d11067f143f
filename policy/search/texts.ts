import { globMatches } from '../evaluate/glob.ts';
import type { Condition, Statement } from '../language.ts';
import { findText } from './find-text.ts';
import type { Meter } from './meter.ts';

/** What the policy says of a key that tells principals apart: for each condition, the globs that it compares with. */
export interface Globs {
  /** Of conditions that spare those whom they name. */
  readonly negated: readonly (readonly string[])[];
  /** Of conditions that hit them. */
  readonly positive: readonly (readonly string[])[];
}

export function globsOn(key: string, statements: readonly Statement[]): Globs {
  const conditions = statements.flatMap((one) => one.conditions).filter((one) => one.key === key);
  const lists = (wanted: boolean) =>
    conditions
      .filter(({ operator }) => operator.includes('Not') === wanted)
      .map(globsIn)
      .filter((globs) => globs.length > 0);
  return { negated: lists(true), positive: lists(false) };
}

export const flat = ({ negated, positive }: Globs) => [...negated, ...positive].flat();

/** Equality takes `*` for itself: such a value is nobody's. Variables are filled in only once somebody calls. */
export function globsIn({ operator, values }: Condition): string[] {
  const plain = values.filter((value) => !value.includes('${'));
  if (/^Arn|Like$/.test(operator)) return plain;
  return /^(String|Binary)/.test(operator) ? plain.filter((value) => !/[*?]/.test(value)) : [];
}

/**
 * Most patterns need no search: their wildcards filled, as they are or behind the prefix. No name and no path has a
 * colon, and in an ARN no wildcard crosses one.
 */
function guessed(prefix: string, glob: string): string | undefined {
  const filled = glob.replaceAll('*', '').replaceAll('?', 'x');
  // Some operators do not look at the case of letters, and nothing else of an ARN could be written otherwise.
  if (
    filled.toLowerCase().startsWith(prefix.toLowerCase()) &&
    filled.length > prefix.length &&
    !/[*?]/.test(glob)
  )
    return `${prefix}${filled.slice(prefix.length)}`;
  const isName = (text: string) => !prefix.startsWith('arn:') || !text.includes(':', prefix.length);
  return [filled, `${prefix}${filled}`, `${prefix}${filled}x`].find(
    (text) =>
      text.startsWith(prefix) && text.length > prefix.length && isName(text) && globMatches(glob, text),
  );
}

/** Texts by which the conditions can be told apart, as far as they were found. */
interface Texts {
  readonly all: readonly { readonly text: string; readonly named: string }[];
  /** Whether some could not be found out. */
  readonly isCut: boolean;
}

/** Single values, each with the name that the policy gives it; and what several conditions have in common. */
export function textsOf(prefix: string, { negated, positive }: Globs, meter: Meter): Texts {
  let isCut = false;
  const search = (globs: readonly (readonly string[])[], none: readonly string[]) => {
    const text = findText({ all: [[`${prefix}?*`], ...globs], none }, meter);
    if (text === undefined) isCut = true;
    return text ?? undefined;
  };
  const lists = [...negated, ...positive];
  const hit = positive.flat();
  const single = [...new Set(lists.flat())].flatMap((glob) => {
    const outside = hit.length > 0 && /[*?]/.test(glob) ? search([[glob]], hit) : undefined;
    const texts = [guessed(prefix, glob) ?? search([[glob]], []), outside];
    return texts.flatMap((text) => (text === undefined ? [] : [{ text, named: glob }]));
  });
  const shared = subsetsOf(negated).flatMap((subset) => {
    const text = search(subset, hit) ?? search(subset, []);
    return text === undefined ? [] : [{ text, named: text }];
  });
  return {
    all: [...single, ...shared.filter(({ text }) => !single.some((one) => one.text === text))],
    isCut,
  };
}

/** All groups of two or more lists; of many, the pairs and the whole. */
function subsetsOf<T>(lists: readonly T[]): T[][] {
  const distinct = [...new Map(lists.map((list) => [JSON.stringify(list), list])).values()];
  if (distinct.length > 6) {
    const pairs = distinct.flatMap((a, index) => distinct.slice(index + 1).map((b) => [a, b]));
    return [...pairs.slice(0, 60), distinct];
  }
  const subsets: T[][] = [[]];
  for (const list of distinct) subsets.push(...subsets.map((subset) => [...subset, list]));
  return subsets.filter(({ length }) => length > 1);
}

/** One for each way in which the conditions can come out: whoever matches the same lists is treated the same. */
export function representatives<Text extends { readonly text: string }>(
  texts: readonly Text[],
  { negated, positive }: Globs,
): Text[] {
  const lists = [...negated, ...positive];
  const sign = ({ text }: Text) =>
    lists.map((globs) => Number(globs.some((glob) => globMatches(glob, text)))).join('');
  return [...new Map(texts.map((one) => [sign(one), one])).values()];
}
