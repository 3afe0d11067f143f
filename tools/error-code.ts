/** The code of an error of Node's, such as `ENOENT`; null: it has none. */
export function errorCodeOf(error: unknown): string | null {
  // By its shape: where code is loaded into a realm of its own, Node's errors are no instances of that realm's Error.
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}
