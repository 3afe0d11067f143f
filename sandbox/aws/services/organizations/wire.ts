import { AwsError } from '../../errors.ts';
import type { Call } from '../../operation.ts';
import { jsonWire } from '../../wire/json.ts';

export const organizationsWire = jsonWire('1.1', 'com.amazonaws.organizations');

/** A parameter of a given form; Organizations' own answer where it has none or another. */
export function matching({ input }: Call, name: string, pattern: RegExp): string {
  const value = input[name];
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw invalidInput('INVALID_PATTERN', 'You provided a value that does not match the required pattern.');
}

export function invalidInput(reason: string, message: string): AwsError {
  return new AwsError(400, 'InvalidInputException', message, { details: { Reason: reason } });
}
