import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settings } from '../../contract/settings.ts';
import example from '../../examples/settings.json' with { type: 'json' };
import { writeAsset } from '../../lib/bundling/write-asset.ts';

const code = 'export const handler = () => {};';
const bundle = { code: Buffer.from(code), sourceMap: Buffer.from('{"sources":[]}') };
const { $schema: _, ...decided } = example;
const someSettings = settings.parse(decided);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rootdesk asset-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const read = (file: string) => readFileSync(join(directory, file), 'utf8');

describe('writeAsset', () => {
  it('writes the code and its source map as they are', () => {
    writeAsset(directory, { bundle, version: '1.2.3', settings: undefined });
    expect(read('index.mjs')).toBe(code);
    expect(read('index.mjs.map')).toBe('{"sources":[]}');
  });

  it('writes the settings beside the code of a function that reads them', () => {
    writeAsset(directory, { bundle, version: '1.2.3', settings: someSettings });
    expect(JSON.parse(read('settings.json'))).toEqual(someSettings);
  });

  it('writes no settings when a function reads none', () => {
    writeAsset(directory, { bundle, version: '1.2.3', settings: undefined });
    expect(readdirSync(directory).sort()).toEqual(['build.json', 'index.mjs', 'index.mjs.map']);
  });

  it('names the version of the package and the digest of the code', () => {
    writeAsset(directory, { bundle, version: '1.2.3', settings: undefined });
    const digest = createHash('sha256').update(code).digest('hex');
    expect(JSON.parse(read('build.json'))).toEqual({ version: `1.2.3+${digest.slice(0, 12)}` });
  });
});
