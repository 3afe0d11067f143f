import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importsIn, OwnImports } from './own-imports.ts';
import { type ProjectName, projectOf } from './projects.ts';

const root = join(import.meta.dirname, '..');
const own = new OwnImports(root);
const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test', name));

/** Opens sockets, starts processes or threads, or synthesizes: no test of the other two projects may come near. */
const ofJourneys =
  /^(node:)?(http|https|http2|net|tls|dgram|child_process|cluster|worker_threads)$|^dynalite$|^sandbox\/(world|aws\/server|assembly\/synthesize|assembly\/cached-esbuild|scenario\/assemblies)\.ts$/;
const ofTemplate = /^test\/lib\/given-stack\.ts$/;
/** What the template project does before its tests, in a process of its own. */
const ofSynthesis = /^(aws-cdk-lib|cdk-nag|esbuild|constructs)(\/|$)|^lib\/bundling\/bundles\.ts$/;

/** Where a file belongs by what it reaches. */
function neededProject(reached: Iterable<string>): ProjectName {
  const names = [...reached];
  if (names.some((name) => ofJourneys.test(name))) return 'journeys';
  return names.some((name) => ofTemplate.test(name)) ? 'template' : 'unit';
}

describe('importsIn', () => {
  it.each([
    ['import { a } from "./a.ts";', ['./a.ts']],
    ['import {\n  a,\n  type B,\n} from "./a.ts";', ['./a.ts']],
    ['import "./a.ts";', ['./a.ts']],
    ['export * from "./a.ts";', ['./a.ts']],
    ['const a = await import("./a.ts");', ['./a.ts']],
    ['const a = createRequire(import.meta.url)("package");', ['package']],
    ['const a = require("package");', ['package']],
    ['jest.requireActual<typeof import("./a.ts")>("./a.ts");', ['./a.ts']],
    ['import type { A } from "./a.ts";', []],
    ['// import { a } from "./a.ts";', []],
    ['/* import { a } from "./a.ts"; */', []],
  ])('of %j finds %j', (text, imports) => {
    // In other quotation marks, or this file would seem to import them.
    expect(importsIn(text.replaceAll('"', "'"))).toEqual(imports);
  });
});

describe('the reader of imports', () => {
  it.each([
    ['test/journeys/once.test.ts', 'sandbox/world.ts'],
    ['test/journeys/once.test.ts', 'node:worker_threads'],
    ['test/lambdas/shared/trail-list.test.ts', 'dynalite'],
    ['test/lib/alarms.test.ts', 'test/lib/given-stack.ts'],
  ])('finds that %s reaches %s', (test, imported) => {
    expect(own.reachedFrom(test).has(imported)).toBe(true);
  });
});

describe('the projects', () => {
  it('have many tests each', () => {
    const count = (project: ProjectName) => tests.filter((test) => projectOf(test) === project).length;
    expect(Math.min(count('unit'), count('template'), count('journeys'))).toBeGreaterThan(15);
  });

  it('hold each test that needs no more than they have, and no other', () => {
    const wrong = tests.flatMap((test) => {
      const reached = own.reachedFrom(test);
      const [is, needed] = [projectOf(test), neededProject(reached.keys())];
      const reason = [...reached].find(([name]) =>
        (needed === 'journeys' ? ofJourneys : ofTemplate).test(name),
      );
      const through = reason === undefined ? '' : `: ${reason[1]} imports ${reason[0]}`;
      return is === needed ? [] : [`${test} is in ${is} and needs ${needed}${through}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each(['unit', 'template'] as const)('%s loads nothing that synthesizes or bundles', (project) => {
    const loading = tests
      .filter((test) => projectOf(test) === project)
      .flatMap((test) =>
        [...own.reachedFrom(test)]
          .filter(([name]) => ofSynthesis.test(name))
          .map(([name, by]) => `${test}: ${by} imports ${name}`),
      );
    expect(loading).toEqual([]);
  });
});
