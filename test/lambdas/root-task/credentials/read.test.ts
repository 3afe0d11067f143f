import { credentialKinds, type RootCredentials } from '../../../../contract/root-credentials.ts';
import { readCredentials, readPassword } from '../../../../lambdas/root-task/credentials/read.ts';
import { GivenRootUser, madeLongAgo, virtualDevice } from '../../given/root-user.ts';
import { awsError } from '../../given/sent.ts';

const at = madeLongAgo.toISOString();
const usedAt = new Date('2026-11-01T00:00:00.000Z');
const unknown = (call: string) => ({ state: 'unknown', reason: `iam:${call}: no iam:${call} for you` });

/** What is read of a root user who has everything, where nothing is denied. */
const everything = {
  password: {
    state: 'present',
    createdAt: at,
    lastUsed: { state: 'present', at: usedAt.toISOString(), service: null, region: null },
  },
  accessKeys: {
    state: 'present',
    items: [
      {
        id: 'AKIA1',
        status: 'Active',
        createdAt: at,
        lastUsed: { state: 'present', at: usedAt.toISOString(), service: 's3', region: 'eu-west-1' },
      },
    ],
  },
  signingCertificates: { state: 'present', items: [{ id: 'CERT1', status: 'Inactive', createdAt: at }] },
  mfaDevices: {
    state: 'present',
    items: [
      { id: virtualDevice, createdAt: at },
      { id: 'GAHT12345678', createdAt: at },
    ],
  },
  summary: {
    state: 'present',
    accessKeysPresent: 1,
    signingCertificatesPresent: 1,
    passwordPresent: 1,
    mfaEnabled: 1,
  },
} as const satisfies RootCredentials;
const [key] = everything.accessKeys.items;

const absent = { state: 'absent' } as const;
const nothing = {
  password: absent,
  accessKeys: absent,
  signingCertificates: absent,
  mfaDevices: absent,
};

function givenUser() {
  const iam = new GivenRootUser().hasEverything();
  iam.passwordUsed = usedAt;
  iam.keys = iam.keys.map((one) => ({ ...one, usedAt }));
  return iam;
}
const read = (iam: GivenRootUser, withSummary = true) => readCredentials(iam.user, { withSummary });

afterEach(() => jest.restoreAllMocks());

/** What changes of the answer where one call is denied; everything else stays as it is. */
const denied: Readonly<Record<string, object>> = {
  GetLoginProfile: { password: unknown('GetLoginProfile') },
  GetUser: { password: { ...everything.password, lastUsed: unknown('GetUser') } },
  ListAccessKeys: { accessKeys: unknown('ListAccessKeys') },
  GetAccessKeyLastUsed: {
    accessKeys: { state: 'present', items: [{ ...key, lastUsed: unknown('GetAccessKeyLastUsed') }] },
  },
  ListSigningCertificates: { signingCertificates: unknown('ListSigningCertificates') },
  ListMFADevices: { mfaDevices: unknown('ListMFADevices') },
  GetAccountSummary: { summary: unknown('GetAccountSummary') },
};
const calls = Object.keys(denied);

