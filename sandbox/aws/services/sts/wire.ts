import type { Credentials } from '../../../parts.ts';
import { AwsError } from '../../errors.ts';
import { queryWire } from '../../wire/query.ts';

export const stsWire = queryWire('https://sts.amazonaws.com/doc/2011-06-15/');

/** As STS writes the credentials that it hands out. */
export function credentialsElement(credentials: Credentials): Record<string, string> {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: new Date(credentials.expiresAt).toISOString().replace('.000Z', 'Z'),
  };
}

export function validationError(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}

/** One fault, in the words of AWS's common validation. */
export function constraintError(value: string | undefined, member: string, constraint: string): AwsError {
  const shown = value === undefined ? 'null' : `'${value}'`;
  return validationError(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

/** A text parameter; STS's own answer where it is missing. */
export function required(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw constraintError(undefined, memberName(name), 'not be null');
}

export function durationSeconds(
  input: Readonly<Record<string, unknown>>,
  {
    minimum,
    maximum,
    byDefault,
  }: { readonly minimum: number; readonly maximum: number; readonly byDefault: number },
): number {
  const given = input.DurationSeconds;
  if (given === undefined) return byDefault;
  const text = String(given);
  // STS takes "0900" and "+900", but not " 900 ", "900.0" or "9e2".
  if (!/^[+-]?\d{1,10}$/.test(text) || Math.abs(Number(text)) > 2_147_483_647) {
    throw new AwsError(400, 'MalformedInput', `Could not parse "${text}" as an integer`);
  }
  const seconds = Number(text);
  if (seconds < minimum) {
    throw constraintError(text, 'durationSeconds', `have value greater than or equal to ${minimum}`);
  }
  if (seconds > maximum) {
    throw constraintError(text, 'durationSeconds', `have value less than or equal to ${maximum}`);
  }
  return seconds;
}

function memberName(parameter: string): string {
  const [first = ''] = parameter.split('.');
  return first.charAt(0).toLowerCase() + first.slice(1);
}
