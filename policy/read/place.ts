import { shown } from '../../contract/shown.ts';
import type { Fault } from '../language.ts';

/** A place in the document, at which something may be wrong. Readers go down with it and say at it what they find. */
export class Place {
  readonly path: string;
  readonly #faults: Fault[];

  constructor(faults: Fault[], path = '') {
    this.#faults = faults;
    this.path = path;
  }

  /** A name that could be read as something else in a path, or on a terminal, stands in brackets: `["a b"]`. */
  member(name: string): Place {
    const step = /^[\w:/-]{1,80}$/.test(name) ? name : `[${quoted(name)}]`;
    const dot = this.path === '' || step.startsWith('[') ? '' : '.';
    return new Place(this.#faults, `${this.path}${dot}${step}`);
  }

  item(index: number): Place {
    return new Place(this.#faults, `${this.path}[${index}]`);
  }

  /** Records what is wrong here, in a sentence that says what is expected. Null, for a reader to return. */
  fault(message: string): null {
    this.#faults.push({ path: this.path, message });
    return null;
  }
}

/** Somebody else's text within a message: short, on one line, in quotes. */
export function quoted(text: string): string {
  return `"${shown(text, 60)}"`;
}
