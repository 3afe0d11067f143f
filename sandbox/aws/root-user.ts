import type { Account, RootUser } from '../parts.ts';

/** Where nothing is said of an account or a credential, it is as old as this: older than any story. */
export const longAgo = '2020-01-01T00:00:00Z';

/** The root user of an account, to read. */
export function rootUserOf({ rootUser }: Account): Readonly<RootUser> {
  return rootUser ?? { accessKeys: [], mfaDevices: [], signingCertificates: [] };
}

/** The root user of an account, to change. */
export function ownRootUserOf(account: Account): RootUser {
  account.rootUser ??= { accessKeys: [], mfaDevices: [], signingCertificates: [] };
  return account.rootUser;
}

/** Only a virtual MFA device is a thing of its own, which stays when nobody uses it any more. */
export function isVirtualDevice(serialNumber: string): boolean {
  return /^arn:[a-z-]+:iam::\d{12}:mfa\//.test(serialNumber);
}

/** Takes a device from the root user: a virtual one stays in the account, assigned to nobody. */
export function deactivateDevice(account: Account, serialNumber: string): void {
  const user = ownRootUserOf(account);
  user.mfaDevices = user.mfaDevices.filter((device) => device.serialNumber !== serialNumber);
  if (!isVirtualDevice(serialNumber)) return;
  account.unassignedMfaDevices ??= [];
  account.unassignedMfaDevices.push({ serialNumber });
}
