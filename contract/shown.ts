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

/** JSON of the same value with no character in it that cannot be seen: it may be printed on a terminal. */
export function visibleJson(json: string): string {
  return json.replace(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => hex(character.charCodeAt(index))).join(''),
  );
}

function hex(codeUnit: number): string {
  return `\\u${codeUnit.toString(16).padStart(4, '0')}`;
}
