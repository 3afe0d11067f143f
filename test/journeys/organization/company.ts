import type { Account, Organization } from '../scenes/scene.ts';

/** An organization with every kind of trouble, each in an account of its own. */
export const accounts = {
  /** Has everything, two units down. */
  old: '100000000001',
  clean: '100000000002',
  /** One read is denied; there is a password beside it, in no unit. */
  oneDenied: '100000000003',
  /** One read is denied, and of what can be read nothing is there. */
  perhaps: '100000000004',
  unreadable: '100000000005',
  suspended: '100000000006',
  /** Is closed after the plan has named it and before anybody comes. */
  closing: '100000000007',
  ofTicket: '100000000008',
  ofSettings: '100000000009',
  management: '111111111111',
  own: '222222222222',
  /** Of the ticket system; nobody wrote of it. */
  sender: '333333333333',
} as const;

export const units = { all: 'ou-root-all1', below: 'ou-root-below', other: 'ou-root-other' } as const;

const denying = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action, Resource: '*' }],
});

/** A root user with one credential of every kind, by a number that is in their ids. */
export function rootUser(number: number, accountId: string): NonNullable<Account['rootUser']> {
  const digits = String(number).padStart(4, '0');
  return {
    password: { createdAt: '2021-03-04T05:06:07Z', lastUsedAt: '2024-01-02T03:04:05Z' },
    accessKeys: [
      {
        id: `AKIAROOTEXAMPLE0${digits}`,
        createdAt: '2021-03-04T05:06:08Z',
        lastUsedAt: '2026-11-01T00:00:00Z',
      },
      {
        id: `AKIAROOTEXAMPLE1${digits}`,
        createdAt: '2021-03-04T05:06:09Z',
        lastUsedAt: '2022-02-02T02:02:02Z',
      },
    ],
    mfaDevices: [{ serialNumber: `arn:aws:iam::${accountId}:mfa/root-account-mfa-device` }],
    signingCertificates: [{ id: `TA7SMP42TDN5Z26OBPJE7EXAMPL${digits}` }],
  };
}

/** What the ticket, or the settings, exclude and what has a root user full of credentials all the same. */
export const company: Organization = {
  organizationalUnits: [
    { id: units.all, name: 'Production' },
    { id: units.below, name: 'Shops', parentId: units.all },
    { id: units.other, name: 'Labs' },
  ],
  accounts: [
    {
      id: accounts.old,
      name: 'shop',
      organizationalUnitId: units.below,
      rootUser: rootUser(1, accounts.old),
    },
    { id: accounts.clean, name: 'billing', organizationalUnitId: units.all },
    {
      id: accounts.oneDenied,
      name: 'search',
      serviceControlPolicies: [denying('iam:ListAccessKeys')],
      rootUser: { password: { createdAt: '2020-01-01T00:00:00Z' } },
    },
    { id: accounts.perhaps, name: 'fraud', serviceControlPolicies: [denying('iam:ListMFADevices')] },
    {
      id: accounts.unreadable,
      name: 'vault',
      serviceControlPolicies: [denying('*')],
      rootUser: rootUser(5, accounts.unreadable),
    },
    { id: accounts.suspended, name: 'gone', state: 'SUSPENDED', rootUser: rootUser(6, accounts.suspended) },
    { id: accounts.closing, name: 'closing', rootUser: rootUser(7, accounts.closing) },
    { id: accounts.ofTicket, name: 'break-glass', rootUser: rootUser(8, accounts.ofTicket) },
    {
      id: accounts.ofSettings,
      name: 'payroll',
      organizationalUnitId: units.other,
      rootUser: rootUser(9, accounts.ofSettings),
    },
  ],
};
