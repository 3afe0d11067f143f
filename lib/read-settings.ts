import { existsSync, readFileSync } from 'node:fs';
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
    if (!existsSync(path)) {
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
    const reason = messageOf(cause).replace(/\s+/g, ' ');
    throw new PlainFault(`The settings file ${shown(path)} is not JSON, ${placeOf(text)}: ${reason}`, {
      cause,
    });
  }
}

/**
 * Line and column of the first character that cannot stand where it stands. V8 does not always say where that is,
 * but the beginnings of a text tell: those without the fault are incomplete, those with it are wrong.
 */
function placeOf(text: string): string {
  let right = 0;
  let wrong = text.length + 1;
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (couldGoOn(text.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  const lines = text.slice(0, right).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Whether a text is JSON, or could become JSON by having more added to it. */
function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (fault) {
    const position = /at position (\d+)/.exec(messageOf(fault))?.[1];
    return /end of JSON input|Unterminated/.test(messageOf(fault)) || Number(position) >= beginning.length;
  }
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

function shown(path: string): string {
  const fromHere = relative(process.cwd(), resolve(path));
  return fromHere.startsWith('..') ? path : fromHere;
}
