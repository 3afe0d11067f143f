import type { Credential, LastUse, RootCredentials } from '../../../../contract/root-credentials.ts';
import type {
  AccountClass,
  AccountRow,
  RunReport,
} from '../../../../lambdas/organization-run/report/run-report.ts';

export const endedAt = '2026-11-21T06:04:11.000Z';

/** The instant so many days before the run ended. */
export const daysAgo = (days: number) => new Date(Date.parse(endedAt) - days * 86_400_000).toISOString();

export const usedDaysAgo = (days: number): LastUse => ({
  state: 'present',
  at: daysAgo(days),
  service: 's3',
  region: 'eu-central-1',
});
export const neverUsed: LastUse = { state: 'absent' };
export const unknownUse: LastUse = { state: 'unknown', reason: 'AWS said no to GetAccessKeyLastUsed' };
export const absent = { state: 'absent' as const };
export const unread = (reason: string) => ({ state: 'unknown' as const, reason });

export function givenKeys(...keys: readonly { id?: string; status?: string; age?: number; use?: LastUse }[]) {
  return {
    state: 'present' as const,
    items: keys.map(({ id = 'AKIAIOSFODNN7EXAMPLE', status = 'Active', age = 800, use = neverUsed }) => ({
      id,
      status,
      createdAt: daysAgo(age),
      lastUsed: use,
    })),
  };
}
export const givenPassword = (age = 400, lastUsed: LastUse = neverUsed) => ({
  state: 'present' as const,
  createdAt: daysAgo(age),
  lastUsed,
});
export const givenCertificate = (id = 'TA7SMP42TDN5Z26OBPJE7EXAMPLE', age = 4000) => ({
  state: 'present' as const,
  items: [{ id, status: 'Active', createdAt: daysAgo(age) }],
});
export const givenMfa = (id = 'arn:aws:iam::111122223333:mfa/root-account-mfa-device', age = 300) => ({
  state: 'present' as const,
  items: [{ id, createdAt: daysAgo(age) }],
});

export function givenCredentials(different: Partial<RootCredentials> = {}): RootCredentials {
  return {
    password: absent,
    accessKeys: absent,
    signingCertificates: absent,
    mfaDevices: absent,
    summary: null,
    ...different,
  };
}

/** An account that was visited and is clean, and what of it is different. */
export function givenRow(different: Partial<AccountRow> & { id?: string; name?: string } = {}): AccountRow {
  const { id = '111122223333', name = 'payments', ...row } = different;
  return {
    account: { id, name },
    class: 'clean',
    requestId: `jira/sec-1/audit-root-credentials/${id}/2026-11-20T15:40:00.000Z`,
    ending: { ending: 'succeeded', code: 'audited-clean', summary: 'Nothing is there.', at: endedAt },
    leftOut: null,
    credentials: givenCredentials(),
    results: null,
    plan: null,
    appeared: [],
    disappeared: [],
    ...row,
  };
}

export function givenLeftOut(id = '100000000001'): AccountRow {
  return givenRow({
    id,
    class: 'left-out',
    requestId: null,
    ending: null,
    credentials: null,
    leftOut: { reason: 'management-account', detail: 'The management account.' },
  });
}

export function givenFailed(id = '777788889999'): AccountRow {
  const ending = {
    ending: 'failed',
    code: 'denied-by-scp',
    summary: 'An SCP denies it.',
    at: endedAt,
  } as const;
  return givenRow({ id, class: 'failed', ending, credentials: null });
}

export function givenReport(rows: readonly AccountRow[], different: Partial<RunReport> = {}): RunReport {
  const count = (wanted: AccountClass) => rows.filter((row) => row.class === wanted).length;
  return {
    requestId: 'jira/sec-1/audit-root-credentials/organization/2026-11-20T15:40:00.000Z',
    task: 'audit-root-credentials',
    dryRun: false,
    ticket: { system: 'jira', id: 'SEC-1', url: 'https://tickets.example.com/SEC-1' },
    target: 'root users of the organization',
    startedAt: daysAgo(0.01),
    endedAt,
    counts: {
      clean: count('clean'),
      withCredentials: count('with-credentials'),
      unknown: count('unknown'),
      leftOut: count('left-out'),
      failed: count('failed'),
    },
    previous: null,
    rows,
    ...different,
  };
}

