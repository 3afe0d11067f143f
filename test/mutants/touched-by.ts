import type { Mutant } from './mutant.ts';
import type { Tables } from './tables.ts';

/** The mutants whose own file, table or named tests are among the changed paths. */
export function touchedBy(changed: ReadonlySet<string>, tables: Tables): Mutant[] {
  return Object.entries(tables).flatMap(([table, mutants]) =>
    mutants.filter(({ file, killedBy }) =>
      [table, file, ...killedBy.map((tests) => tests.file)].some((path) => changed.has(path)),
    ),
  );
}
