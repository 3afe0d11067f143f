import {
  type Credential,
  type CredentialClass,
  classOf,
  credentialKinds,
  credentialsIn,
  describeCredential,
  type RootCredentials,
  rootCredentials,
  sameCredential,
  unknownIn,
  wordForKind,
} from '../../contract/root-credentials.ts';

const at = '2020-03-04T05:06:07.000Z';
const absent = { state: 'absent' } as const;
const unknown = { state: 'unknown', reason: 'denied' } as const;
const none: RootCredentials = {
  password: absent,
  accessKeys: absent,
  signingCertificates: absent,
  mfaDevices: absent,
  summary: null,
};
const one: RootCredentials = {
  password: { state: 'present', createdAt: at, lastUsed: absent },
  accessKeys: {
    state: 'present',
    items: [
      { id: 'AKIA1', status: 'Active', createdAt: at, lastUsed: unknown },
      { id: 'AKIA2', status: 'Inactive', createdAt: null, lastUsed: absent },
    ],
  },
  signingCertificates: { state: 'present', items: [{ id: 'CERT1', status: 'Active', createdAt: at }] },
  mfaDevices: { state: 'present', items: [{ id: 'GAHT1', createdAt: at }] },
  summary: unknown,
};

describe('what an account comes to', () => {
  it.each<[string, Partial<RootCredentials>, CredentialClass]>([
    ['nothing is there', {}, 'clean'],
    ['one kind is there', { mfaDevices: one.mfaDevices }, 'with-credentials'],
    ['one kind could not be read', { accessKeys: unknown }, 'unknown'],
    ['one is there, and another could not be read', { ...one, accessKeys: unknown }, 'with-credentials'],
    [
      'nothing could be read',
      { password: unknown, accessKeys: unknown, signingCertificates: unknown, mfaDevices: unknown },
      'unknown',
    ],
    ['only the summary could not be read', { summary: unknown }, 'clean'],
  ])('where %s', (_, credentials, expected) => {
    expect(classOf({ ...none, ...credentials })).toBe(expected);
  });

  it.each(credentialKinds)('is never clean where %s could not be read', (kind) => {
    expect(classOf({ ...none, [kind]: unknown })).toBe('unknown');
  });
});

describe('the credentials of a root user', () => {
  it('are listed in the order of deletion: MFA last', () => {
    expect(credentialKinds).toEqual(['accessKeys', 'signingCertificates', 'password', 'mfaDevices']);
    expect(credentialsIn(one)).toEqual([
      { kind: 'accessKeys', id: 'AKIA1' },
      { kind: 'accessKeys', id: 'AKIA2' },
      { kind: 'signingCertificates', id: 'CERT1' },
      { kind: 'password', id: at },
      { kind: 'mfaDevices', id: 'GAHT1', madeAt: at },
    ]);
  });

  it('are none where none was read as present: unknown is neither', () => {
    expect(credentialsIn(none)).toEqual([]);
    expect(credentialsIn({ ...none, accessKeys: unknown, password: unknown })).toEqual([]);
  });

  it('are unknown with their reasons', () => {
    expect(unknownIn({ ...one, password: unknown, mfaDevices: { ...unknown, reason: 'no' } })).toEqual([
      { kind: 'password', reason: 'denied' },
      { kind: 'mfaDevices', reason: 'no' },
    ]);
    expect(unknownIn(one)).toEqual([]);
  });

  it('are the same by kind and id; passwords by their date', () => {
    const password: Credential = { kind: 'password', id: at };
    expect(sameCredential(password, { ...password })).toBe(true);
    expect(sameCredential(password, { ...password, id: '2026-01-01T00:00:00.000Z' })).toBe(false);
    expect(sameCredential(password, { ...password, id: null })).toBe(false);
    expect(sameCredential({ kind: 'accessKeys', id: 'X' }, { kind: 'mfaDevices', id: 'X' })).toBe(false);
    const device = { kind: 'mfaDevices', id: 'X', madeAt: at } as const;
    expect(sameCredential(device, { ...device })).toBe(true);
    // Root's own device has the same serial number each time it is registered anew.
    expect(sameCredential(device, { ...device, madeAt: '2026-11-20T10:00:00.000Z' })).toBe(false);
  });

  it('have words', () => {
    expect(credentialsIn(one).map(describeCredential)).toEqual([
      'access key AKIA1',
      'access key AKIA2',
      'signing certificate CERT1',
      'the password',
      'MFA device GAHT1',
    ]);
    expect(wordForKind('mfaDevices', 2)).toBe('MFA devices');
  });
});

describe('the record of a reading', () => {
  it('is taken as it is', () => {
    expect(rootCredentials.parse(one)).toEqual(one);
    expect(rootCredentials.parse(none)).toEqual(none);
  });

  it.each<[string, object]>([
    ['an unknown without a reason', { ...none, password: { state: 'unknown' } }],
    ['an unknown with an empty reason', { ...none, password: { state: 'unknown', reason: '' } }],
    ['an empty list that is called present', { ...none, accessKeys: { state: 'present', items: [] } }],
    ['a kind that is left out', { ...none, mfaDevices: undefined }],
    ['a fourth value', { ...none, password: { state: 'perhaps' } }],
    ['an absent that has items', { ...none, accessKeys: { state: 'absent', items: [] } }],
    ['a kind that nobody knows', { ...none, sshKeys: absent }],
  ])('is not taken with %s', (_, credentials) => {
    expect(rootCredentials.safeParse(credentials).success).toBe(false);
  });
});
