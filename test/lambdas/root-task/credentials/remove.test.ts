import type { Credential } from '../../../../contract/root-credentials.ts';
import { removeCredentials } from '../../../../lambdas/root-task/credentials/remove.ts';
import { all, certificate, device, key, password } from '../../given/credentials.ts';
import { GivenLane } from '../../given/lane.ts';
import { GivenRootUser, madeLongAgo, virtualDevice } from '../../given/root-user.ts';
import { awsError } from '../../given/sent.ts';

afterEach(() => jest.restoreAllMocks());

function givenScene() {
  const given = new GivenLane();
  const iam = new GivenRootUser(given.happened).hasEverything();
  const remove = async (credentials: readonly Credential[] = all) =>
    (await removeCredentials(iam.user, credentials, given.lane)).map(
      ({ credential, text }) => [credential.kind, text] as const,
    );
  return { given, iam, remove };
}

const wholeOrder = [
  'DeleteAccessKey AKIA1',
  'DeleteSigningCertificate CERT1',
  'DeleteLoginProfile',
  `DeactivateMFADevice ${virtualDevice}`,
  `DeleteVirtualMFADevice ${virtualDevice}`,
];

describe('removing credentials', () => {
  it('is one call for each, in the order in which they are given', async () => {
    const { given, iam, remove } = givenScene();
    expect(await remove()).toEqual([['mfaDevices', 'deactivated, and the virtual device deleted']]);
    expect(given.happened).toEqual(wholeOrder);
    expect(iam.left).toEqual(['GAHT12345678']);
    expect(iam.virtualDevicesLeft).toEqual([]);
  });

  it('touches nothing that was not named', async () => {
    const { given, iam, remove } = givenScene();
    iam.keys = [...iam.keys, { id: 'AKIA2' }];
    await remove([key]);
    expect(given.happened).toEqual(['DeleteAccessKey AKIA1']);
  });

  it.each([
    ['DeleteAccessKey', 'accessKeys'],
    ['DeleteSigningCertificate', 'signingCertificates'],
    ['DeactivateMFADevice', 'mfaDevices'],
  ])('goes on after %s is denied, and remarks it', async (call, kind) => {
    const { given, iam, remove } = givenScene();
    iam.deny(call);
    expect(await remove()).toContainEqual([kind, `iam:${call}: no iam:${call} for you`]);
    expect(given.happened).toEqual(
      wholeOrder.filter(
        (what) => !what.startsWith(call) && !(kind === 'mfaDevices' && what.includes('Virtual')),
      ),
    );
  });

  it('is broken off by whatever is no denial: the next attempt goes on', async () => {
    const { given, iam, remove } = givenScene();
    iam.fails.set('DeleteSigningCertificate', awsError('ThrottlingException'));
    await expect(remove()).rejects.toThrow('ThrottlingException');
    expect(given.happened).toEqual(['DeleteAccessKey AKIA1']);
  });
});

describe('MFA devices', () => {
  it('are not touched while the password is there, because its deletion was denied', async () => {
    const { given, iam, remove } = givenScene();
    iam.deny('DeleteLoginProfile');
    expect(await remove()).toEqual([
      ['password', 'iam:DeleteLoginProfile: no iam:DeleteLoginProfile for you'],
      ['mfaDevices', 'left in place, because the password is still there'],
    ]);
    expect(iam.deviceIds).toContain(virtualDevice);
    expect(given.happened.filter((what) => what.startsWith('wait'))).toEqual([
      'wait 1000',
      'wait 2000',
      'wait 4000',
    ]);
  });

  it('are not touched while the password cannot be read', async () => {
    const { iam, remove } = givenScene();
    iam.deny('GetLoginProfile');
    expect(await remove()).toEqual([
      ['mfaDevices', expect.stringContaining('could not be read: iam:GetLoginProfile: no iam:')],
    ]);
    expect(iam.deviceIds).toContain(virtualDevice);
  });

  it('are not touched where the password shows again', async () => {
    const { given, iam, remove } = givenScene();
    given.meanwhile = () => {
      iam.password = madeLongAgo;
    };
    iam.showsLate = 1;
    expect(await remove()).toEqual([['mfaDevices', 'left in place, because the password is still there']]);
    expect(iam.deviceIds).toContain(virtualDevice);
  });

  it('are not touched where there was no password to delete, and one has been made since', async () => {
    const { iam, remove } = givenScene();
    expect(await remove([device])).toEqual([
      ['mfaDevices', 'left in place, because the password is still there'],
    ]);
    expect(iam.deviceIds).toContain(virtualDevice);
  });

  it('wait for a deletion of the password that shows late', async () => {
    const { given, iam, remove } = givenScene();
    iam.showsLate = 2;
    await remove();
    expect(given.happened).toEqual([
      ...wholeOrder.slice(0, 3),
      'wait 1000',
      'wait 2000',
      ...wholeOrder.slice(3),
    ]);
  });

  it('are deactivated without more, where they are no virtual ones', async () => {
    const { given, remove } = givenScene();
    const hardware: Credential = { kind: 'mfaDevices', id: 'GAHT12345678' };
    expect(await remove([password, hardware])).toEqual([]);
    expect(given.happened).toEqual(['DeleteLoginProfile', 'DeactivateMFADevice GAHT12345678']);
  });

  it.each(['AccessDenied', 'DeleteConflictException'])(
    'are deactivated, and it is told where the virtual one stays behind (%s)',
    async (name) => {
      const { iam, remove } = givenScene();
      iam.fails.set('DeleteVirtualMFADevice', awsError(name, 'not under this task'));
      expect(await remove()).toEqual([
        [
          'mfaDevices',
          expect.stringMatching(/^deactivated; the virtual device itself stays.*not under this/),
        ],
      ]);
      expect(iam.deviceIds).not.toContain(virtualDevice);
      expect(iam.virtualDevicesLeft).toEqual([virtualDevice]);
    },
  );
});

it('a credential without an id is never guessed at', async () => {
  const { given, remove } = givenScene();
  await expect(remove([certificate, { ...key, id: null }])).rejects.toThrow('without an id');
  expect(given.happened).toEqual(['DeleteSigningCertificate CERT1']);
});
