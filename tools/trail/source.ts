import { existsSync } from 'node:fs';
import { entryFilesAt, textOf } from './files.ts';
import { itemsIn } from './items.ts';
import { UnreadableError } from './unreadable.ts';

/** Where a trail is read from: the standard input, files, or a table. */
export type Source =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'table'; readonly table: string };

/** Throws an UnreadableError for what is neither there nor the name of a table. */
export function sourceAt(named: string): Source {
  if (named === '-') return { kind: 'files', paths: ['-'] };
  if (existsSync(named)) return { kind: 'files', paths: entryFilesAt(named) };
  if (isTable(named)) return { kind: 'table', table: named };
  throw new UnreadableError(`there is no file ${named}, and it is no name of a table`);
}

/** Each item of some files, with the name of the file that it is from. */
export function* itemsOfFiles(paths: readonly string[]): Generator<{ item: unknown; from: string }> {
  for (const path of paths) {
    const from = path === '-' ? 'the standard input' : path;
    for (const item of itemsIn(textOf(path), from)) yield { item, from };
  }
}

/** Source of the characters: DynamoDB Developer Guide, "Naming rules". A name with an ending of a file means the file. */
function isTable(source: string): boolean {
  if (/^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[\w.-]+$/.test(source)) return true;
  return /^[\w.-]{3,255}$/.test(source) && !/\.(json|jsonl|gz|txt)$/.test(source);
}
