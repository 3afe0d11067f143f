import type { IConstruct } from 'constructs';

/** A finding of cdk-nag that stands, and why. */
export interface Suppression {
  /** The finding's exact name; cdk-nag knows no wildcards. */
  readonly id: string;
  readonly reason: string;
  /** The kind of construct that it is accepted of, with everything below it. */
  readonly of: abstract new (
    ...args: never[]
  ) => IConstruct;
  /**
   * Of which of them.
   * @default all of the kind
   */
  readonly where?: (construct: IConstruct) => boolean;
}
