import { quoted } from './place.ts';

const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Where a text in quotes is closed, or breaks: at a quotation mark, a control character, or a backslash that stands for
 * nothing. Character by character, for a regular expression would keep each of millions on its stack.
 */
export function endOfText(text: string, offset: number): number {
  let at = offset + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code < 0x20) return at;
    if (code !== 0x5c) {
      at += 1;
      continue;
    }
    escaped.lastIndex = at;
    if (!escaped.test(text)) return at;
    at = escaped.lastIndex;
  }
  return at;
}

/** Where a run of characters ends. */
export function endOfRun(text: string, offset: number, isOfRun: (character: string) => boolean): number {
  let at = offset;
  while (at < text.length && isOfRun(text.charAt(at))) at += 1;
  return at;
}

/** Line and column of an offset, both from 1, as editors count them. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** What is wrong at an offset at which something else was expected, and what to do about what people put there. */
export function wordsFor(text: string, offset: number, expected: string): string {
  if (offset >= text.length)
    return `it ends here, where ${expected} was expected; a part of it may be missing`;
  const rest = text.slice(offset, offset + 40);
  const found = `expected ${expected}, and found ${quoted(/^\S{1,20}|^./s.exec(rest)?.[0] ?? '')}`;
  if (/^\/[/*]/.test(rest) || rest.startsWith('#')) return `${found}; JSON has no comments, remove them`;
  if (rest.startsWith("'")) return `${found}; JSON takes double quotes only`;
  if (rest.startsWith('\ufeff')) return 'it begins with a byte order mark, remove that';
  if (expected.startsWith('a comma') && /^["[{]/.test(rest)) return `${found}; is a comma missing?`;
  if (/^[$<{]/.test(rest)) return `${found}; give the policy with its templates filled in`;
  if (expected.startsWith('a comma')) return found;
  if (rest.startsWith('"')) return brokenText(text, offset);
  if (text.slice(0, offset).trimEnd().endsWith(',')) return `${found}; is the comma before it one too many?`;
  if (/^[A-Za-z]/.test(rest)) return `${found}; texts stand in double quotes`;
  return found;
}

/** A text that begins at an offset and is none: which of the three ways to break one it is. */
function brokenText(text: string, offset: number): string {
  const end = text[endOfText(text, offset)];
  if (end === undefined || end === '\n' || end === '\r')
    return 'the text in quotes that begins here is not closed on its line';
  if (end === '\\')
    return 'the text in quotes that begins here has a backslash that stands for nothing; write two of them';
  return 'the text in quotes that begins here holds a control character; write it as \\u and four digits';
}
