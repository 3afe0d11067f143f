import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCacheVariable } from '../../sandbox/lambda/execution-environment.ts';
import { assembliesVariable, assemblyFor } from '../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../sandbox/scenario/merged-settings.ts';

/** Before all tests: one directory of cloud assemblies for every worker, with that of the example settings in it. */
export default async function synthesize(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-assemblies-'));
  process.env[assembliesVariable] = directory;
  process.env[compileCacheVariable] = join(directory, 'compiled');
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  await assemblyFor(mergedSettings({}));
}
