import { createClock } from '../../../sandbox/clock.ts';
import type { Account } from '../../../sandbox/parts.ts';
import {
  changeAccount,
  createRootCredential,
  useRootCredential,
} from '../../../sandbox/scenario/owner-steps.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import type { Step } from '../../../sandbox/scenario/steps-schema.ts';
import * as f from '../aws/fixture.ts';
import { virtualDevice } from '../aws/iam/given-root-user.ts';

const accountId = f.member;
const accessKey = { id: 'AKIANEW0000000000000' };
const signingCertificate = { id: 'CERTNEW0000000000000' };
const mfaDevice = { serialNumber: virtualDevice };

function stage(account: Account = f.account(accountId)) {
  const clock = createClock(Date.parse('2026-11-20T10:00:00Z'));
  return { organization: f.organization({ accounts: [account] }), clock, deployment: f.deployment };
}
/** The step as a file gives it. */
function given<Kind extends keyof Step>(kind: Kind, value: unknown): NonNullable<Step[Kind]> {
  const step = parseScenario({ steps: [{ [kind]: value }] }).steps[0]?.[kind];
  if (step === undefined || step === null) throw new Error('no step');
  return step;
}
const faultOf = (kind: string, value: unknown) => {
  try {
    parseScenario({ steps: [{ [kind]: value }] });
    return 'none';
  } catch (error) {
    return String(error);
  }
};
const ofNow = /^2026-11-20T10:00:0\dZ$/;

it('createRootCredential makes each kind now, by the clock', () => {
  const here = stage();
  for (const one of [{ password: true }, { accessKey }, { signingCertificate }, { mfaDevice }]) {
    createRootCredential(here, given('createRootCredential', { accountId, ...one }));
  }
  expect(here.organization.accounts[0]?.rootUser).toEqual({
    password: { createdAt: expect.stringMatching(ofNow) },
    accessKeys: [{ ...accessKey, status: 'Active', createdAt: expect.stringMatching(ofNow) }],
    signingCertificates: [
      { ...signingCertificate, status: 'Active', uploadedAt: expect.stringMatching(ofNow) },
    ],
    mfaDevices: [{ ...mfaDevice, enabledAt: expect.stringMatching(ofNow) }],
  });
});

it('createRootCredential takes up a virtual device that nobody uses', () => {
  const here = stage(f.account(accountId, { unassignedMfaDevices: [mfaDevice] }));
  createRootCredential(here, given('createRootCredential', { accountId, mfaDevice }));
  expect(here.organization.accounts[0]).toMatchObject({
    unassignedMfaDevices: [],
    rootUser: { mfaDevices: [mfaDevice] },
  });
});

it.each([
  [{ accessKey }, 'accessKey.id'],
  [{ signingCertificate }, 'signingCertificate.id'],
  [{ mfaDevice }, 'mfaDevice.serialNumber'],
])('createRootCredential refuses what is there: %j', (one, field) => {
  const here = stage();
  const step = given('createRootCredential', { accountId, ...one });
  createRootCredential(here, step);
  expect(() => createRootCredential(here, step)).toThrow(
    new RangeError(`${field}: the root user of ${accountId} has it already`),
  );
});

it('useRootCredential says when, where and for what a key was used, or when the password was', () => {
  const here = stage();
  createRootCredential(here, given('createRootCredential', { accountId, accessKey }));
  createRootCredential(here, given('createRootCredential', { accountId, password: true }));
  here.clock.advance(60 * 60 * 1000);
  useRootCredential(here, given('useRootCredential', { accountId, accessKeyId: accessKey.id }));
  useRootCredential(here, given('useRootCredential', { accountId }));
  const anHourLater = expect.stringMatching(/^2026-11-20T11:00:0\dZ$/);
  expect(here.organization.accounts[0]?.rootUser).toMatchObject({
    password: { lastUsedAt: anHourLater },
    accessKeys: [{ lastUsedAt: anHourLater, lastUsedService: 's3', lastUsedRegion: f.region }],
  });
});

it('useRootCredential refuses what is not there', () => {
  expect(() => useRootCredential(stage(), given('useRootCredential', { accountId }))).toThrow(
    `the root user of ${accountId} has no password`,
  );
  expect(() =>
    useRootCredential(stage(), given('useRootCredential', { accountId, accessKeyId: 'AKIANONE' })),
  ).toThrow(`accessKeyId: the root user of ${accountId} has no key AKIANONE`);
});

it('changeAccount changes the state and the policies that are named, and no more', () => {
  const own = f.policy(f.deny('*', '*'));
  const here = stage(f.account(accountId, { serviceControlPolicies: [own] }));
  changeAccount(here, given('changeAccount', { accountId, state: 'SUSPENDED' }));
  expect(here.organization.accounts[0]).toMatchObject({ state: 'SUSPENDED', serviceControlPolicies: [own] });
  changeAccount(here, given('changeAccount', { accountId, serviceControlPolicies: [] }));
  expect(here.organization.accounts[0]).toMatchObject({ state: 'SUSPENDED', serviceControlPolicies: [] });
});

it('all of them name the account that is not there', () => {
  const gone = { accountId: f.stranger };
  const refusal = `accountId: no account ${f.stranger} in the organization`;
  const here = stage();
  expect(() =>
    createRootCredential(here, given('createRootCredential', { ...gone, password: true })),
  ).toThrow(refusal);
  expect(() => useRootCredential(here, given('useRootCredential', gone))).toThrow(refusal);
  expect(() => changeAccount(here, given('changeAccount', { ...gone, state: 'CLOSED' }))).toThrow(refusal);
});

it.each([
  [
    'createRootCredential',
    { accountId },
    'expected exactly one of password, accessKey, mfaDevice, signingCertificate',
  ],
  ['createRootCredential', { accountId, password: true, accessKey }, 'expected exactly one of'],
  [
    'createRootCredential',
    { accountId, password: false },
    'steps[0].createRootCredential.password: expected true',
  ],
  ['createRootCredential', { accountId, accessKey: {} }, 'steps[0].createRootCredential.accessKey.id'],
  ['changeAccount', { accountId }, 'expected "state" or "serviceControlPolicies"'],
  ['changeAccount', { accountId, state: 'GONE' }, 'steps[0].changeAccount.state: expected one of'],
  ['useRootCredential', {}, 'steps[0].useRootCredential.accountId'],
])('%s %j is a fault of the file', (kind, value, fault) => {
  expect(faultOf(kind, value)).toContain(fault);
});
