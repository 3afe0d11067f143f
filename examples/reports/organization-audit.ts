import type { LastUse, RootCredentials } from '../../contract/root-credentials.ts';
import type {
  AccountClass,
  AccountRow,
  RunReport,
} from '../../lambdas/organization-run/report/run-report.ts';

/** An audit of a small organization in which every kind of trouble shows once: what the example report is made of. */

const endedAt = '2026-11-21T06:04:11.000Z';
const parent = 'jira/sec-1310/audit-root-credentials/organization/2026-11-20T15:40:00.000Z';

const used = (at: string, service: string | null = null, region: string | null = null): LastUse => ({
  state: 'present',
  at,
  service,
  region,
});
const neverUsed: LastUse = { state: 'absent' };
const denied = (action: string) => ({
  state: 'unknown' as const,
  reason: `AWS said no to ${action}: denied by a service control policy`,
});

/** A root user that has nothing, and what of it is different. */
function rootUser(different: Partial<RootCredentials> = {}): RootCredentials {
  const absent = { state: 'absent' as const };
  return {
    password: absent,
    accessKeys: absent,
    signingCertificates: absent,
    mfaDevices: absent,
    summary: {
      state: 'present',
      accessKeysPresent: different.accessKeys?.state === 'present' ? 1 : 0,
      signingCertificatesPresent: different.signingCertificates?.state === 'present' ? 1 : 0,
      passwordPresent: different.password?.state === 'present' ? 1 : 0,
      mfaEnabled: different.mfaDevices?.state === 'present' ? 1 : 0,
    },
    ...different,
  };
}

function visited(
  id: string,
  name: string,
  accountClass: AccountClass,
  credentials: RootCredentials,
  changes: Partial<AccountRow> = {},
): AccountRow {
  const code = {
    clean: 'audited-clean',
    'with-credentials': 'audited-with-credentials',
    unknown: 'audited-with-unknown',
    failed: 'assume-root-denied',
    'left-out': '',
  }[accountClass];
  return {
    account: { id, name },
    class: accountClass,
    requestId: `${parent}/${id}`,
    ending: {
      ending: 'succeeded',
      code,
      summary: 'Every kind of root credential was asked for.',
      at: endedAt,
    },
    leftOut: null,
    credentials,
    results: null,
    plan: null,
    appeared: [],
    disappeared: [],
    ...changes,
  };
}

function leftOut(id: string, name: string, reason: 'management-account' | 'not-active', detail: string) {
  const row = visited(id, name, 'left-out', rootUser());
  return { ...row, requestId: null, ending: null, leftOut: { reason, detail }, credentials: null };
}

const mfa = (id: string, createdAt: string) => ({
  state: 'present' as const,
  items: [{ id: `arn:aws:iam::${id}:mfa/root-account-mfa-device`, createdAt }],
});

const rows: AccountRow[] = [
  leftOut(
    '100000000001',
    'management',
    'management-account',
    'The management account: no root session can be opened in it.',
  ),
  visited(
    '111122223333',
    'payments-production',
    'with-credentials',
    rootUser({
      accessKeys: {
        state: 'present',
        items: [
          {
            id: 'AKIAIOSFODNN7EXAMPLE',
            status: 'Active',
            createdAt: '2019-03-04T10:12:00.000Z',
            lastUsed: used('2026-11-18T22:41:00.000Z', 's3', 'eu-central-1'),
          },
        ],
      },
      password: {
        state: 'present',
        createdAt: '2019-03-04T10:02:00.000Z',
        lastUsed: used('2024-08-30T07:55:00.000Z'),
      },
      mfaDevices: mfa('111122223333', '2019-03-04T10:30:00.000Z'),
    }),
  ),
  visited(
    '222233334444',
    'data-lake',
    'with-credentials',
    rootUser({
      accessKeys: {
        state: 'present',
        items: [
          {
            id: 'AKIAI44QH8DHBEXAMPLE',
            status: 'Inactive',
            createdAt: '2021-06-01T08:00:00.000Z',
            lastUsed: used('2023-01-11T03:20:00.000Z', 'ec2', 'us-east-1'),
          },
        ],
      },
    }),
  ),
  visited(
    '333344445555',
    'sandbox-marketing',
    'with-credentials',
    rootUser({
      password: { state: 'present', createdAt: '2026-11-19T16:21:00.000Z', lastUsed: neverUsed },
    }),
    { appeared: [{ kind: 'password', id: null }] },
  ),
  visited(
    '444455556666',
    'legacy-billing-export',
    'with-credentials',
    rootUser({
      signingCertificates: {
        state: 'present',
        items: [
          { id: 'TA7SMP42TDN5Z26OBPJE7EXAMPLE', status: 'Active', createdAt: '2013-05-21T12:00:00.000Z' },
        ],
      },
    }),
  ),
  visited(
    '555566667777',
    'identity',
    'with-credentials',
    rootUser({
      password: {
        state: 'present',
        createdAt: '2022-02-14T09:00:00.000Z',
        lastUsed: used('2026-10-02T12:10:00.000Z'),
      },
      mfaDevices: mfa('555566667777', '2022-02-14T09:05:00.000Z'),
    }),
  ),
  visited(
    '666677778888',
    'research-hpc',
    'unknown',
    rootUser({
      accessKeys: denied('iam:ListAccessKeys'),
      summary: { state: 'unknown', reason: 'AWS said no to iam:GetAccountSummary' },
    }),
  ),
  visited('777788889999', 'partner-integration', 'failed', rootUser(), {
    credentials: null,
    ending: {
      ending: 'failed',
      code: 'denied-by-scp',
      summary: 'A service control policy denies root sessions in this account.',
      at: endedAt,
    },
  }),
  visited('888899990000', 'log-archive', 'clean', rootUser(), {
    disappeared: [
      { kind: 'accessKeys', id: 'AKIAJ2RHKXQEXAMPLE22' },
      { kind: 'password', id: null },
    ],
  }),
  visited('999900001111', 'network', 'clean', rootUser()),
  visited('101112131415', 'backup-vault', 'clean', rootUser()),
  visited('161718192021', 'website "Grüße & more"', 'clean', rootUser()),
  leftOut(
    '212223242526',
    'old-acquisition',
    'not-active',
    'The account is SUSPENDED: no session can be opened in it.',
  ),
];

export const organizationAudit: RunReport = {
  requestId: parent,
  task: 'audit-root-credentials',
  dryRun: false,
  ticket: { system: 'jira', id: 'SEC-1310', url: 'https://tickets.example.com/browse/SEC-1310' },
  target: 'root users of the organization',
  startedAt: '2026-11-21T06:00:00.000Z',
  endedAt,
  counts: { clean: 4, withCredentials: 5, unknown: 1, leftOut: 2, failed: 1 },
  previous: {
    requestId: 'jira/sec-1288/audit-root-credentials/organization/2026-11-13T15:40:00.000Z',
    endedAt: '2026-11-14T06:03:58.000Z',
  },
  rows,
};
