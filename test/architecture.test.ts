import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const folders = [
  'bin',
  'contract',
  'policy',
  'lib',
  'lambdas',
  'sandbox',
  'scripts',
  'tools',
  'bench',
  'test',
];

interface Source {
  /** Path from the repository's root. */
  readonly path: string;
  readonly text: string;
  /** What it imports: paths from the root, or the names of packages. */
  readonly imports: readonly string[];
}

const importing = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\)?\(\s*)'([^']+)'/g;

function sourcesIn(folder: string): Source[] {
  const there = readdirSync(root).includes(folder);
  const names = there ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }) : [];
  return names
    .filter((name) => /\.m?[jt]s$/.test(name))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(root, path), 'utf8');
      const found = [...text.matchAll(importing)].flatMap(([, specifier]) => specifier ?? []);
      const imports = found.map((specifier) =>
        specifier.startsWith('.') ? join(dirname(path), specifier) : specifier,
      );
      return { path, text, imports };
    });
}

const sources = folders.flatMap(sourcesIn);
const within = (...places: string[]) =>
  sources.filter(({ path }) => places.some((place) => path.startsWith(place)));
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
const inFolder = (imported: string) => imported.split('/')[0] ?? '';
const isOwn = (imported: string) => folders.includes(inFolder(imported));

/** Arrows that are there although none of the given kind may be. */
const arrows = (from: Source[], forbidden: (imported: string, path: string) => boolean) =>
  from.flatMap(({ path, imports }) =>
    imports.filter((imported) => forbidden(imported, path)).map((imported) => `${path} → ${imported}`),
  );

const files = (from: Source[], text: RegExp) =>
  from.filter((source) => text.test(code(source.text))).map(({ path }) => path);

describe('the reader of imports', () => {
  it('sees every folder, and what they import', () => {
    for (const folder of ['contract', 'lib', 'lambdas', 'sandbox', 'test']) {
      expect(within(`${folder}/`).flatMap(({ imports }) => imports).length).toBeGreaterThan(5);
    }
  });

  it('finds no import of a file that is not there', () => {
    const paths = new Set(sources.map(({ path }) => path));
    expect(
      arrows(sources, (imported) => isOwn(imported) && !paths.has(imported) && !imported.endsWith('.json')),
    ).toEqual([]);
  });
});

