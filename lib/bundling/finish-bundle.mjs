/**
 * Completes a bundle that esbuild has written: `node finish-bundle.mjs <bundle directory> <metafile target> [settings file]`.
 * Plain JavaScript, for CDK runs it as a command of its own.
 *
 * - `build.json` says which code this is: the package's version and the beginning of the bundle's SHA-256.
 * - `settings.json` is a copy of the settings, for functions that read them (an environment holds 4 KB in all).
 * - the metafile leaves the bundle, where it would ship as half a megabyte that nobody reads at run time.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [bundle, metafileTarget, settingsFile] = process.argv.slice(2);
if (bundle === undefined || metafileTarget === undefined)
  throw new Error('a bundle directory and a target are needed');

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
const digest = createHash('sha256')
  .update(readFileSync(join(bundle, 'index.mjs')))
  .digest('hex');
writeFileSync(join(bundle, 'build.json'), JSON.stringify({ version: `${version}+${digest.slice(0, 12)}` }));

if (settingsFile !== undefined) copyFileSync(settingsFile, join(bundle, 'settings.json'));

// Copied beside its target, then renamed: two synths at the same time each leave a whole file.
const metafile = join(bundle, 'index.meta.json');
const arriving = `${metafileTarget}.${process.pid}`;
mkdirSync(dirname(metafileTarget), { recursive: true });
copyFileSync(metafile, arriving);
renameSync(arriving, metafileTarget);
rmSync(metafile);
