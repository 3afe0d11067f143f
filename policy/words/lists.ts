import type { Statement } from '../language.ts';

const most = 5;

/** "a, b and c"; of many the first five, and how many more. */
export function listed(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items;
  const [last = '', ...others] = shown.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} ${word} ${last}`;
}

/** "Statement[2] (OnlyThePipeline)": where to look. A Sid's wording proves nothing, and is only a place here. */
export function statementName({ index, sid }: Pick<Statement, 'index' | 'sid'>): string {
  return sid === null ? `Statement[${index}]` : `Statement[${index}] (${sid})`;
}
