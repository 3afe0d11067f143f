/** The resource policy language, as it is once read: what `read-policy.ts` makes of JSON, and everything else reads. */

/** The services whose resource policies are understood. */
export type Service = 's3' | 'sqs';

/** Where something is in the document, for a person: `Statement[2].Condition.StringEquals`. Empty: the document itself. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** One principal of the member "AWS". */
export type AwsPrincipal =
  /** The account id, or the ARN of its root: the account as a whole. */
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'user' | 'role'; readonly arn: string; readonly accountId: string }
  | { readonly kind: 'session'; readonly arn: string; readonly accountId: string; readonly roleName: string }
  | { readonly kind: 'federated-user'; readonly arn: string; readonly accountId: string }
  /** What AWS shows for a principal that was deleted (AIDA…, AROA…): nobody has it any more. */
  | { readonly kind: 'unique-id'; readonly id: string };

/** The element Principal, or NotPrincipal where `not`. */
export interface Principals {
  readonly not: boolean;
  /** `"*"` or `{"AWS": "*"}`. */
  readonly everyone: boolean;
  readonly aws: readonly AwsPrincipal[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUsers: readonly string[];
}

/** Action or Resource; with `not`, NotAction or NotResource. Patterns are as written: `*` and `?` are wildcards. */
export interface Patterns {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export const baseOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;
export type BaseOperator = (typeof baseOperators)[number];

/** One key of one operator. All conditions of a statement have to hold; of its values, one has to. */
export interface Condition {
  readonly operator: BaseOperator;
  readonly ifExists: boolean;
  readonly set: 'ForAnyValue' | 'ForAllValues' | null;
  /** In lower case, for keys are compared without regard to it: `aws:principalarn`, `aws:principaltag/team`. */
  readonly key: string;
  /** As the policy writes it. */
  readonly writtenKey: string;
  /** Numbers and booleans as their text. Variables are as written: `${aws:username}`. */
  readonly values: readonly string[];
}

export interface Statement {
  /** Its place in the document, from 0. */
  readonly index: number;
  /** Null where there is none, or an empty one. */
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Principals;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly service: Service;
  /** Variables are variables from 2012-10-17 on; without a version it is 2008-10-17, and they are plain text. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly Statement[];
  /** The document as it was parsed, for whoever writes a changed one. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** What a text was read as. Never half of a policy: with one fault there is no policy. */
export type Read =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'malformed'; readonly faults: readonly [Fault, ...Fault[]] };
