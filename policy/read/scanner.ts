import type { Place } from './place.ts';
import { endOfRun, endOfText, placeOf, wordsFor } from './syntax.ts';

/** A policy has six levels. Each level is one call deep, so a hostile text cannot exhaust the stack. */
const deepest = 32;

const isSpace = (character: string) => ' \t\n\r'.includes(character);
const isOfScalar = (character: string) => /[-+.\w]/.test(character);
const scalar = /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)$/;
/** No number of a policy has as many digits. */
const longestScalar = 1_000;

/** Goes through a JSON text for what `JSON.parse` does not tell: where it ends to be JSON, and names that come twice. */
export class Scanner {
  readonly #text: string;
  #at = 0;
  /** Whether every name is there once. */
  #single = true;

  constructor(json: string) {
    this.#text = json;
  }

  /** Whether the text is one JSON value without a name that is there twice; says at the place where it is not. */
  scan(place: Place): boolean {
    if (!this.#value(place, place, 0)) return false;
    this.#at = endOfRun(this.#text, this.#at, isSpace);
    if (this.#at < this.#text.length) return this.#expected('the end, after the closing brace', place);
    return this.#single;
  }

  /** Faults of syntax are told of the whole text, with line and column: there is no document yet that has paths. */
  #value(whole: Place, place: Place, depth: number): boolean {
    this.#at = endOfRun(this.#text, this.#at, isSpace);
    if (depth > deepest) {
      place.fault(`is nested more than ${deepest} levels deep, which no policy is`);
      return false;
    }
    if (this.#skip(/\{/y)) return this.#members(whole, place, depth);
    if (this.#skip(/\[/y)) return this.#items(whole, place, depth);
    return this.#quoted() || this.#scalar() || this.#expected('a value', whole);
  }

  #members(whole: Place, place: Place, depth: number): boolean {
    const names = new Set<string>();
    if (this.#closed(/\}/y)) return true;
    do {
      this.#at = endOfRun(this.#text, this.#at, isSpace);
      const from = this.#at;
      if (!this.#quoted()) return this.#expected('a name in double quotes', whole);
      const name = String(JSON.parse(this.#text.slice(from, this.#at)));
      if (names.has(name)) {
        this.#single = false;
        place.member(name).fault('is there twice: AWS refuses that, and only one of the two can be meant');
      }
      names.add(name);
      this.#at = endOfRun(this.#text, this.#at, isSpace);
      if (!this.#skip(/:/y)) return this.#expected('a colon', whole);
      if (!this.#value(whole, place.member(name), depth + 1)) return false;
      this.#at = endOfRun(this.#text, this.#at, isSpace);
    } while (this.#skip(/,/y));
    return this.#skip(/\}/y) || this.#expected('a comma or "}"', whole);
  }

  #items(whole: Place, place: Place, depth: number): boolean {
    if (this.#closed(/\]/y)) return true;
    let index = 0;
    do {
      if (!this.#value(whole, place.item(index), depth + 1)) return false;
      index += 1;
      this.#at = endOfRun(this.#text, this.#at, isSpace);
    } while (this.#skip(/,/y));
    return this.#skip(/\]/y) || this.#expected('a comma or "]"', whole);
  }

  #closed(end: RegExp): boolean {
    this.#at = endOfRun(this.#text, this.#at, isSpace);
    return this.#skip(end);
  }

  /** A text in quotes. */
  #quoted(): boolean {
    if (this.#text[this.#at] !== '"') return false;
    const end = endOfText(this.#text, this.#at);
    if (this.#text[end] !== '"') return false;
    this.#at = end + 1;
    return true;
  }

  #scalar(): boolean {
    const end = endOfRun(this.#text, this.#at, isOfScalar);
    if (end - this.#at > longestScalar || !scalar.test(this.#text.slice(this.#at, end))) return false;
    this.#at = end;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #expected(what: string, whole: Place): false {
    whole.fault(
      `the text is not JSON at ${placeOf(this.#text, this.#at)}: ${wordsFor(this.#text, this.#at, what)}`,
    );
    return false;
  }
}
