import { AwsError } from '../../errors.ts';
import type { Call } from '../../operation.ts';
import { queryWire } from '../../wire/query.ts';

export const iamWire = queryWire('https://iam.amazonaws.com/doc/2010-05-08/');

/** A parameter that the operation cannot do without; IAM's own answer where it is missing. */
export function required({ input }: Call, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  throw constraintError('null', member, 'Member must not be null');
}

export function constraintError(value: string, member: string, constraint: string): AwsError {
  return new AwsError(
    400,
    'ValidationError',
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError(404, 'NoSuchEntity', message);
}

/** IAM tells times in whole seconds. */
export function seconds(time: string): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
