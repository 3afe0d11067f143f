import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apply, DoesNotApplyError } from './apply.ts';
import { changedSince } from './changed-since.ts';
import { compileGroup, groupsByFile } from './compile-groups.ts';
import type { Mutant, NamedTests } from './mutant.ts';
import { allMutants, tables } from './tables.ts';
import { touchedBy } from './touched-by.ts';
import { type Verdict, verdictOf, verdictOfAll } from './verdict.ts';
import { WorkCopy } from './work-copy.ts';

/**
 * `npm run mutants`: puts each mutant into a copy of the work tree and runs its named tests. Ends with 0 only when all
 * are killed. `--check` only verifies that they apply and compile, `--changed <base>` takes those whose file, table or
 * tests differ from a Git base, `--only <id>,<id>` takes those.
 */

const root = join(import.meta.dirname, '..', '..');
const workers = 2;

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, changed: { type: 'string' }, only: { type: 'string' } },
});

function chosen(): readonly Mutant[] {
  if (values.only === undefined)
    return values.changed === undefined ? allMutants : touchedBy(changedSince(values.changed, root), tables);
  const ids = values.only.split(',');
  const unknown = ids.filter((id) => !allMutants.some((mutant) => mutant.id === id));
  if (unknown.length > 0) throw new Error(`--only: there is no mutant ${unknown.join(', ')}`);
  return allMutants.filter(({ id }) => ids.includes(id));
}

/** Takes items from one queue, each copy one at a time. */
async function eachIn<Item>(
  copies: readonly WorkCopy[],
  items: readonly Item[],
  run: (item: Item, copy: WorkCopy) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  await Promise.all(
    copies.map(async (copy) => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item, copy);
    }),
  );
}

/** The files that are run whole, together, and each file of which only some tests are run. */
function runsOf(
  tests: readonly NamedTests[],
): { readonly files: readonly string[]; readonly name?: string }[] {
  const whole = [...new Set(tests.filter(({ name }) => name === undefined).map(({ file }) => file))];
  const some = new Map(
    tests.flatMap((named) => (named.name === undefined ? [] : [[`${named.file}\n${named.name}`, named]])),
  );
  return [
    ...(whole.length > 0 ? [{ files: whole }] : []),
    ...[...some.values()].map(({ file, name }) => ({ files: [file], ...(name !== undefined && { name }) })),
  ];
}

/** Few files at a time, so that the copies share the work evenly. */
function chunked(files: readonly string[], size = 8): string[][] {
  return Array.from({ length: Math.ceil(files.length / size) }, (_, index) =>
    files.slice(index * size, (index + 1) * size),
  );
}

const wrong: string[] = [];
const mutants = chosen();
const applying = mutants.filter((mutant) => {
  try {
    apply(mutant, readFileSync(join(root, mutant.file), 'utf8'));
    return true;
  } catch (error) {
    wrong.push(error instanceof DoesNotApplyError ? error.message : `${mutant.id}: ${String(error)}`);
    return false;
  }
});

const directory = mkdtempSync(join(tmpdir(), 'rootdesk-mutants-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const copies = Array.from({ length: workers }, (_, index) => {
  const own = join(directory, String(index + 1));
  mkdirSync(own);
  return new WorkCopy(root, own);
});

const compiling = new Set(applying);
await eachIn(copies, groupsByFile(applying), async (group, copy) => {
  for (const [mutant, fault] of await compileGroup(group, copy)) {
    compiling.delete(mutant);
    wrong.push(`${mutant.id}: does not compile: ${fault}`);
  }
});
console.log(`${compiling.size} of ${mutants.length} mutants apply and compile`);

if (values.check !== true) {
  const failing = new Map<string, Verdict>();
  const tests = [...compiling].flatMap(({ killedBy }) => killedBy);
  const unmutated = runsOf(tests).flatMap(({ files, ...name }) =>
    chunked(files).map((some) => ({ files: some, ...name })),
  );
  await eachIn(copies, unmutated, async ({ files, name }, copy) => {
    const verdict = verdictOf(await copy.test(files, name));
    if (verdict.kind !== 'survived') failing.set([...files, name ?? ''].join(' '), verdict);
  });
  console.log(`the named tests ${failing.size === 0 ? 'pass' : 'do not pass'} without a mutant`);
  for (const [what, verdict] of failing)
    wrong.push(`the named tests do not pass without any mutant: ${what}: ${JSON.stringify(verdict)}`);

  if (failing.size === 0)
    await eachIn(copies, [...compiling], async (mutant, copy) => {
      const begun = performance.now();
      const verdict = await verdictOn(mutant, copy);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      console.log(`${verdict.kind.padEnd(8)} ${seconds.padStart(5)} s  ${mutant.id}${wordsOf(verdict)}`);
      if (verdict.kind !== 'killed')
        wrong.push(`${mutant.id}: ${verdict.kind}${wordsOf(verdict)} (${mutant.breaks})`);
    });
}

for (const one of wrong) console.error(`WRONG  ${one}`);
console.log(
  wrong.length > 0
    ? `${wrong.length} of ${mutants.length} mutants are wrong`
    : `all ${mutants.length} mutants ${values.check === true ? 'apply and compile' : 'are killed'}`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;

async function verdictOn(mutant: Mutant, copy: WorkCopy): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  await copy.withMutants([mutant], async () => {
    for (const { files, name } of runsOf(mutant.killedBy)) {
      verdicts.push(verdictOf(await copy.test(files, name)));
      if (verdicts.at(-1)?.kind === 'killed') return;
    }
  });
  return verdictOfAll(verdicts);
}

function wordsOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'killed':
      return `  by "${verdict.by}"`;
    case 'survived':
      return '';
    case 'invalid':
      return `: ${verdict.why}`;
    default:
      return verdict satisfies never;
  }
}
