/** Tests that kill a mutant: a whole test file, or those of it whose full name contains `name`. */
export interface NamedTests {
  readonly file: string;
  readonly name?: string;
}

/** One small fault of the product, and the tests that have to notice it. */
export interface Mutant {
  readonly id: string;
  /** Path from the root of the repository. */
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The guarantee that the fault breaks, in one line. */
  readonly breaks: string;
  /** The lowest tests that notice it; one failed assertion is enough. */
  readonly killedBy: readonly [NamedTests, ...NamedTests[]];
}
