import { existsSync, readdirSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContentCache } from '../../../sandbox/cache/content-cache.ts';
import { type GivenProject, givenProject, waitUntilOlder } from './given-project.ts';

let project: GivenProject;
let warnings: string[];
let made: number;
beforeEach(async () => {
  project = givenProject({ 'lib/app.ts': 'one' });
  warnings = [];
  made = 0;
  await waitUntilOlder();
});
afterEach(() => project.remove());

const directory = () => project.path('.cache/things');
const givenCache = (keep = 3) =>
  new ContentCache({
    directory: directory(),
    root: project.root,
    keep,
    warn: (message) => warnings.push(message),
  });

/** Copies the app's source in upper case. */
async function make(target: string): Promise<string[]> {
  made += 1;
  const source = project.path('lib/app.ts');
  writeFileSync(join(target, 'out.txt'), readFileSync(source, 'utf8').toUpperCase());
  return [source];
}

const textIn = (content: string) => readFileSync(join(content, 'out.txt'), 'utf8');
const useAt = (key: string, minutesAgo: number) => {
  const time = Date.now() / 1000 - minutesAgo * 60;
  utimesSync(join(directory(), key), time, time);
};

describe('ContentCache', () => {
  it('makes an entry once when its files stay as they are', async () => {
    const first = await givenCache().take('key', make);
    const second = await givenCache().take('key', make);
    expect([first, second, made]).toEqual([join(directory(), 'key/content'), first, 1]);
    expect(textIn(second)).toBe('ONE');
  });

  it('makes an entry anew when a file has another content', async () => {
    await givenCache().take('key', make);
    project.write('lib/app.ts', 'two');
    await waitUntilOlder();
    expect(textIn(await givenCache().take('key', make))).toBe('TWO');
    expect(made).toBe(2);
  });

  it('makes an entry for each key', async () => {
    await givenCache().take('a', make);
    await givenCache().take('b', make);
    expect([made, readdirSync(directory()).sort()]).toEqual([2, ['a', 'b']]);
  });

  it('keeps nothing when a file was written while it was read', async () => {
    const content = await givenCache().take('key', async (target) => {
      const files = await make(target);
      project.write('lib/app.ts', 'two');
      return files;
    });
    expect(textIn(content)).toBe('ONE');
    expect(givenCache().find('key')).toBeUndefined();
    expect(readdirSync(directory())).toEqual([]);
    expect(warnings).toEqual([
      `Not kept in the cache ${directory()}: ${project.path('lib/app.ts')} changed while it was read`,
    ]);
  });

  it('keeps nothing when a file appeared beside another while that was read', async () => {
    await givenCache().take('key', async (target) => {
      const files = await make(target);
      project.write('lib/app.js', '');
      return files;
    });
    expect(givenCache().find('key')).toBeUndefined();
  });

  it('keeps nothing when a file is gone', async () => {
    await givenCache().take('key', async (target) => {
      const files = await make(target);
      unlinkSync(project.path('lib/app.ts'));
      return files;
    });
    expect(givenCache().find('key')).toBeUndefined();
  });

  it('propagates the error of the maker, and keeps nothing', async () => {
    const refused = givenCache().take('key', async () => {
      throw new Error('the app refuses');
    });
    await expect(refused).rejects.toThrow('the app refuses');
    expect([readdirSync(directory()), warnings]).toEqual([[], []]);
  });

  it('keeps one entry when two makers are at work at once', async () => {
    const { promise: bothAtWork, resolve: open } = Promise.withResolvers<void>();
    const makeTogether = async (target: string) => {
      const files = await make(target);
      if (made === 2) open();
      await bothAtWork;
      return files;
    };
    const [first, second] = await Promise.all([
      givenCache().take('key', makeTogether),
      givenCache().take('key', makeTogether),
    ]);
    expect([made, first]).toEqual([2, second]);
    expect([readdirSync(directory()), textIn(first)]).toEqual([['key'], 'ONE']);
  });

  it('ignores an entry whose record cannot be read', async () => {
    await givenCache().take('key', make);
    writeFileSync(join(directory(), 'key/inputs.json'), '{"files":[');
    expect(givenCache().find('key')).toBeUndefined();
  });

  it('removes outdated entries of a prefix, and no others', async () => {
    for (const key of ['a.1', 'a.2', 'b.1']) await givenCache().take(key, make);
    project.write('lib/app.ts', 'two');
    givenCache().removeOutdated('a.');
    expect(readdirSync(directory())).toEqual(['b.1']);
  });
});

describe('a ContentCache that cannot be written', () => {
  // A file in its place: file permissions do not stop the root user, as whom the tests may run.
  beforeEach(() => project.write('.cache/things', 'no directory'));

  it('is not used: the maker writes to a temporary directory', async () => {
    const content = await givenCache().take('key', make);
    expect(textIn(content)).toBe('ONE');
    expect(content.startsWith(directory())).toBe(false);
  });

  it('warns once', async () => {
    const cache = givenCache();
    expect(cache.isWritable()).toBe(false);
    for (const key of ['a', 'b']) await cache.take(key, make);
    expect(made).toBe(2);
    expect(warnings).toEqual([
      expect.stringContaining(`The cache ${directory()} cannot be written and is not used: `),
    ]);
  });

  it('makes again in a temporary directory, and warns once, when it becomes unwritable under two makers', async () => {
    project.remove();
    project = givenProject({ 'lib/app.ts': 'one' });
    const cache = givenCache();
    const makeUntilFull = async (target: string) => {
      if (!target.startsWith(directory())) return make(target);
      await Promise.resolve();
      project.remove();
      project.write('lib/app.ts', 'one');
      throw new Error('no space left');
    };
    const contents = await Promise.all(['a', 'b'].map((key) => cache.take(key, makeUntilFull)));
    expect(contents.map(textIn)).toEqual(['ONE', 'ONE']);
    expect(warnings).toHaveLength(1);
  });
});

describe('pruning', () => {
  it('keeps the entries used last', async () => {
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) {
      await givenCache().take(key, make);
      useAt(key, 100 - index);
    }
    await givenCache().take('b', make);
    await givenCache().take('e', make);
    expect(readdirSync(directory()).sort()).toEqual(['b', 'd', 'e']);
  });

  it('keeps more entries when they may be in use, up to three times the number', async () => {
    for (let index = 0; index < 5; index += 1) {
      await givenCache(1).take(`key${index}`, make);
      useAt(`key${index}`, 10 - index);
    }
    expect(readdirSync(directory()).sort()).toEqual(['key2', 'key3', 'key4']);
  });

  it('removes drafts of processes that broke off', async () => {
    const cache = givenCache();
    const old = cache.openDraft();
    const young = cache.openDraft();
    if (old === undefined || young === undefined) throw new Error('no draft');
    utimesSync(old.directory, 1, 1);
    await cache.take('key', make);
    expect([existsSync(old.directory), existsSync(young.directory)]).toEqual([false, true]);
  });
});
