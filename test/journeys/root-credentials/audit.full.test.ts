import { credentialKinds, type RootCredentials } from '../../../contract/root-credentials.ts';
import { endings, expectToldOnce } from '../given.ts';
import { denyRoot } from '../permanent-failures/organization.ts';
import { certificate, everything, firstKey, hardwareDevice, nobody, secondKey } from './root-users.ts';
import { openTheatre, type Played, type Theatre } from './theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const task = 'audit-root-credentials';
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** What the ending of an audit says, thing by thing. */
function foundBy(answer: Played): Things {
  const after = answer.trail.find(({ kind }) => kind === 'ended')?.after;
  return thingsOf(Reflect.get(Object(after), 'credentials'));
}

type Things = Readonly<Record<string, unknown>>;

/** Everything that an audit tells has a name here, the use of each credential by itself. */
function thingsOf({ password, accessKeys, ...rest }: RootCredentials): Things {
  return {
    ...rest,
    password: password.state === 'present' ? { ...password, lastUsed: null } : password,
    passwordUse: password.state === 'present' ? password.lastUsed : null,
    accessKeys:
      accessKeys.state === 'present'
        ? accessKeys.items.map((key) => ({ ...key, lastUsed: null }))
        : accessKeys,
    keyUse: accessKeys.state === 'present' ? accessKeys.items.map(({ lastUsed }) => lastUsed) : [],
  };
}

/** Audits one root user as it is, and again while root is denied these calls. */
async function auditedWithout(user: typeof everything, actions: readonly string[]) {
  const { ticket, ...rest } = await theatre.play(task, user, ({ send }) => [send()]);
  const plain = { ...rest, ticket };
  const denied = await theatre.goOn(ticket, [
    { advanceClock: 'PT1M' },
    ticket.becomes({ serviceControlPolicies: [allow, ...actions.map(denyRoot)] }),
    ticket.send({ approvals: ticket.approvals(['lead@example.com', 'PT30S']) }),
  ]);
  expect(denied.user).toEqual(user(ticket.accountId));
  expectToldOnce(denied);
  return { plain, denied };
}

/** The one thing that a call tells; for each thing one call. */
const toldBy: readonly (readonly [action: string, thing: string])[] = [
  ['iam:GetLoginProfile', 'password'],
  ['iam:GetUser', 'passwordUse'],
  ['iam:ListAccessKeys', 'accessKeys'],
  ['iam:GetAccessKeyLastUsed', 'keyUse'],
  ['iam:ListSigningCertificates', 'signingCertificates'],
  ['iam:ListMFADevices', 'mfaDevices'],
  ['iam:GetAccountSummary', 'summary'],
];
const unknownFrom = (action: string) => ({
  state: 'unknown',
  reason: expect.stringMatching(new RegExp(`^${action}: .*service control policy`)),
});

it('tells every credential and its use as IAM has it', async () => {
  const answer = await theatre.play(task, everything, ({ send }) => [send()]);

  const { password, passwordUse, accessKeys, keyUse, signingCertificates, mfaDevices, summary } =
    foundBy(answer);
  expect(password).toMatchObject({ state: 'present', createdAt: '2021-03-04T05:06:07.000Z' });
  expect(passwordUse).toMatchObject({ state: 'present', at: '2024-01-02T03:04:05.000Z' });
  expect(accessKeys).toMatchObject([
    { id: firstKey, status: 'Active' },
    { id: secondKey, status: 'Inactive' },
  ]);
  expect(keyUse).toMatchObject([{ state: 'present', at: '2023-05-06T07:08:09.000Z' }, { state: 'absent' }]);
  expect(signingCertificates).toMatchObject({ items: [{ id: certificate }] });
  expect(mfaDevices).toMatchObject({
    items: [{ id: expect.stringContaining(':mfa/') }, { id: hardwareDevice }],
  });
  expect(summary).toMatchObject({ accessKeysPresent: 1, passwordPresent: 1, mfaEnabled: 1 });
  // The ids are in the message for nobody to sign with: they are names, and the trail has the rest.
  expect(answer.notifications[0]?.message).toContain('2 access keys, 1 signing certificate, the password');
});

it('tells of one who has nothing that each kind was read, and is absent', async () => {
  const answer = await theatre.play(
    task,
    () => nobody,
    ({ send }) => [send()],
  );

  expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'audited-clean' }]);
  const found = foundBy(answer);
  for (const kind of credentialKinds) expect(found[kind]).toEqual({ state: 'absent' });
});

describe.each(toldBy)('while an SCP denies root %s', (action, thing) => {
  it(`of one who has everything, ${thing} alone is unknown, with AWS's words, and all else is as it is`, async () => {
    const { plain, denied } = await auditedWithout(everything, [action]);

    const before = foundBy(plain);
    const after = foundBy(denied);
    const expected: Record<string, unknown> = { ...before, [thing]: unknownFrom(action) };
    if (thing === 'keyUse') expected.keyUse = [unknownFrom(action), unknownFrom(action)];
    // Of what is not known nobody says when it was used.
    if (thing === 'password') expected.passwordUse = null;
    if (thing === 'accessKeys') expected.keyUse = [];
    expect(after).toEqual(expected);
    expect(endings(denied)).toMatchObject([{ ending: 'succeeded', code: 'audited-with-credentials' }]);
  });

  it('of one who has nothing, it is unknown, and never absent', async () => {
    const { plain, denied } = await auditedWithout(() => nobody, [action]);

    const isKind = credentialKinds.some((kind) => kind === thing);
    const told = isKind || thing === 'summary' ? { [thing]: unknownFrom(action) } : {};
    expect(foundBy(denied)).toEqual({ ...foundBy(plain), ...told });
    expect(endings(denied)).toMatchObject([{ code: isKind ? 'audited-with-unknown' : 'audited-clean' }]);
  });
});

it('fails, and says why, when nothing at all can be read', async () => {
  const { denied } = await auditedWithout(everything, ['iam:*']);

  expect(endings(denied)).toMatchObject([{ ending: 'failed', code: 'root-credentials-unreadable' }]);
  expect(denied.notifications[0]?.message).toMatch(/service control policy/);
});

it('is not kept waiting by another request on the account, and makes no older approval out of date', async () => {
  const answer = await theatre.play('delete-root-credentials', everything, (ticket) => [
    ticket.send({ task }),
    { advanceClock: 'PT1M' },
    ticket.send(),
  ]);

  expect(endings(answer).map(({ code }) => code)).toEqual([
    'audited-with-credentials',
    'root-credentials-deleted',
  ]);
});
