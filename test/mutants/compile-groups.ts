import type { Mutant } from './mutant.ts';
import type { WorkCopy } from './work-copy.ts';

/** Groups of mutants with no file twice in a group: each group can be in the work tree at once. */
export function groupsByFile(mutants: readonly Mutant[]): Mutant[][] {
  const groups: Mutant[][] = [];
  for (const mutant of mutants) {
    const free = groups.find((group) => group.every(({ file }) => file !== mutant.file));
    if (free === undefined) groups.push([mutant]);
    else free.push(mutant);
  }
  return groups;
}

/**
 * Checks the types with a whole group in the work tree. When that fails, those that the compiler names are checked one
 * by one and the others together; when it names none of them, the two halves. Returns the faults by mutant.
 */
export async function compileGroup(
  group: readonly Mutant[],
  copy: Pick<WorkCopy, 'compile' | 'withMutants'>,
): Promise<Map<Mutant, string>> {
  const fault = group.length === 0 ? null : await copy.withMutants(group, () => copy.compile());
  if (fault === null) return new Map();
  const [only, ...more] = group;
  if (only !== undefined && more.length === 0) return new Map([[only, fault]]);
  const faults = new Map<Mutant, string>();
  for (const part of partsOf(group, fault))
    for (const [mutant, its] of await compileGroup(part, copy)) faults.set(mutant, its);
  return faults;
}

function partsOf(group: readonly Mutant[], fault: string): (readonly Mutant[])[] {
  const named = group.filter(({ file }) => fault.includes(`${file}(`));
  const half = Math.ceil(group.length / 2);
  if (named.length === 0) return [group.slice(0, half), group.slice(half)];
  return [...named.map((mutant) => [mutant]), group.filter((mutant) => !named.includes(mutant))];
}