describe('the credentials of a root user', () => {
  it('are read, each kind with what IAM says of it', async () => {
    expect(await read(givenUser())).toEqual(everything);
  });

  it('are absent where IAM lists none, and says so twice', async () => {
    expect(await read(new GivenRootUser())).toMatchObject(nothing);
  });

  it('are read without the summary where the task policy does not let root ask for it', async () => {
    const iam = givenUser().deny('GetAccountSummary');
    expect(await read(iam, false)).toEqual({ ...everything, summary: null });
    expect(iam.sent.map(({ command }) => command)).not.toContain('GetAccountSummaryCommand');
  });

  it('are asked for by these calls and no others', async () => {
    const iam = givenUser();
    await read(iam);
    expect(iam.sent.map(({ command }) => command.replace('Command', '')).sort()).toEqual(calls.toSorted());
  });

  it.each(calls)(
    '%s denied makes one thing unknown, with the reason, and leaves the others',
    async (call) => {
      expect(await read(givenUser().deny(call))).toEqual({ ...everything, ...denied[call] });
    },
  );

  it.each(calls.filter((call) => call !== 'GetAccessKeyLastUsed'))(
    '%s denied is never read as absent where there is nothing',
    async (call) => {
      const credentials = await read(new GivenRootUser().deny(call));
      const states = credentialKinds.map((kind) => credentials[kind].state);
      const isOfKind = !['GetUser', 'GetAccountSummary'].includes(call);
      expect(states.filter((state) => state === 'unknown')).toHaveLength(isOfKind ? 1 : 0);
      expect(states).not.toContain('present');
    },
  );

  it('are all unknown where everything is denied, none of them absent', async () => {
    const credentials = await read(givenUser().deny(...calls));
    expect(credentialKinds.map((kind) => credentials[kind].state)).toEqual(Array(4).fill('unknown'));
    expect(credentials.summary?.state).toBe('unknown');
  });

  it.each(calls)('are not answered at all where %s is throttled: that says nothing', async (call) => {
    const iam = givenUser();
    iam.fails.set(call, awsError('ThrottlingException', 'Rate exceeded'));
    await expect(read(iam)).rejects.toThrow('Rate exceeded');
  });

  it.each(['ServiceFailureException', 'TimeoutError', 'ExpiredTokenException', 'InvalidClientTokenId'])(
    'are not answered where IAM answers %s',
    async (name) => {
      const iam = givenUser();
      iam.fails.set('ListAccessKeys', awsError(name));
      await expect(read(iam)).rejects.toThrow(name);
    },
  );

  it('were never used, where IAM remembers no use', async () => {
    const iam = new GivenRootUser().hasEverything();
    const { accessKeys, password } = await read(iam);
    expect(password).toMatchObject({ state: 'present', lastUsed: absent });
    expect(accessKeys).toMatchObject({ items: [{ lastUsed: absent }] });
  });

  it('hold a key whose use is unknown, where it was deleted while it was read', async () => {
    const iam = givenUser();
    iam.fails.set('GetAccessKeyLastUsed', awsError('NoSuchEntityException'));
    expect((await read(iam)).accessKeys).toMatchObject({
      items: [{ id: 'AKIA1', lastUsed: { state: 'unknown', reason: expect.stringContaining('deleted') } }],
    });
  });

  it('hold no dates that IAM does not give', async () => {
    const iam = new GivenRootUser();
    Object.assign(iam, { password: undefined, keys: [{ id: 'A' }], certificates: [{ id: 'C' }] });
    iam.devices = [{ id: 'M' }];
    const { accessKeys, mfaDevices, password, signingCertificates } = await read(iam);
    for (const one of [{ items: [password] }, accessKeys, signingCertificates, mfaDevices])
      expect(one).toMatchObject({ items: [{ createdAt: null }] });
  });

  it.each([
    ['keys', 'access key'],
    ['certificates', 'signing certificate'],
    ['devices', 'MFA device'],
  ] as const)('are not believed where IAM lists %s without an id', async (list, what) => {
    const iam = givenUser();
    iam[list] = [{ id: '' }];
    await expect(read(iam)).rejects.toThrow(`root ${what} without its id`);
  });

  it.each(['AccountAccessKeysPresent', 'AccountSigningCertificatesPresent', 'AccountMFAEnabled'])(
    'have no summary where it does not speak of root (%s)',
    async (name) => {
      const iam = givenUser();
      iam.summary = { [name]: undefined };
      expect((await read(iam)).summary).toEqual({
        state: 'unknown',
        reason: expect.stringContaining('does not speak of the root user'),
      });
    },
  );

  it('may have a summary that does not speak of the password', async () => {
    const iam = givenUser();
    iam.summary = { AccountPasswordPresent: undefined };
    expect((await read(iam)).summary).toMatchObject({ state: 'present', passwordPresent: null });
  });

  it('keep of a long denial its beginning', async () => {
    const iam = givenUser();
    iam.fails.set('ListMFADevices', awsError('AccessDenied', 'x'.repeat(5_000)));
    const { mfaDevices } = await read(iam);
    expect(mfaDevices.state === 'unknown' && mfaDevices.reason).toHaveLength(500);
  });
});

describe('a password by itself', () => {
  it('is read without its use where the session may not ask for that', async () => {
    const iam = givenUser();
    const { user } = iam;
    expect(await readPassword({ loginProfile: () => user.loginProfile() })).toEqual({
      state: 'present',
      createdAt: at,
      lastUsed: { state: 'unknown', reason: expect.stringContaining('does not allow') },
    });
    expect(iam.sent.map(({ command }) => command)).toEqual(['GetLoginProfileCommand']);
  });
});
