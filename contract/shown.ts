const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Somebody else's text with nothing hidden in it and on one line: what cannot be seen is written as `\u{a}`. */
export function visible(text: string): string {
  return text.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The same, and no longer than so many characters of the text. */
export function shown(text: string, longest = 120): string {
  const characters = Array.from(text);
  return visible(characters.length > longest ? `${characters.slice(0, longest - 3).join('')}...` : text);
}
