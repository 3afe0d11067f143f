import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** SHA-256 of the names and contents of all files in these places, which are paths of files or folders from the root. */
export function digestOfSources(root: string, places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesIn(join(root, place)))) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** What the template and the bundles are made of, how packages were installed, and what makes and caches them. */
export const placesOfApp = [
  'bin',
  'contract',
  'lambdas',
  'lib',
  'policy',
  'scripts',
  'sandbox/assembly',
  'sandbox/cache',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/** SHA-256 of everything that decides about an assembly and is no setting and no file of a package. */
export function digestOfApp(root: string): string {
  const machine = [root, process.version, process.platform, process.arch].join('\0');
  return createHash('sha256').update(machine).update(digestOfSources(root, placesOfApp)).digest('hex');
}
