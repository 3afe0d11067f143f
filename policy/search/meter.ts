/** A policy asks for more than anybody waits for: what was not found until then is not known. */
export class TooIntricateError extends Error {
  override readonly name = 'TooIntricateError';
}

/** About a second: a policy of 20 KB that is written for people takes a tenth of it. */
const ofOneReading = 1_500_000;

/** Counts the comparisons of one reading. A policy is anybody's text: reading it must end, whatever it says. */
export class Meter {
  #left: number;

  constructor(most = ofOneReading) {
    this.#left = most;
  }

  /** Throws a TooIntricateError once the reading has taken more than it may. */
  spend(comparisons: number): void {
    this.#left -= comparisons;
    if (this.#left < 0) throw new TooIntricateError('too intricate to be decided');
  }
}
