/** Takes the place of esbuild while the sandbox synthesizes the app: a run that is in the cache is not repeated. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { canonicalJson, sha256 } from '../../contract/canonical-json.ts';
import { ContentCache } from '../cache/content-cache.ts';
import { digestOfSources } from './digest-of-sources.ts';
import { addFilesRead, bundlesDirectory } from './recording.ts';

interface Build {
  readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[];
  readonly metafile: Metafile;
}

const require = createRequire(import.meta.url);
/** Bundles of some versions of the sources: they are small. */
const keep = 6;

/** esbuild's own binary for this machine; its JavaScript is recorded as every module is. */
function binaries(): string[] {
  const platforms = join(dirname(require.resolve('esbuild/package.json')), '..', '@esbuild');
  if (!existsSync(platforms)) return [];
  return readdirSync(platforms, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^esbuild(\.exe)?$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** An input that a package replaces by nothing is no file: `(disabled):<path>`. */
function filesOf({ inputs }: Metafile, root: string): string[] {
  return Object.keys(inputs)
    .filter((input) => !input.startsWith('('))
    .map((input) => resolve(root, input));
}

function keyOf(options: BuildOptions, version: string, root: string): string {
  const sources = digestOfSources(root, ['lambdas', 'contract', 'policy']);
  const machine = { node: process.version, platform: process.platform, arch: process.arch };
  return sha256(canonicalJson({ options, version, root, sources, ...machine }));
}

function write(directory: string, { outputFiles, metafile }: Build, root: string): void {
  const paths = outputFiles.map(({ path }) => relative(root, path));
  writeFileSync(join(directory, 'build.json'), JSON.stringify({ paths, metafile }));
  for (const [index, { contents }] of outputFiles.entries())
    writeFileSync(join(directory, `${index}`), contents);
}

function read(directory: string, root: string): Build {
  const { paths, metafile }: { readonly paths: readonly string[]; readonly metafile: Metafile } = JSON.parse(
    readFileSync(join(directory, 'build.json'), 'utf8'),
  );
  const outputFiles = paths.map((path, index) => ({
    path: resolve(root, path),
    contents: readFileSync(join(directory, `${index}`)),
  }));
  return { outputFiles, metafile };
}

/** As esbuild's own, for builds that write nothing themselves and make a metafile. */
export function buildSync(options: BuildOptions & { readonly write: false; readonly metafile: true }): Build {
  const esbuild: typeof import('esbuild') = require('esbuild');
  const root = options.absWorkingDir ?? process.cwd();
  const key = keyOf(options, esbuild.version, root);
  // The parent process warns about a cache that cannot be written.
  const cache = new ContentCache({ directory: bundlesDirectory(), root, keep, warn: () => {} });
  const found = cache.find(key);
  const begun = Date.now();
  const build = found === undefined ? esbuild.buildSync(options) : read(found, root);
  const files = [...filesOf(build.metafile, root), ...binaries()];
  addFilesRead(files);
  if (found === undefined) {
    const draft = cache.openDraft();
    try {
      if (draft !== undefined) {
        write(draft.content, build, root);
        draft.keep(key, files, begun);
      }
    } catch {
      // The disk is full: the bundles are made all the same.
    } finally {
      draft?.discard();
    }
  }
  return build;
}
