import { join } from 'node:path';
import { digestOfApp, digestOfSources } from '../../../sandbox/assembly/digest-of-sources.ts';
import { runRecorded } from '../../../sandbox/assembly/synthesize.ts';
import { ContentCache } from '../../../sandbox/cache/content-cache.ts';
import { cacheDirectory, useWritableCache } from '../../../sandbox/scenario/assemblies.ts';
import { templatesVariable } from './synthesized.ts';

const root = join(import.meta.dirname, '../../..');

/** Has the templates of all variations at hand, for this process and those it starts: from the cache, or made now. */
export async function synthesizeTemplates(): Promise<void> {
  useWritableCache();
  const cache = new ContentCache({ directory: join(cacheDirectory(), 'templates'), root, keep: 6 });
  const key = `${digestOfApp(root)}.${digestOfSources(root, ['test/lib/templates', 'examples/settings.json'])}`;
  const directory = await cache.take(key, (target) =>
    runRecorded(['test/lib/templates/write-templates.ts', join(target, 'templates.json')], {
      ownDirectory: target,
    }),
  );
  process.env[templatesVariable] = join(directory, 'templates.json');
}
