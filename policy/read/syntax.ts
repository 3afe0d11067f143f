import { quoted } from './place.ts';

/** A text in quotes up to where it is closed, or breaks: no quotation mark, no control character, backslashes in pairs. */
export const openText = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*/y;

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
  openText.lastIndex = offset;
  openText.test(text);
  const end = text[openText.lastIndex];
  if (end === undefined || end === '\n' || end === '\r')
    return 'the text in quotes that begins here is not closed on its line';
  if (end === '\\')
    return 'the text in quotes that begins here has a backslash that stands for nothing; write two of them';
  return 'the text in quotes that begins here holds a control character; write it as \\u and four digits';
}
