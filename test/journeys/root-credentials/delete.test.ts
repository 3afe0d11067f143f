import { callsOf, endings, expectToldOnce } from '../given.ts';
import { denyRoot } from '../permanent-failures/organization.ts';
import {
  certificate,
  everything,
  firstKey,
  hardwareDevice,
  newKey,
  nobody,
  secondKey,
  virtualDeviceOf,
} from './root-users.ts';
import { openTheatre, type Played, type Theatre } from './theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const task = 'delete-root-credentials';
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** What became of each credential, by its name. */
function resultsOf(answer: Played): Readonly<Record<string, string>> {
  const after = answer.trail.find(({ kind }) => kind === 'ended')?.after;
  const results: { kind: string; id: string | null; result: string }[] =
    Reflect.get(Object(after), 'results') ?? [];
  return Object.fromEntries(
    results.map(({ kind, id, result }) => [kind === 'password' ? kind : `${id}`, result]),
  );
}

/** The changes of a story, in their order. */
const changesIn = ({ calls }: Played) =>
  calls.flatMap(({ operation, service }) =>
    service === 'iam' && /^(?:Delete|Deactivate)/.test(operation) ? [operation] : [],
  );
const gone = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'gone']));

it('goes from what can do most to what secures the rest, the devices after the password', async () => {
  const answer = await theatre.play(task, everything, ({ send }) => [send()]);

  const device = virtualDeviceOf(answer.ticket.accountId);
  expect(resultsOf(answer)).toEqual(
    gone(firstKey, secondKey, certificate, 'password', device, hardwareDevice),
  );
  expect(changesIn(answer)).toEqual([
    'DeleteAccessKey',
    'DeleteAccessKey',
    'DeleteSigningCertificate',
    'DeleteLoginProfile',
    'DeactivateMFADevice',
    // Whether AWS lets root delete the unused device it does not document: it is tried.
    'DeleteVirtualMFADevice',
    'DeactivateMFADevice',
  ]);
  const acting = answer.trail.find(({ kind }) => kind === 'acting');
  expect(JSON.stringify(acting?.before)).toContain(firstKey);
});

describe('what an SCP denies root is told, and stops nothing else', () => {
  /** What is left of each credential while this one call is denied. */
  const stays: readonly (readonly [action: string, left: (device: string) => object])[] = [
    ['iam:DeleteAccessKey', () => ({ [firstKey]: 'still-there', [secondKey]: 'still-there' })],
    ['iam:DeleteSigningCertificate', () => ({ [certificate]: 'still-there' })],
    [
      'iam:DeleteLoginProfile',
      (device) => ({ password: 'still-there', [device]: 'still-there', [hardwareDevice]: 'still-there' }),
    ],
    ['iam:DeactivateMFADevice', (device) => ({ [device]: 'still-there', [hardwareDevice]: 'still-there' })],
  ];

  it.each(stays)('%s', async (action, left) => {
    const answer = await theatre.play(task, everything, ({ becomes, send }) => [
      becomes({ serviceControlPolicies: [allow, denyRoot(action)] }),
      send(),
    ]);

    const device = virtualDeviceOf(answer.ticket.accountId);
    expect(resultsOf(answer)).toEqual({
      ...gone(firstKey, secondKey, certificate, 'password', device, hardwareDevice),
      ...left(device),
    });
    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'root-credentials-left' }]);
    expect(answer.notifications[0]?.message).toContain(action);
    // The second factor of a password that is there is not touched.
    if (answer.user.password !== undefined) expect(callsOf(answer, 'iam', 'DeactivateMFADevice')).toBe(0);
    expectToldOnce(answer);
  });

  it('the devices stay where nobody knows whether there is a password', async () => {
    const answer = await theatre.play(task, everything, ({ becomes, send }) => [
      becomes({ serviceControlPolicies: [allow, denyRoot('iam:GetLoginProfile')] }),
      send(),
    ]);

    expect(changesIn(answer)).toEqual(['DeleteAccessKey', 'DeleteAccessKey', 'DeleteSigningCertificate']);
    expect(answer.user).toMatchObject({
      password: {},
      mfaDevices: everything(answer.ticket.accountId).mfaDevices,
    });
    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'root-credentials-left' }]);
  });

  it('what cannot be listed is neither deleted nor said to be gone', async () => {
    const answer = await theatre.play(task, everything, ({ becomes, send }) => [
      becomes({ serviceControlPolicies: [allow, denyRoot('iam:ListAccessKeys')] }),
      send(),
    ]);

    expect(answer.user.accessKeys).toHaveLength(2);
    expect(answer.user.password).toBeUndefined();
    expect(Object.keys(resultsOf(answer))).not.toContain(firstKey);
    const [ending] = endings(answer);
    expect(ending).toMatchObject({ ending: 'failed', code: 'root-credentials-left' });
    expect(ending?.summary).toMatch(/access keys? .*iam:ListAccessKeys/);
  });
});

