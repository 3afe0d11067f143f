import { sameAddress } from './same-approval.ts';

const atoms = "[A-Za-z0-9_'+-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const local = `${atoms}(?:\\.${atoms})*`;
const domain = `(?:${label}\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]`;

const plain = new RegExp(`^${local}@${domain}$`);

/** An entry of a list of people: an address, or `*@` and a domain for everybody of exactly that domain. */
export const addressOrDomain = new RegExp(`^(?:\\*|${local})@${domain}$`);

/**
 * The address that a text is, in lower case and without blanks around it; undefined when it is no plain one of ASCII
 * letters, digits and . _ ' + - alone. Nobody can tell by looking who any other one is: letters of other scripts look
 * like these, some of them fold into these, and a display name says whatever its writer likes.
 */
export function plainAddress(text: string): string | undefined {
  const trimmed = text.replace(/^\p{Zs}+|\p{Zs}+$/gu, '');
  return plain.test(trimmed) ? trimmed.toLowerCase() : undefined;
}

/**
 * The person behind an address: all its spellings, and all tags (`lead+root@example.com`), are one. Meant for telling
 * people apart, so it rather takes two for one than one for two; whether an address is on a list is not asked of it.
 */
export function personOf(address: string): string {
  return sameAddress(address).replace(/^([^+@]+)\+[^@]*(?=@)/, '$1');
}

/** Whether an entry of a list means a plain address: itself, or everybody of its domain. */
export function means(entry: string, address: string): boolean {
  const folded = entry.toLowerCase();
  return isDomain(folded) ? address.endsWith(folded.slice(1)) : address === folded;
}

/** Whether an entry of a list stands for any number of people. */
export function isDomain(entry: string): boolean {
  return entry.startsWith('*@');
}

/** The beginning of a text, with every character spelt out that could be taken for another: `le\u{430}d@example.com`. */
export function spelledOut(text: string): string {
  const characters = Array.from(text);
  const shown = characters
    .slice(0, 64)
    .map((character) =>
      /[ -~]/.test(character) ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
  return shown.join('') + (characters.length > 64 ? '...' : '');
}
