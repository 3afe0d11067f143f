import { setTimeout as pause } from 'node:timers/promises';
import { styleText } from 'node:util';

const width = 100;
type Style = Parameters<typeof styleText>[0];

/** Styled where the reader's terminal shows colours; plain text elsewhere (NO_COLOR, a pipe). */
const styled = (style: Style, text: string) => styleText(style, text);

const print = (line = '') => void process.stdout.write(`${line}\n`);

/** A line whose blanks mean something: JSON, or columns. */
const isLaidOut = (line: string) => /\S {2,}\S|^\s*["{}[\]]/.test(line);

/** Breaks a text into lines of the page's width; its own line breaks stay. */
function wrapped(text: string, indent: string, columns = width): string[] {
  return text.split('\n').flatMap((paragraph) => {
    if (isLaidOut(paragraph)) return `${indent}${paragraph}`;
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(/(?<=\S) (?=\S)/)) {
      if (line !== '' && indent.length + line.length + 1 + word.length > columns) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line].map((one) => `${indent}${one}`.trimEnd());
  });
}

/** What the demo prints, for a person at a terminal. */
export const page = {
  title(text: string) {
    print(styled('bold', text));
  },
  chapter(text: string) {
    print();
    print(styled(['bold', 'cyan'], text));
  },
  paragraph(text: string) {
    for (const line of wrapped(text, '  ')) print(line);
  },
  refused(text: string) {
    for (const [index, line] of wrapped(text, '     ').entries()) {
      print(index === 0 ? `  ${styled('red', 'no')} ${line.trimStart()}` : line);
    }
  },
  allowed(text: string) {
    for (const [index, line] of wrapped(text, '      ').entries()) {
      print(index === 0 ? `  ${styled('green', 'yes')} ${line.trimStart()}` : line);
    }
  },
  /** One thing as it happens: when, who, what. */
  async happening(at: string, who: string, what: string) {
    const indent = ' '.repeat(38);
    const [first = '', ...rest] = wrapped(what, indent);
    print(`  ${styled('dim', at.slice(11, 23))}  ${who.padEnd(22)}${first.trimStart()}`);
    for (const line of rest) print(line);
    // Fast enough not to wait for, slow enough to be seen.
    if (process.stdout.isTTY) await pause(120);
  },
  quotation(text: string) {
    for (const line of wrapped(text, '  | ')) print(line === '  |' ? styled('dim', line) : line);
  },
  command(command: string, what: string) {
    print(`  ${styled('green', command)}`);
    print(`      ${what}`);
  },
};
