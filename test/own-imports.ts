import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Imports that are there at run time: those of types alone are not. */
const importing =
  /^\s*(?:import|export)\b(?!\s+type\b)[^'";]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'|\brequire\)?\(\s*'([^']+)'|\bcreateRequire\([^)]*\)\(\s*'([^']+)'\s*\)/gm;

const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

/** What a text of TypeScript or JavaScript imports at run time, as it names it. */
export function importsIn(text: string): string[] {
  return [...withoutComments(text).matchAll(importing)].map((match) => match.slice(1).find(Boolean) ?? '');
}

/** What files of the repository import at run time, themselves and through each other. */
export class OwnImports {
  readonly #root: string;
  readonly #known = new Map<string, readonly string[]>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Paths from the root, or names of packages. */
  #importsOf(path: string): readonly string[] {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const imports = importsIn(readFileSync(join(this.#root, path), 'utf8')).map((specifier) =>
      specifier.startsWith('.') ? join(dirname(path), specifier) : specifier,
    );
    this.#known.set(path, imports);
    return imports;
  }

  /** Everything that a file reaches, each with the file that imports it; packages are not looked into. */
  reachedFrom(path: string): ReadonlyMap<string, string> {
    const reached = new Map<string, string>();
    const open = [path];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      for (const imported of this.#importsOf(file)) {
        if (reached.has(imported)) continue;
        reached.set(imported, file);
        if (/\.m?[jt]s$/.test(imported) && existsSync(join(this.#root, imported))) open.push(imported);
      }
    }
    return reached;
  }
}
