import type { LastUse, RootCredentials } from '../../../../contract/root-credentials.ts';
import { accountViews } from '../../../../lambdas/organization-run/report/account-view.ts';
import { attentionLevels, byAttention } from '../../../../lambdas/organization-run/report/attention.ts';
import type { AccountRow } from '../../../../lambdas/organization-run/report/run-report.ts';
import {
  absent,
  givenCertificate,
  givenCredentials,
  givenFailed,
  givenKeys,
  givenLeftOut,
  givenMfa,
  givenPassword,
  givenReport,
  givenRow,
  neverUsed,
  unknownUse,
  unread,
  usedDaysAgo,
} from './given.ts';

const level = (row: AccountRow) => accountViews(givenReport([row]))[0]?.level;
const having = (credentials: Partial<RootCredentials>) =>
  givenRow({ class: 'with-credentials', credentials: givenCredentials(credentials) });

describe('the level of an account', () => {
  it.each<[string, string, LastUse, string]>([
    ['used yesterday', 'Active', usedDaysAgo(1), 'active-access-key-in-use'],
    ['used 90 days ago', 'Active', usedDaysAgo(90), 'active-access-key-in-use'],
    ['used 91 days ago', 'Active', usedDaysAgo(91), 'access-keys'],
    ['never used', 'Active', neverUsed, 'access-keys'],
    ['whose use nobody knows', 'Active', unknownUse, 'active-access-key-in-use'],
    ['of a status nobody knows', 'Sleeping', usedDaysAgo(1), 'active-access-key-in-use'],
    ['switched off', 'Inactive', usedDaysAgo(1), 'access-keys'],
    ['expired', 'Expired', unknownUse, 'access-keys'],
  ])('with a key %s', (_, status, use, expected) => {
    expect(level(having({ accessKeys: givenKeys({ status, use }) }))).toBe(expected);
  });

  it.each<[string, Partial<RootCredentials>, string]>([
    ['a password and no MFA', { password: givenPassword() }, 'password-without-mfa'],
    [
      'a password and MFA unread',
      { password: givenPassword(), mfaDevices: unread('x') },
      'password-without-mfa',
    ],
    ['a password and MFA', { password: givenPassword(), mfaDevices: givenMfa() }, 'password-with-mfa'],
    [
      'a password, MFA and a certificate',
      { password: givenPassword(), mfaDevices: givenMfa(), signingCertificates: givenCertificate() },
      'signing-certificates',
    ],
    ['MFA alone', { mfaDevices: givenMfa() }, 'only-mfa'],
    ['MFA and a password unread', { mfaDevices: givenMfa(), password: unread('x') }, 'unknown'],
    ['MFA and keys unread', { mfaDevices: givenMfa(), accessKeys: unread('x') }, 'unknown'],
  ])('with %s', (_, credentials, expected) => {
    expect(level(having(credentials))).toBe(expected);
  });

  it('is that of its class where nothing was found', () => {
    const unknown = givenRow({
      class: 'unknown',
      credentials: givenCredentials({ accessKeys: unread('denied') }),
    });
    expect([unknown, givenFailed(), givenLeftOut(), givenRow()].map(level)).toEqual([
      'unknown',
      'failed',
      'left-out',
      'clean',
    ]);
  });

  it('is that of what was found where the visit failed', () => {
    const failed = { ...givenFailed(), credentials: givenCredentials({ accessKeys: givenKeys({}) }) };
    expect(level(failed)).toBe('access-keys');
  });
});

describe('the order of attention', () => {
  it('goes by level, and by account id within one', () => {
    const rows = [
      givenRow({ id: '900000000000' }),
      givenLeftOut('800000000000'),
      {
        ...having({ password: givenPassword(), accessKeys: absent }),
        account: { id: '700000000000', name: 'b' },
      },
      { ...having({ password: givenPassword() }), account: { id: '600000000000', name: 'a' } },
      givenFailed('500000000000'),
    ];
    const ordered = byAttention(accountViews(givenReport(rows))).map(({ row }) => row.account.id);
    expect(ordered).toEqual(['600000000000', '700000000000', '500000000000', '800000000000', '900000000000']);
  });

  it('is the one that the page explains', () => {
    expect(attentionLevels).toEqual([
      'active-access-key-in-use',
      'access-keys',
      'password-without-mfa',
      'signing-certificates',
      'password-with-mfa',
      'unknown',
      'failed',
      'only-mfa',
      'left-out',
      'clean',
    ]);
  });
});
