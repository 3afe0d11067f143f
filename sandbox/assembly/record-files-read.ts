/**
 * Preloaded into the process that synthesizes the app (`node --import`): records every module that is loaded and every
 * file that is read, and has bundles taken from the cache. The app is not aware of it.
 */
import fs from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  addFilesRead,
  listFilesRead,
  type Recording,
  recordingVariable,
  setBundlesDirectory,
} from './recording.ts';

const recording: Recording = JSON.parse(process.env[recordingVariable] ?? '');
delete process.env[recordingVariable];
setBundlesDirectory(recording.bundles);

const ownDirectories =
  recording.bundles === undefined
    ? recording.ownDirectories
    : [...recording.ownDirectories, recording.bundles];
const cachedEsbuild = pathToFileURL(join(import.meta.dirname, 'cached-esbuild.ts')).href;
const { writeFileSync } = fs;

function record(place: unknown): void {
  if (typeof place !== 'string' && !(place instanceof URL)) return;
  const isUrl = place instanceof URL || place.startsWith('file:');
  const file = isUrl ? fileURLToPath(place) : resolve(place);
  if (!ownDirectories.some((own) => file === own || file.startsWith(own + sep))) addFilesRead([file]);
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isReplaced =
      specifier === 'esbuild' && recording.bundles !== undefined && context.parentURL !== cachedEsbuild;
    return isReplaced ? { url: cachedEsbuild, shortCircuit: true } : nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) record(url);
    return nextLoad(url, context);
  },
});

/** Has the path that is given to these functions recorded before they run. */
function recordCallsOf(functions: object, names: readonly string[]): void {
  for (const name of names) {
    const original: unknown = Reflect.get(functions, name);
    if (typeof original !== 'function') throw new Error(`node:fs has no function ${name}`);
    function recorded(this: unknown, ...args: unknown[]): unknown {
      record(args[0]);
      return Reflect.apply(original as (...args: unknown[]) => unknown, this, args);
    }
    Reflect.set(functions, name, Object.assign(recorded, original));
  }
}

recordCallsOf(fs, ['readFileSync', 'readFile', 'createReadStream', 'copyFileSync', 'copyFile']);
recordCallsOf(fs.promises, ['readFile', 'copyFile']);
syncBuiltinESMExports();

process.on('exit', () => writeFileSync(recording.target, JSON.stringify(listFilesRead())));
