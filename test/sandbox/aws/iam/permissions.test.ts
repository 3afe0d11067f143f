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
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import type { PolicyDocument } from '../../../../sandbox/parts.ts';
import * as f from '../fixture.ts';
import {
  everything,
  givenMember,
  type MemberWorld,
  rootArn,
  type Task,
  virtualDevice,
} from './given-root-user.ts';

let here: MemberWorld;
afterEach(() => here.world.aws.close());

const AccessKeyId = 'AKIAUSED000000000000';
const UserName = 'bob';

/** The operations that act on a user, by the command that names one or names none. */
const onUser = {
  CreateLoginProfile: (named: object) => new CreateLoginProfileCommand({ ...named }),
  DeactivateMFADevice: (named: object) =>
    new DeactivateMFADeviceCommand({ SerialNumber: virtualDevice, ...named }),
  DeleteAccessKey: (named: object) => new DeleteAccessKeyCommand({ AccessKeyId, ...named }),
  DeleteLoginProfile: (named: object) => new DeleteLoginProfileCommand({ ...named }),
  DeleteSigningCertificate: (named: object) =>
    new DeleteSigningCertificateCommand({ CertificateId: 'CERT0000000000000000', ...named }),
  GetAccessKeyLastUsed: (named: object) => new GetAccessKeyLastUsedCommand({ AccessKeyId, ...named }),
  GetLoginProfile: (named: object) => new GetLoginProfileCommand({ ...named }),
  GetUser: (named: object) => new GetUserCommand({ ...named }),
  ListAccessKeys: (named: object) => new ListAccessKeysCommand({ ...named }),
  ListMFADevices: (named: object) => new ListMFADevicesCommand({ ...named }),
  ListSigningCertificates: (named: object) => new ListSigningCertificatesCommand({ ...named }),
} as const;
type Name = keyof typeof onUser;
const names = Object.keys(onUser) as Name[];

const reads: readonly Name[] = [
  'GetUser',
  'GetLoginProfile',
  'ListAccessKeys',
  'GetAccessKeyLastUsed',
  'ListMFADevices',
  'ListSigningCertificates',
];
const allowed: Readonly<Record<Task, readonly Name[]>> = {
  Audit: reads,
  Create: ['CreateLoginProfile', 'GetLoginProfile'],
  Delete: [
    ...reads,
    'DeleteAccessKey',
    'DeleteSigningCertificate',
    'DeleteLoginProfile',
    'DeactivateMFADevice',
  ],
};

const send = (iam: IAMClient, name: Name, named: object = {}) =>
  iam.send(onUser[name](named) as GetUserCommand);
const refusal = (name: string, tail: string) => ({
  name: 'AccessDenied',
  message: `User: ${rootArn} is not authorized to perform: iam:${name} on resource: ${rootArn} ${tail}`,
  $metadata: expect.objectContaining({ httpStatusCode: 403 }),
});

describe.each(['Audit', 'Create', 'Delete'] as const)('a root session for the task %s', (task) => {
  it.each(names)('%s', async (name) => {
    here = await givenMember(everything());
    const call = send(await here.under(task), name);
    if (allowed[task].includes(name)) {
      // A password that is there already is an answer, too.
      await (name === 'CreateLoginProfile'
        ? expect(call).rejects.toThrow('exists')
        : expect(call).resolves.toBeDefined());
    } else {
      await expect(call).rejects.toMatchObject(
        refusal(name, 'with an explicit deny in an identity-based policy'),
      );
    }
  });

  it('GetAccountSummary is for the audit alone', async () => {
    here = await givenMember(everything());
    const call = (await here.under(task)).send(new GetAccountSummaryCommand({}));
    await (task === 'Audit'
      ? expect(call).resolves.toBeDefined()
      : expect(call).rejects.toMatchObject({
          name: 'AccessDenied',
          message: `User: ${rootArn} is not authorized to perform: iam:GetAccountSummary on resource: * with an explicit deny in an identity-based policy`,
        }));
  });
});

