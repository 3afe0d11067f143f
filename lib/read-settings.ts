import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { faultsOf } from '../contract/faults.ts';
import { type Settings, settings } from '../contract/settings.ts';
import { PlainFault } from './plain-fault.ts';

const defaultPath = 'settings.json';

/**
 * The settings from a file, defaults filled in.
 *
 * @param path as given with `-c settings=<path>`; relative paths count from the working directory
 * @throws PlainFault that names every fault of the file at once
 */
export function readSettings(path: unknown = defaultPath): Settings {
  if (typeof path !== 'string' || path === '') {
    throw new PlainFault(
      'The context value "settings" is no path. Expected for example: -c settings=settings.json',
    );
  }
  const document = parseJson(textOf(path), path);
  const parsed = settings.safeParse(document);
  if (!parsed.success) {
    const faults = faultsOf(document, parsed.error).map((fault) => `  ${fault.path}: ${fault.message}`);
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    throw new PlainFault([`The settings in ${shown(path)} have ${count}:`, ...faults].join('\n'));
  }
  // `$schema` is a word to the editor: it decides nothing, so it must not change the settings' digest.
  const { $schema: _, ...decided } = parsed.data;
  return decided;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      const advice =
        'Copy examples/settings.json to settings.json and edit it, or name a file with -c settings=<path>.';
      throw new PlainFault(`There is no settings file at ${shown(path)}. ${advice}`, { cause });
    }
    throw new PlainFault(`The settings file ${shown(path)} cannot be read: ${String(cause)}`, { cause });
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlainFault(`The settings file ${shown(path)} is not JSON: ${reason}${placeOf(reason, text)}`, {
      cause,
    });
  }
}

/** V8 names the offset ("at position 17"), and sometimes line and column as well; people count in lines. */
function placeOf(reason: string, text: string): string {
  const position = /at position (\d+)(?! \(line)/.exec(reason)?.[1];
  if (position === undefined)
    return reason.includes('end of JSON input') ? ` (line ${text.split('\n').length})` : '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

function shown(path: string): string {
  const fromHere = relative(process.cwd(), resolve(path));
  return fromHere.startsWith('..') ? path : fromHere;
}
