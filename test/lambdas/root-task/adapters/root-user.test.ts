import { rootSession } from '../../given/lane.ts';
import { GivenRootUser, madeLongAgo, virtualDevice } from '../../given/root-user.ts';
import { awsError } from '../../given/sent.ts';

afterEach(() => jest.restoreAllMocks());

const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `ID${index}` }));

describe('the root user of an account', () => {
  it('is spoken to in its session, and never by a name: with one, IAM would mean an IAM user', async () => {
    const iam = new GivenRootUser().hasEverything();
    const { user } = iam;
    await Promise.all([user.loginProfile(), user.passwordLastUsed(), user.summary()]);
    await Promise.all([user.accessKeys(), user.signingCertificates(), user.mfaDevices()]);
    await user.accessKeyLastUsed('AKIA1');
    await user.deleteAccessKey('AKIA1');
    await user.deleteSigningCertificate('CERT1');
    await user.deleteLoginProfile();
    await user.deactivateMfaDevice(virtualDevice);
    await user.deleteVirtualMfaDevice(virtualDevice);
    await user.createLoginProfile();
    expect(iam.sent).toHaveLength(13);
    for (const { input, ...by } of iam.sent) {
      expect(by).toMatchObject({
        region: 'eu-central-1',
        accessKeyId: rootSession.credentials.accessKeyId,
        attempts: 5,
      });
      expect(Object.keys(Object(input))).not.toContain('UserName');
    }
  });

  it('is made a profile without a password: whoever holds the mailbox sets one', async () => {
    const iam = new GivenRootUser();
    expect(await iam.user.createLoginProfile()).toBe('created');
    expect(iam.sent.map(({ input }) => input)).toEqual([{}]);
    expect(await iam.user.createLoginProfile()).toBe('is-there');
  });

  it.each(['accessKeys', 'signingCertificates', 'mfaDevices'] as const)(
    'has its %s listed to the last page',
    async (list) => {
      const iam = new GivenRootUser();
      iam.pageSize = 2;
      iam.keys = numbered(5);
      iam.certificates = numbered(5);
      iam.devices = numbered(5);
      expect(await iam.user[list]()).toHaveLength(5);
      expect(iam.sent).toHaveLength(3);
    },
  );

  it('has no password where IAM knows no profile, and one where it gives no date', async () => {
    const iam = new GivenRootUser();
    expect(await iam.user.loginProfile()).toBeNull();
    iam.password = madeLongAgo;
    expect(await iam.user.loginProfile()).toEqual({ createdAt: madeLongAgo });
    iam.password = undefined;
    expect(await iam.user.loginProfile()).toEqual({ createdAt: undefined });
  });

  it('has a key whose use nobody knows any more, where it was deleted meanwhile', async () => {
    expect(await new GivenRootUser().user.accessKeyLastUsed('AKIA1')).toBeNull();
  });

  it('has removed what is not there: that is what a deletion was for', async () => {
    const { user } = new GivenRootUser();
    await user.deleteLoginProfile();
    await user.deleteAccessKey('AKIA1');
    await user.deleteSigningCertificate('CERT1');
    await user.deactivateMfaDevice('GAHT');
    const iam = new GivenRootUser();
    iam.fails.set('DeleteVirtualMFADevice', awsError('NoSuchEntityException'));
    await iam.user.deleteVirtualMfaDevice(virtualDevice);
  });

  it.each(['AccessDenied', 'ThrottlingException', 'ServiceFailureException'])(
    'leaves %s to whoever asked',
    async (name) => {
      const iam = new GivenRootUser().hasEverything();
      for (const call of ['GetLoginProfile', 'ListMFADevices', 'DeleteAccessKey', 'CreateLoginProfile'])
        iam.fails.set(call, awsError(name));
      await expect(iam.user.loginProfile()).rejects.toThrow(name);
      await expect(iam.user.mfaDevices()).rejects.toThrow(name);
      await expect(iam.user.deleteAccessKey('AKIA1')).rejects.toThrow(name);
      await expect(iam.user.createLoginProfile()).rejects.toThrow(name);
    },
  );
});
