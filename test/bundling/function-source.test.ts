import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleName, functionSources } from '../../lib/bundling/function-source.ts';

const lambdas = join(import.meta.dirname, '../../lambdas');

describe('functionSources', () => {
  it('lists every file that exports a handler, and no other', () => {
    const exporting = readdirSync(lambdas, { recursive: true, encoding: 'utf8' }).filter(
      (name) =>
        name.endsWith('.ts') &&
        /^export (const|async function) handler\b/m.test(readFileSync(join(lambdas, name), 'utf8')),
    );
    expect(exporting.sort()).toEqual([...functionSources].sort());
  });
});

describe('bundleName', () => {
  it('names a bundle after its file, or after the folder of an index', () => {
    expect(bundleName('refuse/index.ts')).toBe('refuse');
    expect(bundleName('announce/notify.ts')).toBe('notify');
    expect(bundleName('root-task/tasks/unlock-s3-bucket.ts')).toBe('unlock-s3-bucket');
  });

  it('gives each source a name of its own', () => {
    expect(new Set(functionSources.map(bundleName)).size).toBe(functionSources.length);
  });
});
