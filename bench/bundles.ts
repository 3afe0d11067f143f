import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import type { Deployment } from '../sandbox/parts.ts';
import { bundleImports } from './bundle-imports.ts';

const root = join(import.meta.dirname, '..');
const rounds = 15;

export interface BundleRow {
  readonly source: string;
  readonly kilobytes: number;
  readonly importMs: number;
  /** Of a handler with the same clients and the SDK as it comes. */
  readonly bareMs: number;
  /** Of the same, but without the default credential chain, which the product leaves out too. */
  readonly leanMs: number;
}

const environmentCredentials = join(root, 'lambdas', 'shared', 'environment-credentials.ts');

/** Bundles a file as the product's functions are bundled. `alias`: packages, with what takes their place. */
export function minify(entry: string, outfile: string, alias: Readonly<Record<string, string>> = {}): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: { ...alias },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
}

/** A handler with the same clients that does nothing, bundled as the product's functions are. */
function bareHandler(source: string, directory: string, chain: 'default chain' | 'lean'): string {
  const taken = bundleImports[source];
  if (taken === undefined) throw new Error(`the bench does not know what ${source} imports`);
  const lines = taken.map(
    ([client, ...names]) => `import { ${names.join(', ')} } from '@aws-sdk/${client}';`,
  );
  const all = taken.flatMap(([, ...names]) => names).join(', ');
  const entry = join(root, '.cache', `bare-${source.replaceAll('/', '-')}`);
  writeFileSync(entry, `${lines.join('\n')}\nexport const handler = async () => [${all}].length;\n`);
  const outfile = join(directory, `${source.replaceAll('/', '-')}.${chain}.mjs`);
  minify(entry, outfile, {
    ...(chain === 'lean' && { '@aws-sdk/credential-provider-node': environmentCredentials }),
  });
  rmSync(entry);
  return outfile;
}

function importOnce(file: string): number {
  const script = `const begun = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - begun);`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Size and import time of every function, each beside a bare handler with the same clients, taken in turns. */
export function measureBundles(deployment: Deployment, sources: ReadonlyMap<string, string>): BundleRow[] {
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-bench-'));
  try {
    return deployment.functions.map(({ assetDirectory, name }) => {
      const source = sources.get(name) ?? name;
      const bundle = join(assetDirectory, 'index.mjs');
      const bare = bareHandler(source, directory, 'default chain');
      const lean = bareHandler(source, directory, 'lean');
      const times = { bundle: [] as number[], bare: [] as number[], lean: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        times.bundle.push(importOnce(bundle));
        times.bare.push(importOnce(bare));
        times.lean.push(importOnce(lean));
      }
      return {
        source,
        kilobytes: statSync(bundle).size / 1024,
        importMs: median(times.bundle),
        bareMs: median(times.bare),
        leanMs: median(times.lean),
      };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Function name to source path, from the descriptions in the template. */
export function sourcesOf(assembly: string, deployment: Deployment): Map<string, string> {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'Rootdesk.template.json'), 'utf8'));
  return new Map(
    deployment.functions.map(({ logicalId, name }) => [name, Resources[logicalId].Properties.Description]),
  );
}