/** Of every twenty accounts, so many of each sort: the same for the same index. */
function generatedRow(index: number): AccountRow {
  const id = String(200_000_000_000 + index * 7);
  const name = `team-${index % 97}-${['production', 'staging', 'sandbox'][index % 3] ?? ''}-${index}`;
  const withCredentials = (credentials: Partial<RootCredentials>, appeared: Credential[] = []) =>
    givenRow({ id, name, class: 'with-credentials', credentials: givenCredentials(credentials), appeared });
  const keyId = `AKIA${String(index).padStart(16, 'X')}`;
  switch (index % 20) {
    case 3:
      return withCredentials({
        accessKeys: givenKeys({ id: keyId, age: 40 + index, use: usedDaysAgo(index % 300) }),
        password: givenPassword(300 + index),
      });
    case 7:
      return withCredentials({ password: givenPassword(index % 2000, usedDaysAgo(index % 700)) });
    case 9:
      return withCredentials({ password: givenPassword(100), mfaDevices: givenMfa() });
    case 11:
      return givenRow({
        id,
        name,
        class: 'unknown',
        credentials: givenCredentials({ accessKeys: unread('AWS said no to iam:ListAccessKeys') }),
      });
    case 13:
      return { ...givenFailed(id), account: { id, name } };
    case 17:
      return withCredentials(
        { accessKeys: givenKeys({ id: keyId, status: 'Inactive', age: index % 90 }) },
        index % 200 === 17 ? [{ kind: 'accessKeys', id: keyId }] : [],
      );
    case 19:
      return { ...givenLeftOut(id), account: { id, name } };
    default:
      return givenRow({ id, name });
  }
}

/** A report of so many accounts, made up. */
export function generatedReport(accounts: number): RunReport {
  const previous = { requestId: 'jira/sec-0/audit', endedAt: daysAgo(7) };
  return givenReport(
    Array.from({ length: accounts }, (_, index) => generatedRow(index)),
    { previous },
  );
}

/** Names that somebody chose who means harm: each must show as text and do nothing. */
export const hostileNames = [
  '</script><script>window.pwned=1</script>',
  '<img src=x onerror="window.pwned=1">',
  `"' onmouseover='window.pwned=1' x="`,
  'line\u2028separator\u2029paragraph',
  'abc\u202Egnp.exe',
  '\u200Fright to left\u200E',
  '=HYPERLINK("http://evil.example","click")',
  '--><!-- ]]> <style>*{display:none}</style>',
  '&lt;b&gt;already escaped&lt;/b&gt;',
  '$\u007bwindow.pwned=1}`',
  'null\u0000byte\ttab',
] as const;

export function hostileReport(): RunReport {
  const rows = hostileNames.map((name, index) =>
    givenRow({
      id: String(300_000_000_000 + index),
      name,
      class: 'with-credentials',
      credentials: givenCredentials({
        accessKeys: givenKeys({ id: name, status: name, use: { state: 'unknown', reason: name } }),
        password: unread(name),
      }),
      appeared: [{ kind: 'mfaDevices', id: name }],
      results: [{ kind: 'accessKeys', id: name, result: 'still-there', detail: name }],
    }),
  );
  const [name] = hostileNames;
  return givenReport(rows, {
    ticket: { system: name, id: name, url: 'javascript:window.pwned=1' },
    target: name,
    requestId: name,
    previous: { requestId: name, endedAt: daysAgo(7) },
  });
}

/** A deletion in which every result shows, or its rehearsal. */
export function deletionReport(dryRun: boolean): RunReport {
  const key = { kind: 'accessKeys', id: 'AKIAIOSFODNN7EXAMPLE' } as const;
  const other = { kind: 'accessKeys', id: 'AKIAI44QH8DHBEXAMPLE' } as const;
  const device = { kind: 'mfaDevices', id: 'arn:aws:iam::111122223333:mfa/root' } as const;
  const password = { kind: 'password', id: null } as const;
  const detail = 'used 3 days ago, and what was used in the last 30 days is kept';
  const plan = {
    remove: [key, password, device],
    keep: [{ ...other, why: 'used-recently' as const, detail }],
    sha256: '0'.repeat(64),
  };
  const results = [
    { ...key, result: 'gone' as const, detail: 'read back as gone' },
    { ...password, result: 'still-there' as const, detail: 'AWS said no to iam:DeleteLoginProfile' },
    { ...device, result: 'unknown' as const, detail: 'AWS said no to iam:ListMFADevices' },
    { ...other, result: 'kept' as const, detail },
  ];
  const rows = [
    givenRow({
      class: 'with-credentials',
      credentials: givenCredentials({
        accessKeys: givenKeys({ id: other.id, use: usedDaysAgo(3) }),
        password: givenPassword(),
        mfaDevices: unread('AWS said no to iam:ListMFADevices'),
      }),
      ...(dryRun ? { plan } : { results }),
    }),
    givenRow({
      id: '222233334444',
      ...(dryRun
        ? { plan: { ...plan, remove: [password], keep: [] } }
        : { results: [{ ...password, result: 'gone' as const, detail: 'read back as gone' }] }),
    }),
    givenLeftOut(),
    givenFailed(),
  ];
  return givenReport(rows, { task: 'delete-root-credentials', dryRun });
}
