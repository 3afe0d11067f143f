import type { Account, Organization } from '../../sandbox/parts.ts';

export const management = '111111111111';
export const delegatedAdministrator = '222222222222';
export const senderAccount = '333333333333';
/** An account of somebody who is not the ticket system. */
export const otherAccount = '444444444444';
export const region = 'eu-north-1';

/** Every event has a member account of its own, so that a root session tells for which event it was opened. */
export const memberOf = (nth: number) => String(500_000_000_000 + nth);
export const nthOf = (accountId: string) => Number(accountId) - 500_000_000_000;

export const bucketOf = (nth: number) => `fuzzed-${nth}`;
export const queueOf = (nth: number) => `fuzzed-${nth}`;
export const queueArnOf = (nth: number) => `arn:aws:sqs:${region}:${memberOf(nth)}:${queueOf(nth)}`;

const locked = (Action: string, Resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource }],
});

function account(id: string, more: Partial<Account> = {}): Account {
  return { id, state: 'ACTIVE', serviceControlPolicies: [], buckets: [], queues: [], ...more };
}

/** A root user with a key and no password: there is something to find, to delete, and to open. */
const rootUser = () => ({
  accessKeys: [{ id: 'AKIAFUZZED0000000000', status: 'Active', createdAt: '2020-03-04T05:06:07Z' }],
  mfaDevices: [],
  signingCertificates: [],
});

/** For each event one bucket and one queue, both locked, and a root user. */
export function organizationFor(numbers: readonly number[]): Organization {
  const members = numbers.map((nth) =>
    account(memberOf(nth), {
      rootUser: rootUser(),
      buckets: [{ name: bucketOf(nth), region, policy: locked('s3:*', `arn:aws:s3:::${bucketOf(nth)}`) }],
      queues: [{ name: queueOf(nth), region, policy: locked('sqs:*', queueArnOf(nth)) }],
    }),
  );
  return {
    managementAccountId: management,
    delegatedAdminAccountId: delegatedAdministrator,
    features: ['RootSessions', 'RootCredentialsManagement'],
    trustedAccess: true,
    accounts: [management, delegatedAdministrator, senderAccount].map((id) => account(id)).concat(members),
  };
}