describe('the arrows', () => {
  it('contract imports zod, node and itself', () => {
    expect(arrows(within('contract/'), (imported) => !/^(zod$|node:|contract\/)/.test(imported))).toEqual([]);
  });

  it('policy imports contract and itself: no SDK, and nothing that reads or writes', () => {
    expect(arrows(within('policy/'), (imported) => !/^(contract|policy)\//.test(imported))).toEqual([]);
  });

  it('lib imports neither the run time nor the sandbox', () => {
    expect(
      arrows(within('lib/', 'bin/'), (imported) => /^(lambdas|sandbox|test|bench)\//.test(imported)),
    ).toEqual([]);
  });

  it('lambdas import contract, policy, SDK and Powertools', () => {
    const allowed =
      /^(contract\/|policy\/|lambdas\/|node:|zod$|aws-lambda$|csv-stringify\/sync$|@aws-lambda-powertools\/|@aws-sdk\/|@smithy\/core\/retry$)/;
    expect(arrows(within('lambdas/'), (imported) => !allowed.test(imported))).toEqual([]);
  });

  it('sandbox imports neither synth time nor run time', () => {
    expect(
      arrows(within('sandbox/'), (imported) => isOwn(imported) && !/^(contract|sandbox)\//.test(imported)),
    ).toEqual([]);
  });

  it('tools import contract, policy, SDK and each other', () => {
    const allowed = /^(contract\/|policy\/|tools\/|node:|zod$|@aws-sdk\/)/;
    expect(arrows(within('tools/'), (imported) => !allowed.test(imported))).toEqual([]);
  });

  it('nothing imports the sandbox but tests, scripts, bench and itself', () => {
    const others = sources.filter(({ path }) => !/^(sandbox|test|scripts|bench)\//.test(path));
    expect(arrows(others, (imported) => imported.startsWith('sandbox/'))).toEqual([]);
  });

  it('nothing that ships imports a test', () => {
    const shipped = sources.filter(({ path }) => !path.startsWith('test/'));
    expect(arrows(shipped, (imported) => imported.startsWith('test/'))).toEqual([]);
  });
});

describe('inside the run time', () => {
  const lambdas = within('lambdas/');

  it('clients of AWS are in adapters, the trail, the announcers, the digests\u2019 bucket and the wiring', () => {
    const allowed =
      /^lambdas\/((root-task|organization-run|give-up)\/adapters\/.*|shared\/trail|announce\/.*|digest\/digest-bucket|(.*\/)?(handler|index|wire))\.ts$/;
    expect(
      arrows(lambdas, (imported, path) => imported.startsWith('@aws-sdk/client-') && !allowed.test(path)),
    ).toEqual([]);
  });

  it('rules are pure: they import contract, each other and words for errors', () => {
    const allowed =
      /^(contract\/|lambdas\/root-task\/rules\/|lambdas\/root-task\/steps\/received\.ts|lambdas\/aws-errors\.ts)/;
    expect(arrows(within('lambdas/root-task/rules/'), (imported) => !allowed.test(imported))).toEqual([]);
  });

  it.each<[string, RegExp, string]>([
    ['reads the environment', /\bprocess\s*\.\s*env\b/, 'lambdas/env.ts'],
    ['calls AssumeRoot', /\bAssumeRootCommand\b/, 'lambdas/root-task/adapters/root-sessions.ts'],
    [
      'asks for the time',
      /\bnew Date\(\s*\)|\bDate\.now\b|\bperformance\.now\b|\bhrtime\b/,
      'lambdas/clock.ts',
    ],
    ['waits', /\bsetTimeout\b|\bsetInterval\b/, 'lambdas/clock.ts'],
    [
      'deletes a bucket policy',
      /\bDeleteBucketPolicyCommand\b/,
      'lambdas/root-task/adapters/bucket-policies.ts',
    ],
    ['makes a password', /\bCreateLoginProfileCommand\b/, 'lambdas/root-task/adapters/root-user.ts'],
    ['deletes a password', /\bDeleteLoginProfileCommand\b/, 'lambdas/root-task/adapters/root-user.ts'],
    ['deletes a root key', /\bDeleteAccessKeyCommand\b/, 'lambdas/root-task/adapters/root-user.ts'],
  ])('one file %s', (_, text, path) => {
    expect(files(lambdas, text)).toEqual([path]);
  });

  it('conditions of writes are in one place for each table', () => {
    expect(files(lambdas, /\bConditionExpression:/).sort()).toEqual([
      'lambdas/root-task/adapters/target-locks.ts',
      'lambdas/shared/trail.ts',
    ]);
  });

  it('nothing is deleted in a table, and nothing updated but the count of refusals', () => {
    expect(files(lambdas, /\b(Delete|BatchWrite|TransactWrite)Items?Command\b/)).toEqual([]);
    expect(files(lambdas, /\bUpdateItemCommand\b/)).toEqual(['lambdas/announce/announced.ts']);
  });

  it('knows of no sandbox', () => {
    expect(files(lambdas, /sandbox|AWS_ENDPOINT_URL|127\.0\.0\.1|localhost/i)).toEqual([]);
  });
});

describe('everywhere', () => {
  it('zod is imported whole, or every bundle grows by 350 KB', () => {
    expect(files(sources, /import\s*(type\s*)?\{[^}]*\}\s*from\s*'zod'/)).toEqual([]);
  });

  it('imports of own files name the file', () => {
    const own = /^(?!.*\.(ts|mts|mjs|js|json)$)/;
    expect(arrows(sources, (imported) => isOwn(imported) && own.test(imported))).toEqual([]);
  });

  it('every root task has its file, and every file its root task', async () => {
    const { rootTaskNames } = await import('../contract/root-tasks.ts');
    const tasks = within('lambdas/root-task/tasks/').map(({ path }) =>
      relative('lambdas/root-task/tasks', path),
    );
    expect(tasks.sort()).toEqual(rootTaskNames.map((name) => `${name}.ts`).sort());
  });
});
