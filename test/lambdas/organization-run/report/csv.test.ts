import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { formulaSafe } from '../../../../lambdas/organization-run/report/csv/formula-safe.ts';
import { reportFiles } from '../../../../lambdas/organization-run/report/files.ts';
import type { AccountRow, RunReport } from '../../../../lambdas/organization-run/report/run-report.ts';
import {
  deletionReport,
  endedAt,
  generatedReport,
  givenCertificate,
  givenCredentials,
  givenFailed,
  givenKeys,
  givenLeftOut,
  givenMfa,
  givenPassword,
  givenReport,
  givenRow,
  hostileNames,
  hostileReport,
  neverUsed,
  unknownUse,
  unread,
  usedDaysAgo,
} from './given.ts';

function csvOf(report: RunReport): string {
  return reportFiles(report).find(({ name }) => name === 'report.csv')?.body ?? '';
}

/** Each line as a record by the names of the columns; the parser throws where a line has more or fewer. */
function records(report: RunReport): Record<string, string>[] {
  return parse(csvOf(report), { columns: true, record_delimiter: '\r\n' });
}

function record(row: AccountRow): Record<string, string> {
  return records(givenReport([row]))[0] ?? {};
}

describe('the lines', () => {
  it('begin with the columns of the script that AWS published', () => {
    expect(csvOf(givenReport([])).split('","').slice(0, 6).join(',')).toBe(
      '"AccountId,MFADevices,AccountAccessKeysPresent,AccountMFAEnabled,AccountPasswordPresent,PasswordLastUsedTime',
    );
  });

  it('have names that no spreadsheet takes for the same', () => {
    const names = Object.keys(record(givenRow())).map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('have names that are all explained', () => {
    const document = readFileSync(join(import.meta.dirname, '../../../../docs/report.md'), 'utf8');
    const names = Object.keys(record(givenRow()));
    expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
  });

  it('are one for each account, by account id, ended by CR LF', () => {
    const report = givenReport([givenRow({ id: '222222222222' }), givenRow({ id: '111111111111' })]);
    expect(records(report).map(({ AccountId }) => AccountId)).toEqual(['111111111111', '222222222222']);
    const csv = csvOf(report);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('keep quotes, commas and line breaks of a name together', () => {
    const name = 'a "quoted", name\r\nwith a break';
    expect(record(givenRow({ name })).AccountName).toBe(name);
  });
});

describe('an account', () => {
  it('with everything says it in the words of AWS and in ours', () => {
    const row = givenRow({
      class: 'with-credentials',
      credentials: givenCredentials({
        accessKeys: givenKeys(
          { id: 'AKIA1', age: 812, use: usedDaysAgo(3) },
          { id: 'AKIA2', status: 'Inactive', age: 1 },
        ),
        signingCertificates: givenCertificate('CERT1', 4000),
        password: givenPassword(400, usedDaysAgo(5)),
        mfaDevices: givenMfa('serial', 30),
      }),
    });
    expect(record(row)).toMatchObject({
      MFADevices: '1',
      AccountAccessKeysPresent: '1',
      AccountMFAEnabled: '1',
      AccountPasswordPresent: '1',
      PasswordLastUsedTime: '2026-11-16T06:04:11Z',
      AccountName: 'payments',
      Class: 'with-credentials',
      Attention: 'Active access key in use',
      Ending: 'succeeded',
      Code: 'audited-clean',
      EndedAt: endedAt,
      AccessKeysState: 'present',
      AccessKeysUnknownReason: '',
      AccessKeyIds: 'AKIA1 AKIA2',
      AccessKeyStatuses: 'Active Inactive',
      AccessKeyAgeDays: '812 1',
      AccessKeyLastUsedTimes: '2026-11-18T06:04:11Z never',
      AccessKeyLastUsedIn: 's3/eu-central-1 never',
      SigningCertificatesState: 'present',
      SigningCertificateIds: 'CERT1',
      SigningCertificateAgeDays: '4000',
      PasswordState: 'present',
      PasswordAgeDays: '400',
      RootMfaDevicesState: 'present',
      RootMfaDeviceIds: 'serial',
      RootMfaDeviceAgeDays: '30',
      RequestId: 'jira/sec-1/audit-root-credentials/111122223333/2026-11-20T15:40:00.000Z',
    });
  });

  it('with nothing says 0 and absent', () => {
    expect(record(givenRow())).toMatchObject({
      MFADevices: '0',
      AccountAccessKeysPresent: '0',
      AccountMFAEnabled: '0',
      AccountPasswordPresent: '0',
      PasswordLastUsedTime: 'None',
      AccessKeysState: 'absent',
      PasswordState: 'absent',
    });
  });

  const states = ['AccessKeysState', 'SigningCertificatesState', 'PasswordState', 'RootMfaDevicesState'];
  const ofAws = [
    'MFADevices',
    'AccountAccessKeysPresent',
    'AccountMFAEnabled',
    'AccountPasswordPresent',
    'PasswordLastUsedTime',
  ];

  it.each([
    ['could not be read', unreadRow(), 'denied'],
    ['failed', givenFailed(), 'nothing was read: An SCP denies it.'],
    ['was left out', givenLeftOut(), 'left out: The management account.'],
  ])('that %s is unknown everywhere, with the reason, never empty and never 0', (_, row, reason) => {
    const line = record(row);
    for (const name of [...ofAws, ...states]) expect([name, line[name]]).toEqual([name, 'unknown']);
    for (const name of states.map((state) => state.replace(/State$/, 'UnknownReason')))
      expect([name, line[name]]).toEqual([name, reason]);
  });

  it('whose list was denied is not absent because a summary says 0', () => {
    const summary = {
      state: 'present',
      accessKeysPresent: 0,
      signingCertificatesPresent: 0,
      passwordPresent: 0,
      mfaEnabled: 0,
    } as const;
    const credentials = givenCredentials({ accessKeys: unread('denied'), summary });
    expect(record(givenRow({ class: 'unknown', credentials })).AccountAccessKeysPresent).toBe('unknown');
    const seen = { ...credentials, summary: { ...summary, accessKeysPresent: 1 } };
    expect(record(givenRow({ class: 'unknown', credentials: seen })).AccountAccessKeysPresent).toBe('1');
  });

  it('whose last uses nobody knows says so and why', () => {
    const credentials = givenCredentials({
      accessKeys: givenKeys({ id: 'AKIA1', use: unknownUse }, { id: 'AKIA2', use: neverUsed }),
      password: givenPassword(1, unread('GetUser was denied')),
    });
    expect(record(givenRow({ class: 'with-credentials', credentials }))).toMatchObject({
      AccessKeyLastUsedTimes: 'unknown never',
      AccessKeyLastUsedUnknownReason: 'AKIA1: AWS said no to GetAccessKeyLastUsed',
      PasswordLastUsedTime: 'unknown',
      PasswordLastUsedUnknownReason: 'GetUser was denied',
    });
  });

  it('says what became of each credential, and what would', () => {
    const detail = 'used 3 days ago, and what was used in the last 30 days is kept';
    const byId = (dryRun: boolean) =>
      records(deletionReport(dryRun)).find(({ AccountId }) => AccountId === '111122223333');
    expect(byId(false)).toMatchObject({
      Gone: 'access key AKIAIOSFODNN7EXAMPLE',
      StillThere: 'the password (AWS said no to iam:DeleteLoginProfile)',
      ResultUnknown: 'MFA device arn:aws:iam::111122223333:mfa/root (AWS said no to iam:ListMFADevices)',
      Kept: `access key AKIAI44QH8DHBEXAMPLE (${detail})`,
      WouldGo: '',
    });
    expect(byId(true)).toMatchObject({
      Gone: '',
      WouldGo: 'access key AKIAIOSFODNN7EXAMPLE; the password; MFA device arn:aws:iam::111122223333:mfa/root',
      WouldStay: `access key AKIAI44QH8DHBEXAMPLE (${detail})`,
    });
  });

  it('says what appeared and what is gone since the run before', () => {
    const row = givenRow({
      appeared: [{ kind: 'password', id: null }],
      disappeared: [{ kind: 'accessKeys', id: 'AKIA1' }],
    });
    expect(record(row)).toMatchObject({
      AppearedSincePreviousRun: 'the password',
      GoneSincePreviousRun: 'access key AKIA1',
    });
  });

  function unreadRow(): AccountRow {
    const denied = unread('denied');
    return givenRow({
      class: 'unknown',
      credentials: givenCredentials({
        accessKeys: denied,
        signingCertificates: denied,
        password: denied,
        mfaDevices: denied,
      }),
    });
  }
});

describe('formulas', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1+1', "' =1+1"],
    ['\u00A0=1', "'\u00A0=1"],
    ['\t=1', "'\t'=1"],
    ['\t1', "'\t1"],
    ['\r1', "'\r1"],
    ['\n1', "'\n1"],
    ['"=1', '\'"=1'],
    ["'=1", "''=1"],
    ['\u200B=1', "'\u200B=1"],
    ['\uFEFF=1', "'\uFEFF=1"],
    ['\u202E=1', "'\u202E=1"],
    ['\u0000=1', "'\u0000=1"],
    ['\uFF1D1', "'\uFF1D1"],
    ['\uFF0B1', "'\uFF0B1"],
    ['\uFF0D1', "'\uFF0D1"],
    ['\uFF201', "'\uFF201"],
    ['\uFE661', "'\uFE661"],
    ['\u22121', "'\u22121"],
    ['a;=1', "a;'=1"],
    ['a,=1', "a,'=1"],
    ['a\n=1', "a\n'=1"],
    ['a\t+1', "a\t'+1"],
    ['a; "=1', 'a;\' "=1'],
    ['a|@b', "a|'@b"],
  ])('%j is written as %j', (text, written) => {
    expect(formulaSafe(text)).toBe(written);
  });

  it.each([
    'payments-production',
    'a=b',
    '1+1',
    'a - b',
    'someone@example.com',
    'AKIA1 AKIA2',
    '',
    '2026-11-21',
  ])('%j stays as it is', (text) => {
    expect(formulaSafe(text)).toBe(text);
  });

  it.each([
    [' =1+1', "' =1+1"],
    ['x;=1', "x;'=1"],
    ['=1', "'=1"],
    ['payments', 'payments'],
  ])('an account of the name %j is called %j', (name, written) => {
    expect(record(givenRow({ name })).AccountName).toBe(written);
  });

  it('stand in no cell, whatever hostile names are there', () => {
    for (const line of records(hostileReport()))
      for (const cell of Object.values(line))
        expect(cell).not.toMatch(/^[\s"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/);
    expect(records(hostileReport())).toHaveLength(hostileNames.length);
  });
});

it('has one line for each of ten thousand accounts, each in one class', () => {
  const report = generatedReport(10_000);
  const lines = records(report);
  const count = (wanted: string) => lines.filter(({ Class }) => Class === wanted).length;
  expect(lines).toHaveLength(10_000);
  expect({
    clean: count('clean'),
    withCredentials: count('with-credentials'),
    unknown: count('unknown'),
    leftOut: count('left-out'),
    failed: count('failed'),
  }).toEqual(report.counts);
});
