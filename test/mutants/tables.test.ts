import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from './apply.ts';
import { compileGroup, groupsByFile } from './compile-groups.ts';
import type { Mutant } from './mutant.ts';
import { allMutants, tables } from './tables.ts';
import { touchedBy } from './touched-by.ts';

const root = join(import.meta.dirname, '..', '..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the mutants', () => {
  it('are at least 50, in files of their own', () => {
    expect(allMutants.length).toBeGreaterThanOrEqual(50);
    expect(Object.keys(tables).filter((table) => !existsSync(join(root, table)))).toEqual([]);
  });

  it('have an id each', () => {
    expect(new Set(allMutants.map(({ id }) => id)).size).toBe(allMutants.length);
  });

  it('apply: each snippet occurs exactly once in its file', () => {
    const faults = allMutants.flatMap((mutant) => {
      try {
        return apply(mutant, textOf(mutant.file)) === '' ? [mutant.id] : [];
      } catch (error) {
        return [String(error)];
      }
    });
    expect(faults).toEqual([]);
  });

  it('name tests that exist, by a name that the test file contains', () => {
    const unknown = allMutants.flatMap(({ id, killedBy }) =>
      killedBy
        .filter(({ file, name = '' }) => !existsSync(join(root, file)) || !textOf(file).includes(name))
        .map(({ file }) => `${id}: ${file}`),
    );
    expect(unknown).toEqual([]);
  });
});

const mutant = (id: string, file: string): Mutant => ({
  id,
  file,
  find: 'a',
  replace: 'b',
  breaks: 'something',
  killedBy: [{ file: `test/${file}` }],
});
const [one, two, three] = [mutant('one', 'x.ts'), mutant('two', 'x.ts'), mutant('three', 'y.ts')];

describe('touchedBy', () => {
  const given = { 'areas/one.ts': [one], 'areas/others.ts': [two, three] };

  it.each([
    ['their file', 'y.ts', [three]],
    ['a test that is named', 'test/x.ts', [one, two]],
    ['their table', 'areas/one.ts', [one]],
    ['nothing of theirs', 'z.ts', []],
  ])('chooses mutants by %s', (_, changed, chosen) => {
    expect(touchedBy(new Set([changed]), given)).toEqual(chosen);
  });
});

describe('groupsByFile', () => {
  it('puts no two mutants of one file into a group', () => {
    expect(groupsByFile([one, two, three])).toEqual([[one, three], [two]]);
  });
});

describe('compileGroup', () => {
  const four = mutant('four', 'z.ts');

  /** A compiler that finds fault with some mutants, and says in which file where it `names` it. */
  function compiler(faulty: readonly Mutant[], names: boolean) {
    const tried: string[] = [];
    let inside: readonly Mutant[] = [];
    return {
      tried,
      withMutants: async <Result>(mutants: readonly Mutant[], run: () => Promise<Result>) => {
        inside = mutants;
        tried.push(mutants.map(({ id }) => id).join('+'));
        return run();
      },
      compile: async () => {
        const found = inside.filter((its) => faulty.includes(its));
        if (found.length === 0) return null;
        return found.map(({ file }) => (names ? `${file}(1,1): error` : 'error')).join('\n');
      },
    };
  }

  it('compiles a group at once when nothing is wrong', async () => {
    const given = compiler([], true);
    expect(await compileGroup([one, three, four], given)).toEqual(new Map());
    expect(given.tried).toEqual(['one+three+four']);
  });

  it('names the culprit when the compiler names its file', async () => {
    const given = compiler([three], true);
    expect(await compileGroup([one, three, four], given)).toEqual(new Map([[three, 'y.ts(1,1): error']]));
    expect(given.tried).toEqual(['one+three+four', 'three', 'one+four']);
  });

  it('finds every culprit when the compiler names none', async () => {
    const given = compiler([one, four], false);
    expect(await compileGroup([one, three, four], given)).toEqual(
      new Map([
        [one, 'error'],
        [four, 'error'],
      ]),
    );
  });
});
