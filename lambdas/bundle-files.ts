import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type Settings, settings, settingsDigest } from '../contract/settings.ts';

const build = z.object({ version: z.string() });

/** What lies beside the code in its bundle: the settings and the version they were deployed with. */
export interface BundleFiles {
  readonly settings: Settings;
  readonly settingsDigest: string;
  readonly version: string;
}

/**
 * Reads the settings that were bundled with the code. They are not in the environment: 4 KB is all a function gets
 * there (Lambda quotas), and a change of settings should be a change of code for whoever reviews deployments.
 */
export function readBundleFiles(bundle: URL = new URL('.', import.meta.url)): BundleFiles {
  const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, bundle), 'utf8'));
  const read = settings.parse(json('settings.json'));
  return {
    settings: read,
    settingsDigest: settingsDigest(read),
    version: build.parse(json('build.json')).version,
  };
}
