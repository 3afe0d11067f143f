import { execFileSync } from 'node:child_process';

/** Paths that differ between a Git base and the work tree, new files included. Throws when Git knows no such base. */
export function changedSince(base: string, root: string): ReadonlySet<string> {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\0');
  return new Set([
    ...git('diff', '--name-only', '--no-renames', '-z', base, '--'),
    ...git('ls-files', '-z', '--others', '--exclude-standard'),
  ]);
}
