import type * as z from 'zod';

/** One fault of a document: where, and what was expected there. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

const maximumFaults = 50;

/** `approvals[0].approver`, as a person would write it; the document itself is `(document)`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? '(document)' : text;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    document,
  );
}

function foundText(value: unknown): string {
  if (value === undefined) return 'found nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return `found ${text.length > 120 ? `${text.slice(0, 117)}...` : text}`;
}

/** The faults that a schema found in a document: each with its path, what is expected and what was found. */
export function faultsOf(document: unknown, error: z.ZodError): Fault[] {
  return error.issues.slice(0, maximumFaults).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        message: 'this key is not known here; remove it or correct its spelling',
      }));
    }
    return [
      {
        path: pathText(issue.path),
        message: `${issue.message}; ${foundText(valueAt(document, issue.path))}`,
      },
    ];
  });
}
