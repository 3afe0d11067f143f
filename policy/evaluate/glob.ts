/** One place of a pattern: the code unit of a character, or a wildcard. */
export type Token = number;

/** `*`: any text, also none. */
export const anyText: Token = -1;
/** `?`: any one character. */
export const oneCharacter: Token = -2;

/** A policy's patterns are compared many times: the last ones are kept taken apart. */
const taken = new Map<string, readonly Token[]>();
const mostTaken = 1_000;

/** Places of a text in which `*` and `?` are wildcards, or where `verbatim` characters like others. */
export function tokensOf(text: string, verbatim = false): readonly Token[] {
  if (verbatim) return tokens(text, true);
  const known = taken.get(text);
  if (known !== undefined) return known;
  const found = tokens(text, false);
  if (taken.size >= mostTaken) taken.clear();
  taken.set(text, found);
  return found;
}

function tokens(text: string, verbatim: boolean): Token[] {
  return Array.from({ length: text.length }, (_, place) => {
    const code = text.charCodeAt(place);
    if (verbatim) return code;
    return code === 0x2a ? anyText : code === 0x3f ? oneCharacter : code;
  });
}

/**
 * Whether the pattern covers the whole text. Policies are hostile input: a star that turns out to be too short is only
 * ever stretched if it is the last one, so the time is at most the product of both lengths, whatever the pattern.
 */
export function tokensMatch(pattern: readonly Token[], text: string): boolean {
  let place = 0;
  let at = 0;
  let afterStar = -1;
  let stretched = 0;
  while (at < text.length) {
    const token = pattern[place];
    if (token === anyText) {
      place += 1;
      afterStar = place;
      stretched = at;
    } else if (token === oneCharacter || token === text.charCodeAt(at)) {
      place += 1;
      at += 1;
    } else if (afterStar >= 0) {
      stretched += 1;
      at = stretched;
      place = afterStar;
    } else {
      return false;
    }
  }
  while (pattern[place] === anyText) place += 1;
  return place === pattern.length;
}

/** Whether a pattern with `*` and `?` covers the whole text. Case counts. */
export function globMatches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  return tokensMatch(tokensOf(pattern), text);
}
