import { findAccount } from '../aws/organization.ts';
import { ownRootUserOf } from '../aws/root-user.ts';
import type { Account } from '../parts.ts';
import type { World } from '../world.ts';
import type { Step } from './steps-schema.ts';

/** What these steps touch: no call is made, and nobody is asked for permission. */
type Place = Pick<World, 'organization' | 'clock' | 'deployment'>;
type Given<Kind extends keyof Step> = NonNullable<Step[Kind]>;

/** Whoever is signed in as root makes a credential. Throws a RangeError where it is there already. */
export function createRootCredential(world: Place, step: Given<'createRootCredential'>): void {
  const account = accountOf(world, step.accountId);
  const user = ownRootUserOf(account);
  const now = timeNow(world);
  const { accessKey, mfaDevice, signingCertificate } = step;
  // A password over a password is what recovery ends with: the holder of the mailbox sets one.
  if (step.password) user.password = { createdAt: now };
  if (accessKey !== undefined) {
    if (user.accessKeys.some(({ id }) => id === accessKey.id)) throw alreadyThere('accessKey.id', step);
    user.accessKeys.push({ ...accessKey, status: 'Active', createdAt: now });
  }
  if (signingCertificate !== undefined) {
    if (user.signingCertificates.some(({ id }) => id === signingCertificate.id)) {
      throw alreadyThere('signingCertificate.id', step);
    }
    user.signingCertificates.push({ ...signingCertificate, status: 'Active', uploadedAt: now });
  }
  if (mfaDevice !== undefined) assignDevice(account, mfaDevice.serialNumber, step, now);
}

function assignDevice(
  account: Account,
  serialNumber: string,
  step: Given<'createRootCredential'>,
  now: string,
): void {
  const { mfaDevices } = ownRootUserOf(account);
  const isIt = (device: { readonly serialNumber: string }) => device.serialNumber === serialNumber;
  if (mfaDevices.some(isIt)) throw alreadyThere('mfaDevice.serialNumber', step);
  if (account.unassignedMfaDevices?.some(isIt)) {
    account.unassignedMfaDevices = account.unassignedMfaDevices.filter((device) => !isIt(device));
  }
  mfaDevices.push({ serialNumber, enabledAt: now });
}

/** Somebody signs in with the password, or signs a request with a key. Throws a RangeError where there is none. */
export function useRootCredential(world: Place, step: Given<'useRootCredential'>): void {
  const { password, accessKeys } = ownRootUserOf(accountOf(world, step.accountId));
  if (step.accessKeyId === undefined) {
    if (password === undefined) throw new RangeError(`the root user of ${step.accountId} has no password`);
    password.lastUsedAt = timeNow(world);
    return;
  }
  const key = accessKeys.find(({ id }) => id === step.accessKeyId);
  if (key === undefined) {
    throw new RangeError(`accessKeyId: the root user of ${step.accountId} has no key ${step.accessKeyId}`);
  }
  key.lastUsedAt = timeNow(world);
  key.lastUsedService = 's3';
  key.lastUsedRegion = world.deployment.region;
}

/** The organization changes an account. */
export function changeAccount(world: Place, step: Given<'changeAccount'>): void {
  const account = accountOf(world, step.accountId);
  if (step.state !== undefined) account.state = step.state;
  if (step.serviceControlPolicies !== undefined) account.serviceControlPolicies = step.serviceControlPolicies;
}

function accountOf({ organization }: Place, accountId: string): Account {
  const account = findAccount(organization, accountId);
  if (account === undefined) throw new RangeError(`accountId: no account ${accountId} in the organization`);
  return account;
}

function alreadyThere(field: string, { accountId }: Given<'createRootCredential'>): RangeError {
  return new RangeError(`${field}: the root user of ${accountId} has it already`);
}

/** IAM remembers whole seconds. */
function timeNow({ clock }: Place): string {
  return new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
