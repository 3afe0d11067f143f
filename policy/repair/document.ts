import { canonicalPolicy } from '../canonical.ts';
import type { Patterns } from '../language.ts';

/** A statement as the document has it. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

type Document = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is WrittenStatement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The statements of a document that was read as a policy; a lone one need not be in a list. */
export function writtenStatements(document: Document): readonly WrittenStatement[] {
  const written: unknown = document.Statement;
  return (Array.isArray(written) ? written : [written]).filter(isObject);
}

/** The statements in the form in which they are compared: the order of a list, and a list of one, say nothing. */
export function canonicalStatements(document: Document): readonly WrittenStatement[] {
  return writtenStatements(JSON.parse(canonicalPolicy(JSON.stringify(document))));
}

/** The document with other statements. All other members stay as they are, in their order. */
export function withStatements(document: Document, statements: readonly WrittenStatement[]): Document {
  const [only, ...more] = statements;
  const alone = !Array.isArray(document.Statement) && more.length === 0;
  return { ...document, Statement: alone ? only : statements };
}

/** The statement with other actions, in the place of those it had. */
export function withActions(statement: WrittenStatement, actions: Patterns): WrittenStatement {
  const entries = Object.entries(statement).map(([name, value]): [string, unknown] => {
    if (name !== 'Action' && name !== 'NotAction') return [name, value];
    const [only, ...more] = actions.patterns;
    const alone = typeof value === 'string' && more.length === 0;
    return [actions.not ? 'NotAction' : 'Action', alone ? only : actions.patterns];
  });
  return Object.fromEntries(entries);
}

/** As people write policies. */
export const asText = (document: Document): string => JSON.stringify(document, null, 2);

/** Without white space, as services count its size. */
export const asCompactText = (document: Document): string => JSON.stringify(document);

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
