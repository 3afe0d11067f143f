import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../contract/canonical-json.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Bundle } from './bundles.ts';

export interface AssetContent {
  readonly bundle: Bundle;
  /** Version of the package that the bundle was made of. */
  readonly version: string;
  /** Settings that travel beside the bundle (an environment holds 4 KB in all); undefined: none do. */
  readonly settings: Settings | undefined;
}

/**
 * Writes what a function ships: `index.mjs` and its source map; `build.json`, the package's version and the beginning
 * of the bundle's SHA-256; `settings.json`, the settings in canonical form, for functions that read them.
 */
export function writeAsset(directory: string, { bundle, version, settings }: AssetContent): void {
  const digest = createHash('sha256').update(bundle.code).digest('hex');
  writeFileSync(join(directory, 'index.mjs'), bundle.code);
  writeFileSync(join(directory, 'index.mjs.map'), bundle.sourceMap);
  writeFileSync(
    join(directory, 'build.json'),
    JSON.stringify({ version: `${version}+${digest.slice(0, 12)}` }),
  );
  if (settings !== undefined) writeFileSync(join(directory, 'settings.json'), canonicalJson(settings));
}
