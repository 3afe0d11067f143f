import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions, BuildResult, Metafile } from 'esbuild';
import { bundleName, type FunctionSource, functionSources } from './function-source.ts';
import { projectRoot } from './project-root.ts';

/** A function as one file, with its source map. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
}

/**
 * Files are named as if they lay in `cdk.out/<name>/`, wherever the assembly is written: the paths in a source map, and
 * with them the hash of an asset, are those of the repository and not of the machine.
 */
const outdir = join(projectRoot, 'cdk.out');

/** ESM, minified, with its own SDK and a source map. Without code splitting each file is complete. */
const buildOptions = {
  absWorkingDir: projectRoot,
  entryPoints: functionSources.map((source) => ({
    in: join(projectRoot, 'lambdas', source),
    out: `${bundleName(source)}/index`,
  })),
  outdir,
  outExtension: { '.js': '.mjs' },
  write: false,
  bundle: true,
  splitting: false,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  // CommonJS packages inside an ES module still call require for Node's own modules.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  alias: {
    // Credentials come from the function's environment and from nowhere else; the file says why.
    '@aws-sdk/credential-provider-node': join(projectRoot, 'lambdas', 'shared', 'environment-credentials.ts'),
  },
} as const satisfies BuildOptions;

type Build = BuildResult<{ readonly write: false; readonly metafile: true }>;

/** Loaded when it is needed: an app without bundling does without esbuild. */
function runEsbuild(): Build {
  const esbuild: typeof import('esbuild') = createRequire(import.meta.url)('esbuild');
  return esbuild.buildSync({
    ...buildOptions,
    entryPoints: [...buildOptions.entryPoints],
    mainFields: [...buildOptions.mainFields],
  });
}

/** The part of the metafile that is about one bundle, in the form that esbuild's analyzers read. */
function metafileOf(metafile: Metafile, name: string): Metafile {
  const outputs = Object.entries(metafile.outputs).filter(([path]) => path.startsWith(`cdk.out/${name}/`));
  const inputs = new Set(outputs.flatMap(([, output]) => Object.keys(output.inputs)));
  return {
    inputs: Object.fromEntries(Object.entries(metafile.inputs).filter(([path]) => inputs.has(path))),
    outputs: Object.fromEntries(outputs),
  };
}

/** Metafiles stay out of the bundles, where they would ship as half a megabyte that is not read at run time. */
function keepMetafile(name: string, metafile: Metafile): void {
  const directory = join(projectRoot, '.cache', 'metafiles');
  const target = join(directory, `${name}.json`);
  mkdirSync(directory, { recursive: true });
  // Written beside its target, then renamed: two synths at the same time each leave a whole file.
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(metafile));
  renameSync(draft, target);
}

function bundleAll(): ReadonlyMap<FunctionSource, Bundle> {
  const { outputFiles, metafile } = runEsbuild();
  const contents = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const contentOf = (path: string): Uint8Array => {
    const content = contents.get(path);
    if (content === undefined) throw new Error(`esbuild left no ${path}`);
    return content;
  };
  return new Map(
    functionSources.map((source) => {
      const name = bundleName(source);
      keepMetafile(name, metafileOf(metafile, name));
      const file = join(outdir, name, 'index.mjs');
      return [source, { code: contentOf(file), sourceMap: contentOf(`${file}.map`) }];
    }),
  );
}

let bundles: ReadonlyMap<FunctionSource, Bundle> | undefined;

/** The bundle of a function. The first call of a process bundles all functions, in one run of esbuild. */
export function bundleOf(source: FunctionSource): Bundle {
  bundles ??= bundleAll();
  const bundle = bundles.get(source);
  if (bundle === undefined) throw new Error(`lambdas/${source} is not bundled`);
  return bundle;
}
