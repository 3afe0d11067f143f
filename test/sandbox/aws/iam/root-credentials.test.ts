import {
  CreateLoginProfileCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteSigningCertificateCommand,
  DeleteVirtualMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import { member } from '../fixture.ts';
import { everything, givenMember, type MemberWorld, rootArn, virtualDevice } from './given-root-user.ts';

let here: MemberWorld;
afterEach(() => here.world.aws.close());

describe('of a root user that has everything', () => {
  beforeEach(async () => {
    here = await givenMember(everything());
  });

  it('GetUser tells the last use of the password, and neither name nor path', async () => {
    const { User } = await (await here.under('Audit')).send(new GetUserCommand({}));
    expect(User).toEqual({
      UserId: member,
      Arn: rootArn,
      CreateDate: new Date('2020-01-01T00:00:00Z'),
      PasswordLastUsed: new Date('2026-10-01T08:00:00Z'),
    });
  });

  it('GetLoginProfile tells when it was created', async () => {
    const { LoginProfile } = await (await here.under('Audit')).send(new GetLoginProfileCommand({}));
    expect(LoginProfile).toEqual({
      CreateDate: new Date('2021-03-01T08:00:00Z'),
      PasswordResetRequired: false,
    });
  });

  it('ListAccessKeys and GetAccessKeyLastUsed tell of used and unused keys', async () => {
    const iam = await here.under('Audit');
    const { AccessKeyMetadata, IsTruncated } = await iam.send(new ListAccessKeysCommand({}));
    expect(IsTruncated).toBe(false);
    expect(AccessKeyMetadata).toEqual([
      { AccessKeyId: 'AKIAUSED000000000000', Status: 'Active', CreateDate: new Date('2021-03-02T08:00:00Z') },
      {
        AccessKeyId: 'AKIAUNUSED0000000000',
        Status: 'Inactive',
        CreateDate: new Date('2021-03-03T08:00:00Z'),
      },
    ]);
    const lastUse = async (AccessKeyId: string) =>
      (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed;
    expect(await lastUse('AKIAUSED000000000000')).toEqual({
      LastUsedDate: new Date('2026-11-01T09:30:00Z'),
      ServiceName: 's3',
      Region: 'eu-north-1',
    });
    expect(await lastUse('AKIAUNUSED0000000000')).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
  });

  it('ListMFADevices and ListSigningCertificates list them', async () => {
    const iam = await here.under('Audit');
    expect((await iam.send(new ListMFADevicesCommand({}))).MFADevices).toEqual([
      { SerialNumber: virtualDevice, EnableDate: new Date('2021-03-04T08:00:00Z') },
    ]);
    expect((await iam.send(new ListSigningCertificatesCommand({}))).Certificates).toMatchObject([
      {
        CertificateId: 'CERT0000000000000000',
        Status: 'Active',
        UploadDate: new Date('2021-03-05T08:00:00Z'),
      },
    ]);
  });

  it('GetAccountSummary counts them among its 34 keys', async () => {
    const { SummaryMap } = await (await here.under('Audit')).send(new GetAccountSummaryCommand({}));
    expect(Object.keys(SummaryMap ?? {})).toHaveLength(34);
    expect(SummaryMap).toMatchObject({
      AccountAccessKeysPresent: 1,
      AccountMFAEnabled: 1,
      AccountPasswordPresent: 1,
      AccountSigningCertificatesPresent: 1,
      MFADevices: 1,
      MFADevicesInUse: 1,
      UsersQuota: 5000,
    });
  });

  it('each can be deleted; the virtual MFA device stays in the account, used by nobody', async () => {
    const iam = await here.under('Delete');
    await iam.send(new DeleteAccessKeyCommand({ AccessKeyId: 'AKIAUSED000000000000' }));
    expect(here.account.rootUser?.accessKeys.map(({ id }) => id)).toEqual(['AKIAUNUSED0000000000']);
    await iam.send(new DeleteAccessKeyCommand({ AccessKeyId: 'AKIAUNUSED0000000000' }));
    await iam.send(new DeleteSigningCertificateCommand({ CertificateId: 'CERT0000000000000000' }));
    await iam.send(new DeleteLoginProfileCommand({}));
    await iam.send(new DeactivateMFADeviceCommand({ SerialNumber: virtualDevice }));
    expect(here.account.rootUser).toEqual({ accessKeys: [], mfaDevices: [], signingCertificates: [] });
    const { SummaryMap } = await (await here.under('Audit')).send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({
      AccountAccessKeysPresent: 0,
      AccountMFAEnabled: 0,
      AccountPasswordPresent: 0,
      AccountSigningCertificatesPresent: 0,
      MFADevices: 1,
      MFADevicesInUse: 0,
    });
  });

  it('a device that is no virtual one is gone once it is deactivated', async () => {
    here.account.rootUser?.mfaDevices.push({
      serialNumber: 'GAHT12345678',
      enabledAt: '2021-03-04T08:00:00Z',
    });
    await (await here.under('Delete')).send(new DeactivateMFADeviceCommand({ SerialNumber: 'GAHT12345678' }));
    const { SummaryMap } = await (await here.under('Audit')).send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({ MFADevices: 1, MFADevicesInUse: 1 });
  });

  it('CreateLoginProfile finds the password there', async () => {
    await expect((await here.under('Create')).send(new CreateLoginProfileCommand({}))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: `Login Profile for account ${member} already exists.`,
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('only who signed in as root deletes a virtual device, and only one that nobody uses', async () => {
    const remove = new DeleteVirtualMFADeviceCommand({ SerialNumber: virtualDevice });
    await expect(here.signedIn().send(remove)).rejects.toMatchObject({
      name: 'DeleteConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    await here.signedIn().send(new DeactivateMFADeviceCommand({ SerialNumber: virtualDevice }));
    await expect((await here.under('Delete')).send(remove)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${rootArn} is not authorized to perform: iam:DeleteVirtualMFADevice on resource: ${virtualDevice} with an explicit deny in an identity-based policy`,
    });
    await here.signedIn().send(remove);
    expect(here.account.unassignedMfaDevices).toEqual([]);
    await expect(here.signedIn().send(remove)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('lists come in pages', async () => {
    const many = Array.from({ length: 205 }, (_, index) => ({
      id: `AKIA${String(index).padStart(16, '0')}`,
      status: 'Active',
      createdAt: '2021-03-02T08:00:00Z',
    }));
    here.account.rootUser = { ...everything(), accessKeys: many };
    const iam = await here.under('Audit');
    const found: (string | undefined)[] = [];
    const sizes: number[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.send(new ListAccessKeysCommand({ ...(Marker !== undefined && { Marker }) }));
      found.push(...(page.AccessKeyMetadata ?? []).map(({ AccessKeyId }) => AccessKeyId));
      sizes.push(page.AccessKeyMetadata?.length ?? 0);
      expect(page.IsTruncated).toBe(page.Marker !== undefined);
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(sizes).toEqual([100, 100, 5]);
    expect(found).toEqual(many.map(({ id }) => id));
    const two = await iam.send(new ListAccessKeysCommand({ MaxItems: 2 }));
    expect(two).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    expect(two.AccessKeyMetadata).toHaveLength(2);
    for (const input of [{ MaxItems: 0 }, { Marker: 'nonsense' }]) {
      await expect(iam.send(new ListAccessKeysCommand(input))).rejects.toMatchObject({
        name: 'ValidationError',
      });
    }
  });
});

describe('of a root user that has nothing', () => {
  beforeEach(async () => {
    here = await givenMember();
  });

  it('lists are empty, and reading them makes nothing', async () => {
    const iam = await here.under('Audit');
    expect((await iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toEqual([]);
    expect((await iam.send(new ListMFADevicesCommand({}))).MFADevices).toEqual([]);
    expect((await iam.send(new ListSigningCertificatesCommand({}))).Certificates).toEqual([]);
    expect((await iam.send(new GetUserCommand({}))).User).not.toHaveProperty('PasswordLastUsed');
    expect(here.account.rootUser).toBeUndefined();
  });

  it.each([
    ['GetLoginProfile', new GetLoginProfileCommand({}), 'Login Profile for User null cannot be found.'],
    ['DeleteLoginProfile', new DeleteLoginProfileCommand({}), 'Login Profile for User null cannot be found.'],
    ['DeleteAccessKey', new DeleteAccessKeyCommand({ AccessKeyId: 'AKIAGONE000000000000' }), 'AKIAGONE'],
    ['DeactivateMFADevice', new DeactivateMFADeviceCommand({ SerialNumber: virtualDevice }), virtualDevice],
    [
      'DeleteSigningCertificate',
      new DeleteSigningCertificateCommand({ CertificateId: 'CERTGONE000000000000' }),
      'CERTGONE',
    ],
  ])('%s finds nothing', async (_, command, message) => {
    const iam = await here.under('Delete');
    await expect(iam.send(command as GetLoginProfileCommand)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('GetAccessKeyLastUsed says no more of an unknown key than of one that is not for the caller', async () => {
    const read = new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAGONE000000000000' });
    await expect((await here.under('Audit')).send(read)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${rootArn} is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key AKIAGONE000000000000`,
    });
  });

  it('CreateLoginProfile makes a profile by the sandbox clock, once', async () => {
    const iam = await here.under('Create');
    here.world.clock.advance(60_000);
    const { LoginProfile } = await iam.send(new CreateLoginProfileCommand({}));
    const seconds = (LoginProfile?.CreateDate?.getTime() ?? 0) / 1000;
    expect(seconds).toBeGreaterThan(Date.now() / 1000 + 30);
    expect(Number.isInteger(seconds)).toBe(true);
    expect((await iam.send(new GetLoginProfileCommand({}))).LoginProfile).toEqual(LoginProfile);
    await expect(iam.send(new CreateLoginProfileCommand({}))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
    await expect(
      iam.send(new CreateLoginProfileCommand({ Password: 'correct horse' })),
    ).rejects.toMatchObject({ message: 'the sandbox does not model iam:CreateLoginProfile with Password' });
  });
});
