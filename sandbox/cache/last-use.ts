import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const draftPrefix = 'draft-';
/** An entry may be in use by another process, which reads from it while it runs. In milliseconds. */
const useTime = 30 * 60_000;

/** A name in a cache that is no entry: of what is being made, or removed. */
export function draftName(): string {
  return `${draftPrefix}${process.pid}-${randomUUID()}`;
}

function lastUse(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Marks an entry as used now. */
export function recordUse(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // A cache that can only be read serves as well.
  }
}

/** The names of the entries of a directory; the one used last comes first. */
export function listByLastUse(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => !name.startsWith(draftPrefix))
    .map((name) => ({ name, used: lastUse(join(directory, name)) }))
    .sort((a, b) => b.used - a.used)
    .map(({ name }) => name);
}

/** Moves an entry aside first: a process finds all of it or nothing. */
export function removeAtOnce(directory: string, name: string): void {
  const aside = join(directory, draftName());
  try {
    renameSync(join(directory, name), aside);
    rmSync(aside, { recursive: true, force: true });
  } catch {
    // Another process removed it, or nothing can be removed here; it is made anew in either case.
  }
}

/**
 * Removes entries beyond the number to keep, the least used first, unless they may be in use; beyond three times the
 * number all of them. Also removes drafts of processes that broke off.
 */
export function pruneByLastUse(directory: string, keep: number): void {
  const old = Date.now() - useTime;
  const isOld = (name: string) => lastUse(join(directory, name)) < old;
  for (const [index, name] of listByLastUse(directory).entries()) {
    if (index >= 3 * keep || (index >= keep && isOld(name))) removeAtOnce(directory, name);
  }
  for (const name of readdirSync(directory)) {
    if (name.startsWith(draftPrefix) && isOld(name))
      rmSync(join(directory, name), { recursive: true, force: true });
  }
}
