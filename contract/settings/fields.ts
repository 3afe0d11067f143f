import * as z from 'zod';
import { addressOrDomain } from '../address.ts';

/** Text of 1 to 256 characters; every fault of it says what was expected, with an example. */
export function text(example: string) {
  const expected = `expected text, for example "${example}"`;
  const nothing = { error: expected, abort: true };
  return z.string(expected).min(1, nothing).max(256, 'expected at most 256 characters');
}

/** A list that holds something: missing, empty or no list at all is one and the same fault. */
export function listOf<Item extends z.ZodType>(item: Item, expected: string) {
  return z.array(item, expected).min(1, expected);
}

const expectedRoleArn =
  'expected the ARN of an IAM role, for example "arn:aws:iam::333333333333:role/ticketing"';

export const roleArn = z
  .string(expectedRoleArn)
  .regex(/^arn:(?:aws|aws-[a-z]+(?:-[a-z]+)*):iam::\d{12}:role\/[\w+=,.@/-]+$/, expectedRoleArn);

const expectedPerson =
  'expected an e-mail address, for example "lead@example.com", or everybody of a domain, "*@example.com"';

/** People: exact addresses, or `*@example.com` for everybody of exactly that domain. */
export function people(expected: string) {
  const person = z
    .string(expectedPerson)
    .max(256, 'expected at most 256 characters')
    .regex(addressOrDomain, expectedPerson);
  return listOf(person, expected);
}

export const approvers = people('expected at least one approver, for example ["lead@example.com"]');
export const requesters = people('expected at least one requester, for example ["*@example.com"]');

const expectedName =
  'expected a name as buckets and queues have it (letters, digits and . _ -), in which * stands for any characters and ? for one, for example "*-tf-state"';

/** Anything else, an ARN or a blank, would match no name, and so protect nothing without a word. */
export const namePattern = text('*-tf-state').regex(/^[A-Za-z0-9._*?-]+$/, expectedName);
