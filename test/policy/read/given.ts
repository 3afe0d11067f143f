import type { Fault, Policy, Service } from '../../../policy/language.ts';
import { readPolicy } from '../../../policy/read-policy.ts';

/** A statement that can be read, of a bucket's policy. */
export const statement = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: 'arn:aws:s3:::orders',
};

/** The same of a queue's policy. */
export const queueStatement = {
  ...statement,
  Action: 'sqs:SendMessage',
  Resource: 'arn:aws:sqs:eu-west-1:156041421443:orders',
};

/** A bucket's policy of one statement for each of the given, which differs in the given members. */
export function textWith(...members: readonly object[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: members.map((some) => ({ ...statement, ...some })),
  });
}

/** What a text is read as. Throws where it is malformed, with what is wrong. */
export function policyOf(text: string, service?: Service): Policy {
  const read = readPolicy(text, service);
  if (read.kind === 'malformed') throw new Error(JSON.stringify(read.faults));
  return read.policy;
}

/** What is wrong with a text; nothing where it can be read. */
export function faultsOf(text: string, service?: Service): readonly Fault[] {
  const read = readPolicy(text, service);
  return read.kind === 'malformed' ? read.faults : [];
}
