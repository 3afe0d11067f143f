import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readDeployment } from '../sandbox/assembly/read-deployment.ts';
import { assemblyFor } from '../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../sandbox/scenario/merged-settings.ts';

const root = join(import.meta.dirname, '..');

/** What may be shipped to whoever deploys: nothing that asks for more than naming its authors. */
const allowedLicences = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];
/** A lane's client for the kill switch brings 79 KB, 40 of them classes of errors that no bundler can leave out. */
const maximumBytes = 750 * 1024;
/** A lane on policies also brings what reads them, and proves a repair (decision 22). */
const maximumBytesOnPolicies = 850 * 1024;

interface Bundle {
  readonly what: string;
  readonly directory: string;
  /** Every file of this repository or of a package that is in it, by its path from the root. */
  readonly sources: readonly string[];
}

let bundles: Bundle[];
beforeAll(async () => {
  const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };
  const { functions } = readDeployment(await assemblyFor(mergedSettings({})), place);
  bundles = functions.map(({ logicalId, assetDirectory }) => {
    const map: { readonly sources: readonly string[] } = JSON.parse(
      readFileSync(join(assetDirectory, 'index.mjs.map'), 'utf8'),
    );
    // The paths count from two folders below the root, wherever the assembly lies.
    const sources = map.sources.map((source) => relative(root, resolve(root, 'cdk.out', 'bundle', source)));
    return { what: logicalId, directory: assetDirectory, sources };
  });
}, 60_000);

/** The folder of the package that a source belongs to; null for a file of this repository. */
function packageOf(source: string): string | null {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(source)?.[0] ?? null;
}

const packagesOf = ({ sources }: Bundle) => [
  ...new Set(sources.flatMap((source) => packageOf(source) ?? [])),
];

function licenceOf(folder: string): unknown {
  const { name, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return { name, license };
}

it('is known of every bundle what is in it', () => {
  expect(bundles.length).toBeGreaterThanOrEqual(4);
  for (const bundle of bundles) {
    expect(packagesOf(bundle).length).toBeGreaterThan(3);
    // A path that leaves the repository is one that was not understood.
    expect(bundle.sources.filter((source) => source.startsWith('..'))).toEqual([]);
  }
});

it('holds packages under allowed licences only', () => {
  for (const folder of new Set(bundles.flatMap(packagesOf)))
    expect(licenceOf(folder)).toEqual({
      name: expect.any(String),
      license: expect.stringMatching(new RegExp(`^(?:${allowedLicences.join('|')})$`)),
    });
});

it('would notice the decision engine of the sandbox, which is AGPL', () => {
  const folder = packageOf('node_modules/@cloud-copilot/iam-simulate/dist/index.js');
  expect(licenceOf(folder ?? '')).toEqual({
    name: '@cloud-copilot/iam-simulate',
    license: expect.stringContaining('AGPL'),
  });
});

it('holds the contract and the run time of this repository, and nothing of the sandbox or the synth time', () => {
  const own = bundles.flatMap(({ sources }) => sources.filter((source) => packageOf(source) === null));
  expect([...new Set(own.map((source) => source.split('/')[0]))].sort()).toEqual([
    'contract',
    'lambdas',
    'policy',
  ]);
});

it('has no bundle above 750 KB, or 850 KB where policies are read', () => {
  const reading = bundles.filter(({ sources }) => sources.includes('policy/read-policy.ts'));
  expect(reading).toHaveLength(4);
  for (const bundle of bundles) {
    const { what, directory } = bundle;
    const { size } = statSync(join(directory, 'index.mjs'));
    const maximum = reading.includes(bundle) ? maximumBytesOnPolicies : maximumBytes;
    expect({ what, tooLarge: size > maximum }).toEqual({ what, tooLarge: false });
  }
});

it('ships the bundle, its map, its settings and which build it is, and nothing else', () => {
  const known = ['build.json', 'index.mjs', 'index.mjs.map', 'settings.json'];
  for (const { directory } of bundles)
    expect(readdirSync(directory).filter((file) => !known.includes(file))).toEqual([]);
});
