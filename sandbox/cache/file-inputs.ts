import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** The files that something was made of, as they were when it was made. */
export interface FileInputs {
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
  /** SHA-256 of those files and of everything beside them that could take their place. */
  readonly digest: string;
}

/** Files that decide in the directories above an import what it resolves to, or how it is read. */
const decisive = ['package.json', 'tsconfig.json', 'jsconfig.json', '.pnp.cjs', '.pnp.data.json', '.pnp.js'];

/** Every directory above a file, the nearest first. */
function directoriesAbove(file: string): string[] {
  const directory = dirname(file);
  return directory === file ? [] : [directory, ...directoriesAbove(directory)];
}

/** Below the root or in `node_modules` every name may shadow another; elsewhere only those that resolution looks for. */
function isSearched(directory: string, root: string): boolean {
  return directory.startsWith(`${root}${sep}`) || directory.split(sep).includes('node_modules');
}

/** Digests of files, and names in directories, that were looked up for other records a moment ago; null: not there. */
export type KnownState = Map<string, string | null>;

/** The names in a directory, with where symbolic links lead. */
function namesIn(directory: string, root: string): string[] {
  const isAnyNameFound = isSearched(directory, root);
  return readdirSync(directory, { withFileTypes: true })
    .filter(
      ({ name }) =>
        decisive.includes(name) || (isAnyNameFound ? !name.startsWith('.') : name === 'node_modules'),
    )
    .map((entry) =>
      entry.isSymbolicLink() ? `${entry.name} -> ${readlinkSync(join(directory, entry.name))}` : entry.name,
    )
    .sort();
}

/** What `read` returns, looked up once; null: the file or directory is not there, or cannot be read. */
function lookUp(known: KnownState, path: string, read: () => string): string | null {
  const found = known.get(path);
  if (found !== undefined) return found;
  let state: string | null;
  try {
    state = read();
  } catch {
    state = null;
  }
  known.set(path, state);
  return state;
}

/** SHA-256 over all directories above the files, the files, and the files in those directories that are decisive. */
function digestOf(files: readonly string[], root: string, known: KnownState): string {
  const hash = createHash('sha256');
  const add = (path: string, read: () => string): string | null => {
    const state = lookUp(known, path, read);
    hash.update(JSON.stringify([path, state]));
    return state;
  };
  const addFile = (file: string) =>
    add(file, () => createHash('sha256').update(readFileSync(file)).digest('hex'));
  for (const directory of [...new Set(files.flatMap(directoriesAbove))].sort()) {
    const names = add(directory, () => JSON.stringify(namesIn(directory, root)));
    for (const name of decisive) if (names?.includes(`"${name}`)) addFile(join(directory, name));
  }
  for (const file of files) addFile(file);
  return hash.digest('hex');
}

/** Records files, those beside them included that an import could find in their place, and the settings of packages. */
export function recordInputs(files: Iterable<string>, root: string): FileInputs {
  const all = [...new Set([...files].map((file) => resolve(file)))].sort();
  return { files: all, digest: digestOf(all, resolve(root), new Map()) };
}

/** Whether everything that was recorded is as it was. Contents are compared; times and sizes decide nothing. */
export function areUnchanged(
  { files, digest }: FileInputs,
  root: string,
  known: KnownState = new Map(),
): boolean {
  return digestOf(files, resolve(root), known) === digest;
}

/**
 * A file that was written after that time or is gone, or a directory in which a file came or went since then: what was
 * made of the files may differ from what would be made now.
 *
 * @param time milliseconds since 1970
 * @returns its path; undefined: there is none
 */
export function findChangeSince(files: readonly string[], time: number, root: string): string | undefined {
  const directories = new Set(files.flatMap(directoriesAbove));
  const searched = [...directories].filter((directory) => isSearched(directory, resolve(root)));
  return [...files, ...searched].find((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined || stats.ctimeMs >= time;
  });
}
