import type * as z from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { shown } from './shown.ts';

/** One fault of a document: where, and what was expected there. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** No more faults than this are reported: who has 50 to mend reads no further, and the trail's entries stay small. */
export const maximumFaults = 50;

function keyText(key: PropertyKey): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[\w$-]{1,64}$/.test(String(key)) ? `.${String(key)}` : `[${shown(JSON.stringify(String(key)))}]`;
}

/** `approvals[0].approver`, as a person would write it; the document itself is `(document)`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.map(keyText).join('').replace(/^\./, '');
  return text === '' ? '(document)' : text;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    document,
  );
}

/** Zod's own words say what was received; what was found is said here once, and with its value. */
function expectedText(message: string): string {
  return message.replace(/^Invalid input: (expected .*), received .*$/, '$1');
}

function foundText(value: unknown): string {
  if (value === undefined) return 'found nothing';
  return `found ${shown(jsonOf(value))}`;
}

function jsonOf(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch {
    return typeof value;
  }
}

/** The faults that a schema found in a document: each with its path, what is expected and what was found. */
export function faultsOf(document: unknown, error: z.ZodError): Fault[] {
  const faults = error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, maximumFaults).map((key) => ({
        path: pathText([...issue.path, key]),
        message: 'this key is not known here; remove it or correct its spelling',
      }));
    }
    return [
      {
        path: pathText(issue.path),
        message: `${expectedText(issue.message)}; ${foundText(valueAt(document, issue.path))}`,
      },
    ];
  });
  return faults.slice(0, maximumFaults);
}
