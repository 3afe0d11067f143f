import { createHash } from 'node:crypto';

/** Chance that comes out the same every time. */
export interface Dice {
  /** A whole number from 0 up to, but without, the limit. */
  below(limit: number): number;
  /** Whether a share from 0 to 1 is hit. */
  hits(share: number): boolean;
  oneOf<Item>(items: readonly Item[]): Item;
  /** Capital letters and digits. */
  letters(length: number): string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Dice for one purpose under a seed; those for another purpose fall otherwise. */
export function diceFor(seed: number, purpose: string): Dice {
  let state = createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32LE(0);

  // mulberry32, by Tommy Ettinger: a good enough spread from 32 bits of state, in the public domain.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** As fine as a number can be: 32 bits alone would never reach most account ids. */
  const next53 = () => Math.floor(next() * 2 ** 21) / 2 ** 21 + next() / 2 ** 21;
  const below = (limit: number) => Math.floor(next53() * limit);

  return {
    below,
    hits: (share) => next() < share,
    oneOf(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to choose from');
      return item;
    },
    letters: (length) => Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join(''),
  };
}
