import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '../../contract/canonical-json.ts';
import { digestOfApp } from '../assembly/digest-of-sources.ts';
import { synthesize } from '../assembly/synthesize.ts';
import { ContentCache } from '../cache/content-cache.ts';
import { pruneByLastUse, recordUse } from '../cache/last-use.ts';
import { compileCacheVariable } from '../lambda/execution-environment.ts';

/** Names another directory than `.cache/assemblies` for cloud assemblies and bundles that outlive a process. */
export const assembliesVariable = 'ROOTDESK_ASSEMBLIES';

/**
 * Set by `shareAssemblies` for the processes it starts: the app, by its digest, whose assemblies in the cache were
 * compared with their files when the run began. A run takes the app as it was at its beginning.
 */
const checkedVariable = 'ROOTDESK_ASSEMBLIES_CHECKED';

const root = join(import.meta.dirname, '../..');
const keptCompilations = 6;
const known = new Map<string, Promise<string>>();

/** The directory of cached assemblies, bundles and compiled code. */
export function cacheDirectory(): string {
  return process.env[assembliesVariable] ?? join(root, '.cache', 'assemblies');
}

function openCache(): ContentCache {
  return new ContentCache({ directory: join(cacheDirectory(), 'apps'), root });
}

const keyOf = (app: string, settings: unknown) => `${app}.${sha256(canonicalJson(settings))}`;

async function make(settings: unknown): Promise<string> {
  const cache = openCache();
  const checked = process.env[checkedVariable];
  const found = checked === undefined ? undefined : cache.findUnchecked(keyOf(checked, settings));
  return (
    found ??
    cache.take(keyOf(digestOfApp(root), settings), (directory) =>
      synthesize(settings, directory, { bundles: join(cacheDirectory(), 'bundles') }),
    )
  );
}

/** The cloud assembly of the app with these settings: from the cache, or synthesized now. */
export function assemblyFor(settings: unknown): Promise<string> {
  const key = sha256(canonicalJson(settings));
  const made = known.get(key) ?? make(settings);
  known.set(key, made);
  return made;
}

/** Has what V8 compiles of the bundles kept, with this version of the app, by this process and those it starts. */
export function keepCompiledCode(): void {
  const all = join(cacheDirectory(), 'compiled');
  const directory = join(all, digestOfApp(root));
  try {
    mkdirSync(directory, { recursive: true });
    recordUse(directory);
    pruneByLastUse(all, keptCompilations);
    process.env[compileCacheVariable] = directory;
  } catch {
    // Code that is compiled again is slower, and otherwise the same. The cache of assemblies warns.
  }
}

/** Puts a temporary directory in the place of a cache that cannot be written, here and in processes started from here. */
export function useWritableCache(): void {
  if (openCache().isWritable()) return;
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-assemblies-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  process.env[assembliesVariable] = directory;
}

/** Compares the assemblies in the cache with their files, once for all processes that are started from here on. */
export function shareAssemblies(): void {
  useWritableCache();
  const app = digestOfApp(root);
  openCache().removeOutdated(app);
  process.env[checkedVariable] = app;
  keepCompiledCode();
}
