import {
  type CredentialKind,
  credentialKinds,
  type RootCredentials,
} from '../../../../contract/root-credentials.ts';
import { crossChecked } from '../../../../lambdas/root-task/credentials/cross-check.ts';

const absent = { state: 'absent' } as const;
const clean = {
  password: absent,
  accessKeys: absent,
  signingCertificates: absent,
  mfaDevices: absent,
};
const none = {
  state: 'present',
  accessKeysPresent: 0,
  signingCertificatesPresent: 0,
  passwordPresent: 0,
  mfaEnabled: 0,
} as const;
const counted: Readonly<Record<CredentialKind, keyof typeof none>> = {
  accessKeys: 'accessKeysPresent',
  signingCertificates: 'signingCertificatesPresent',
  password: 'passwordPresent',
  mfaDevices: 'mfaEnabled',
};

describe('lists and summary of IAM', () => {
  it('that both say "nothing" are believed', () => {
    const credentials: RootCredentials = { ...clean, summary: none };
    expect(crossChecked(credentials)).toEqual(credentials);
  });

  it.each(credentialKinds)('that contradict each other on %s leave it unknown, and only it', (kind) => {
    const summary = { ...none, [counted[kind]]: 1 };
    expect(crossChecked({ ...clean, summary })).toEqual({
      ...clean,
      summary,
      [kind]: { state: 'unknown', reason: expect.stringContaining('contradicts itself') },
    });
  });

  it('are not held against each other where the summary counts less: what is listed is there', () => {
    const credentials: RootCredentials = {
      ...clean,
      password: { state: 'present', createdAt: null, lastUsed: absent },
      mfaDevices: { state: 'present', items: [{ id: 'M', createdAt: null }] },
      summary: none,
    };
    expect(crossChecked(credentials)).toEqual(credentials);
  });

  it('leave what could not be read with its own reason', () => {
    const accessKeys = { state: 'unknown', reason: 'denied' } as const;
    const credentials: RootCredentials = { ...clean, accessKeys, summary: { ...none, accessKeysPresent: 2 } };
    expect(crossChecked(credentials)).toEqual(credentials);
  });

  it.each([
    ['was not read', null],
    ['could not be read', { state: 'unknown', reason: 'denied' } as const],
    ['does not speak of the password', { ...none, passwordPresent: null }],
  ])('say nothing against a list where the summary %s', (_, summary) => {
    expect(crossChecked({ ...clean, summary })).toEqual({ ...clean, summary });
  });
});
