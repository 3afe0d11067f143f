/** `node:fs`, with this text for what is read from the standard input. */
export function fsWithStandardInput(text: () => string): typeof import('node:fs') {
  const actual = jest.requireActual<typeof import('node:fs')>('node:fs');
  const readFileSync = (...args: Parameters<typeof actual.readFileSync>) =>
    args[0] === 0 ? Buffer.from(text()) : actual.readFileSync(...args);
  return { ...actual, readFileSync: readFileSync as typeof actual.readFileSync };
}
