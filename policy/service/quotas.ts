import type { Service } from '../language.ts';

/** What a service takes at most in one policy. Null: no number is documented. */
export interface Quotas {
  /** UTF-8 bytes of the document without white space. */
  readonly bytes: number;
  readonly statements: number | null;
  readonly actionsPerStatement: number | null;
  readonly conditionsPerStatement: number | null;
}

/**
 * S3: "Normalized policy document exceeds the maximum allowed size of 20480 bytes". SQS: its Developer Guide, "Amazon
 * SQS policy quotas"; its answers name them too ("max allowed is 7").
 */
export const quotas: Readonly<Record<Service, Quotas>> = {
  s3: { bytes: 20_480, statements: null, actionsPerStatement: null, conditionsPerStatement: null },
  sqs: { bytes: 8192, statements: 20, actionsPerStatement: 7, conditionsPerStatement: 10 },
};
