import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../lib/bundling/project-root.ts';
import packageJson from '../../package.json' with { type: 'json' };

/** A path with a blank in it: the command must not fall apart there. */
const directory = mkdtempSync(join(tmpdir(), 'rootdesk bundle-'));
const bundle = join(directory, 'bundle');
const metafile = join(directory, 'metafiles', 'refuse.json');
const settings = join(directory, 'settings.1234.json');
const code = 'export const handler = () => {};';

beforeEach(() => {
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'index.mjs'), code);
  writeFileSync(join(bundle, 'index.meta.json'), '{"inputs":{}}');
  writeFileSync(settings, '{"approvers":[]}');
});
afterEach(() => rmSync(bundle, { recursive: true }));
afterAll(() => rmSync(directory, { recursive: true }));

function whenFinished(...settingsFile: string[]): string[] {
  const script = join(projectRoot, 'lib', 'bundling', 'finish-bundle.mjs');
  const { status } = spawnSync(process.execPath, [script, bundle, metafile, ...settingsFile], {
    stdio: 'inherit',
  });
  expect(status).toBe(0);
  return readdirSync(bundle).sort();
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

test('the settings lie beside the code', () => {
  expect(whenFinished(settings)).toEqual(['build.json', 'index.mjs', 'settings.json']);
  expect(read(join(bundle, 'settings.json'))).toEqual({ approvers: [] });
});

test('a function that reads no settings gets none', () => {
  expect(whenFinished()).toEqual(['build.json', 'index.mjs']);
});

test('the version names the package and the code', () => {
  whenFinished();
  const digest = createHash('sha256').update(code).digest('hex');
  expect(read(join(bundle, 'build.json'))).toEqual({
    version: `${packageJson.version}+${digest.slice(0, 12)}`,
  });
});

test('the metafile is kept, but does not ship', () => {
  whenFinished();
  expect(read(metafile)).toEqual({ inputs: {} });
});
