/** A piece of a page. Only the tag `html` makes one of text that was not written here, and it escapes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | null | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Characters that show as nothing and change what is read around them: controls, marks of direction, breaks of lines,
 * blanks without width. They are shown by their number.
 */
const unseen =
  /[\p{Cc}\u{61C}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}\u{2066}-\u{2069}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}\p{Cs}]/gu;

/** A text as a page shows it: what it says and nothing that it does. */
export function escaped(text: string): string {
  return text
    .replace(
      unseen,
      (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}

/** A template of a page: what is put in is escaped, but for other pieces of the page. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const parts: string[] = [];
  strings.forEach((string, index) => {
    parts.push(string, rendered(contents[index] ?? null));
  });
  return new Html(parts.join(''));
}

/** Text that was written here, as it stands: a style sheet or a script. Never data. */
export function verbatim(text: string): Html {
  return new Html(text);
}

function rendered(content: Content): string {
  if (content === null) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return escaped(grouped(content));
  return content.map(rendered).join('');
}

/** A number as a person reads it: 12,345. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
