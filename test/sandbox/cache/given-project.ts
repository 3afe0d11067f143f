import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface GivenProject {
  readonly root: string;
  /** Absolute path of a file of the project. */
  path(name: string): string;
  /** Writes a file of the project, and the folders above it. */
  write(name: string, content: string): void;
  remove(): void;
}

/** A project of one's own with these files, which were written a while ago as far as their content is concerned. */
export function givenProject(files: Readonly<Record<string, string>>): GivenProject {
  const root = mkdtempSync(join(tmpdir(), 'rootdesk-project-'));
  const path = (name: string) => join(root, name);
  const write = (name: string, content: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { root, path, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Until a file that was written before counts as older than what is made now. */
export function waitUntilOlder(): Promise<void> {
  return new Promise((done) => setTimeout(done, 120));
}
