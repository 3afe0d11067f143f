const token = /[[\]{},:"]|[^\s[\]{},:"]+/y;
const space = /\s*/y;

/**
 * The tokens of a text that is known to be JSON, as they are spelled. Goes character by character through what is in
 * quotes: a regular expression would keep each of millions on its stack.
 */
export function* jsonTokens(json: string): Generator<string> {
  let at = 0;
  while (true) {
    space.lastIndex = at;
    space.test(json);
    token.lastIndex = space.lastIndex;
    if (!token.test(json)) return;
    const begin = space.lastIndex;
    at = json[begin] === '"' ? endOfText(json, begin) : token.lastIndex;
    yield json.slice(begin, at);
  }
}

/** Where the text ends whose opening quotation mark is at `begin`. */
function endOfText(json: string, begin: number): number {
  let at = begin + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
