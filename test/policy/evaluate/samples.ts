import type { Caller, Context } from '../../../policy/evaluate/request.ts';
import type { BaseOperator, Condition, Principals } from '../../../policy/language.ts';

export const owner = '111122223333';
export const other = '444455556666';

export const user: Caller = {
  kind: 'user',
  accountId: owner,
  arn: `arn:aws:iam::${owner}:user/team/alice`,
  principalArn: `arn:aws:iam::${owner}:user/team/alice`,
};
export const session: Caller = {
  kind: 'session',
  accountId: owner,
  arn: `arn:aws:sts::${owner}:assumed-role/Admin/monday`,
  principalArn: `arn:aws:iam::${owner}:role/path/Admin`,
};
export const federated: Caller = {
  kind: 'session',
  accountId: owner,
  arn: `arn:aws:sts::${owner}:federated-user/bob`,
  principalArn: `arn:aws:sts::${owner}:federated-user/bob`,
};
export const root: Caller = {
  kind: 'root',
  accountId: owner,
  arn: `arn:aws:iam::${owner}:root`,
  principalArn: `arn:aws:iam::${owner}:root`,
};
export const stranger: Caller = {
  kind: 'user',
  accountId: other,
  arn: `arn:aws:iam::${other}:user/alice`,
  principalArn: `arn:aws:iam::${other}:user/alice`,
};
export const service: Caller = {
  kind: 'service',
  accountId: '',
  arn: 'logging.s3.amazonaws.com',
  principalArn: '',
};
export const anonymous: Caller = { kind: 'anonymous', accountId: '', arn: '', principalArn: '' };

/** A condition from its name as policies write it: `ForAnyValue:StringLikeIfExists`. */
export function condition(operator: string, key: string, ...values: string[]): Condition {
  const [, set, base = '', ifExists] = /^(?:(For\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return {
    operator: base as BaseOperator,
    ifExists: ifExists !== undefined,
    set: (set ?? null) as Condition['set'],
    key: key.toLowerCase(),
    writtenKey: key,
    values,
  };
}

export function context(entries: Record<string, string | readonly string[]>): Context {
  return new Map(
    Object.entries(entries).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
}

export const nobody: Principals = {
  not: false,
  everyone: false,
  aws: [],
  services: [],
  federated: [],
  canonicalUsers: [],
};
