import type { Owned, Repair, Repaired } from '../../../policy/diagnosis.ts';
import type { Policy, Service } from '../../../policy/language.ts';
import { readPolicy } from '../../../policy/read-policy.ts';
import { repairPolicy } from '../../../policy/repair.ts';

export const account = '111122223333';
export const partner = '444455556666';
export const bucket = 'arn:aws:s3:::orders';
export const queue = `arn:aws:sqs:eu-central-1:${account}:orders`;
export const pipeline = `arn:aws:iam::${account}:role/pipeline`;

export type Written = Readonly<Record<string, unknown>>;

export const document = (...statements: readonly Written[]) => ({
  Version: '2012-10-17',
  Id: 'orders-policy',
  Statement: statements,
});

/** A Deny of everything on the bucket, as people write it, with other members in the place of its own. */
export const deny = (members: Written = {}): Written => ({
  Sid: 'OnlyThePipeline',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucket, `${bucket}/*`],
  Condition: { StringNotEquals: { 'aws:PrincipalArn': pipeline } },
  ...members,
});

export const denyQueue = (members: Written = {}): Written =>
  deny({ Action: 'sqs:*', Resource: queue, ...members });

export const allow = (members: Written = {}): Written => ({
  Sid: 'Partner',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${partner}:root` },
  Action: 's3:*',
  Resource: [bucket, `${bucket}/*`],
  ...members,
});

export function owned(service: Service): Owned {
  return {
    accountId: account,
    resourceArn: service === 's3' ? bucket : queue,
    now: new Date('2026-01-01T00:00:00Z'),
  };
}

export function policyOf(written: unknown, service: Service = 's3'): Policy {
  const read = readPolicy(JSON.stringify(written), service);
  if (read.kind === 'malformed') throw new Error(JSON.stringify(read.faults));
  return read.policy;
}

export const repaired = (written: unknown, service: Service = 's3'): Repaired =>
  repairPolicy(policyOf(written, service), owned(service));

export function repair(written: unknown, service: Service = 's3'): Repair {
  const result = repaired(written, service);
  if (result.kind !== 'repair') throw new Error(`not repaired: ${JSON.stringify(result)}`);
  return result;
}

/** The statements of the repaired document. */
export const statementsAfter = (written: unknown, service: Service = 's3'): Written[] =>
  JSON.parse(repair(written, service).text).Statement;