describe('what the approval leaves out', () => {
  it('by kind: it is kept, and the devices with the password', async () => {
    const answer = await theatre.play(task, everything, ({ send }) => [
      send({ kinds: ['accessKeys', 'mfaDevices'] }),
    ]);

    const { accessKeys: _, ...rest } = everything(answer.ticket.accountId);
    expect(answer.user).toEqual({ ...rest, accessKeys: [] });
    expect(resultsOf(answer)).toMatchObject({ password: 'kept', [hardwareDevice]: 'kept' });
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'root-credentials-deleted' }]);
  });

  it('by use: what was used lately stays', async () => {
    const answer = await theatre.play(task, everything, ({ accountId, send }) => [
      { useRootCredential: { accountId, accessKeyId: firstKey } },
      send({ keepIfUsedWithinDays: 90 }),
    ]);

    expect(answer.user.accessKeys.map(({ id }) => id)).toEqual([firstKey]);
    // AWS does not say when a certificate was used: nobody knows, so it stays.
    expect(answer.user.signingCertificates).toHaveLength(1);
    expect(answer.user).not.toHaveProperty('password');
    expect(answer.user.mfaDevices).toEqual([]);
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded' }]);
    expect(answer.notifications[0]?.message).toContain(firstKey);
  });

  it('by use that could not be read: nothing of unknown use goes', async () => {
    const answer = await theatre.play(task, everything, ({ becomes, send }) => [
      becomes({
        serviceControlPolicies: [allow, denyRoot('iam:GetAccessKeyLastUsed'), denyRoot('iam:GetUser')],
      }),
      send({ keepIfUsedWithinDays: 90 }),
    ]);

    expect(answer.user).toEqual(everything(answer.ticket.accountId));
    expect(endings(answer)).toMatchObject([{ ending: 'nothing-to-do', code: 'all-kept' }]);
    expect(changesIn(answer)).toEqual([]);
  });
});

/** The first run dies at its first change; somebody acts before its retry. */
const dies = { service: 'iam', operation: 'DeleteAccessKey', when: 'before', effect: 'crash' } as const;
const diesBeforePassword = { ...dies, operation: 'DeleteLoginProfile' } as const;

describe('what appeared between two attempts is left alone, and told', () => {
  const withoutSecondKey = (accountId: string) => {
    const { accessKeys, ...rest } = everything(accountId);
    return { ...rest, accessKeys: accessKeys.slice(0, 1) };
  };

  it('a key that somebody made', async () => {
    const answer = await theatre.play(
      task,
      withoutSecondKey,
      ({ makes, send }) => [
        send({}, { settleFor: 'PT20S' }),
        makes({ accessKey: { id: newKey } }),
        { advanceClock: 'PT5M' },
      ],
      [dies],
    );

    expect(answer.user).toMatchObject({ ...nobody, accessKeys: [{ id: newKey }] });
    expect(resultsOf(answer)).toMatchObject({ [firstKey]: 'gone', [newKey]: 'appeared' });
    expect(endings(answer)).toMatchObject([
      { ending: 'succeeded', code: 'root-credentials-deleted-newer-left' },
    ]);
    expect(answer.notifications[0]?.message).toContain(newKey);
  });

  it('a password that somebody made anew, and with it its devices', async () => {
    const answer = await theatre.play(
      task,
      everything,
      ({ makes, send }) => [
        send({}, { settleFor: 'PT20S' }),
        makes({ password: true }),
        { advanceClock: 'PT5M' },
      ],
      [diesBeforePassword],
    );

    expect(answer.user.password).toBeDefined();
    expect(answer.user.mfaDevices).toHaveLength(2);
    expect(answer.user.accessKeys).toEqual([]);
    expect(callsOf(answer, 'iam', 'DeleteLoginProfile')).toBe(0);
    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'root-credentials-left' }]);
    expectToldOnce(answer);
  });
});

it('an approval that was given before another one was carried out is out of date', async () => {
  const answer = await theatre.play(task, everything, (ticket) => [
    ticket.send({}),
    ticket.makes({ accessKey: { id: newKey } }),
    ticket.send({ ticket: { ...ticket.reference, id: `${ticket.id}B` } }),
  ]);

  expect(endings(answer)).toMatchObject([
    { code: 'root-credentials-deleted' },
    { ending: 'superseded', code: 'newer-request' },
  ]);
  expect(answer.user.accessKeys.map(({ id }) => id)).toEqual([newKey]);
});
