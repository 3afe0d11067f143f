import { assemblyFor, shareAssemblies } from '../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../sandbox/scenario/merged-settings.ts';

/** Before all journeys: the cache is checked, and the app with the example settings is in it. */
export default async function synthesize(): Promise<void> {
  shareAssemblies();
  await assemblyFor(mergedSettings({}));
}