it.each(names.filter((name) => name !== 'GetAccessKeyLastUsed'))(
  '%s with a UserName is denied',
  async (name) => {
    here = await givenMember(everything());
    const task =
      (['Audit', 'Create', 'Delete'] as const).find((one) => allowed[one].includes(name)) ?? 'Audit';
    await expect(send(await here.under(task), name, { UserName })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${rootArn} is not authorized to perform: iam:${name} on resource: user bob with an explicit deny in an identity-based policy`,
    });
    expect(here.account.rootUser).toEqual(everything());
  },
);

describe('service control policies', () => {
  const noRoot = f.policy({
    ...f.deny('*', '*'),
    Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
  });
  const noDeleting = f.policy(f.deny(['iam:Delete*', 'iam:Deactivate*'], rootArn));
  const longTermRoot = f.policy({
    ...f.deny('*', '*'),
    Condition: {
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' },
      Null: { 'aws:AssumedRoot': 'true' },
    },
  });
  const denied = 'with an explicit deny in a service control policy';

  it.each(names)('that deny root everything deny %s', async (name) => {
    here = await givenMember(everything(), [noRoot]);
    await expect(send(await here.under('Delete'), name)).rejects.toMatchObject(refusal(name, denied));
  });

  it('that deny root deny GetAccountSummary, too', async () => {
    here = await givenMember(everything(), [noRoot]);
    await expect((await here.under('Audit')).send(new GetAccountSummaryCommand({}))).rejects.toThrow(
      `on resource: * ${denied}`,
    );
  });

  it('may name the root user as the resource', async () => {
    here = await givenMember(everything(), [noDeleting]);
    const iam = await here.under('Delete');
    await expect(send(iam, 'DeleteAccessKey')).rejects.toMatchObject(refusal('DeleteAccessKey', denied));
    await expect(send(iam, 'ListAccessKeys')).resolves.toBeDefined();
    expect(here.account.rootUser).toEqual(everything());
  });

  it('may let AssumeRoot through and stop who signed in', async () => {
    here = await givenMember(everything(), [longTermRoot]);
    await expect(send(await here.under('Audit'), 'GetUser')).resolves.toBeDefined();
    await expect(send(here.signedIn(), 'GetUser')).rejects.toMatchObject(refusal('GetUser', denied));
  });

  it('that allow something else only allow nothing here', async () => {
    here = await givenMember(everything(), [f.policy(f.allow('s3:*', '*'))]);
    await expect(send(await here.under('Audit'), 'GetUser')).rejects.toMatchObject(
      refusal('GetUser', 'because no service control policy allows the iam:GetUser action'),
    );
  });

  it('that are none are a defect of the story, not an allow', async () => {
    here = await givenMember(everything(), [{ Statement: 'nothing' } as PolicyDocument]);
    const complaint = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(send(await here.under('Audit'), 'GetUser')).rejects.toMatchObject({
      name: 'InternalFailure',
    });
    expect(complaint).toHaveBeenCalled();
    complaint.mockRestore();
  });
});

it('who is no root user has to name a user, and the sandbox has none', async () => {
  here = await givenMember();
  const iam = new IAMClient(here.world.as(f.memberAdmin));
  await expect(iam.send(new GetUserCommand({}))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  });
  await expect(iam.send(new GetUserCommand({ UserName }))).rejects.toThrow(
    'does not model iam:GetUser with UserName',
  );
  await expect(here.signedIn().send(new GetUserCommand({ UserName }))).rejects.toThrow('does not model');
  await expect(iam.send(new GetAccountSummaryCommand({}))).resolves.toBeDefined();
});

it('what is to be deleted has to be said', async () => {
  here = await givenMember(everything());
  const needed = (member: string) => ({
    name: 'ValidationError',
    message: `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  });
  const iam = here.signedIn();
  await expect(iam.send(new DeleteAccessKeyCommand({ AccessKeyId: '' }))).rejects.toMatchObject(
    needed('accessKeyId'),
  );
  await expect(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: '' }))).rejects.toMatchObject(
    needed('serialNumber'),
  );
});

it('throttles and fails as IAM does', async () => {
  here = await givenMember();
  here.world.aws.setFaults([
    { service: 'iam', operation: 'GetUser', when: 'before', effect: 'throttle' },
    { service: 'iam', operation: 'ListAccessKeys', when: 'before', effect: 'serverError' },
  ]);
  const iam = await here.under('Audit');
  await expect(send(iam, 'GetUser')).rejects.toMatchObject({
    name: 'Throttling',
    message: 'Rate exceeded',
    $metadata: { httpStatusCode: 400 },
  });
  await expect(send(iam, 'ListAccessKeys')).rejects.toMatchObject({ name: 'ServiceFailureException' });
  await expect(send(iam, 'GetUser')).resolves.toBeDefined();
});
