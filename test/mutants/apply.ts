import type { Mutant } from './mutant.ts';

/** A mutant does not fit its file; the message begins with its id. */
export class DoesNotApplyError extends Error {
  override readonly name = 'DoesNotApplyError';
}

/**
 * Returns the text of a mutant's file with the fault in it. Throws a DoesNotApplyError when the snippet does not occur
 * exactly once, or when its replacement is the same text.
 */
export function apply({ file, find, id, replace }: Mutant, text: string): string {
  if (find === '') throw new DoesNotApplyError(`${id}: the snippet is empty`);
  if (find === replace) throw new DoesNotApplyError(`${id}: the replacement is the snippet itself`);
  const [before = '', after, ...more] = text.split(find);
  if (after === undefined) throw new DoesNotApplyError(`${id}: ${file} does not contain the snippet`);
  if (more.length > 0)
    throw new DoesNotApplyError(`${id}: ${file} contains the snippet ${more.length + 1} times`);
  return before + replace + after;
}
