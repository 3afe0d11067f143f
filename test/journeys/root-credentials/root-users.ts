import type { RootUser } from '../../../sandbox/parts.ts';

/** What root users of stories have. Nothing of it is the same in two accounts where IAM would not have it so. */

const madeAt = '2021-03-04T05:06:07Z';

export const nobody: RootUser = { accessKeys: [], mfaDevices: [], signingCertificates: [] };

export const virtualDeviceOf = (accountId: string) => `arn:aws:iam::${accountId}:mfa/root-account-mfa-device`;
export const hardwareDevice = 'GAHT12345678';
export const firstKey = 'AKIAROOTEXAMPLE00001';
export const secondKey = 'AKIAROOTEXAMPLE00002';
/** A key that somebody makes while a story goes on. */
export const newKey = 'AKIAROOTEXAMPLE0NEW1';
export const certificate = 'TA7SMP42TDN5Z26OBPJE7EXAMPLE';
export const newCertificate = 'TA7SMP42TDN5Z26OBPJE7EXAMPL2';

/** A root user who has one of everything, and two of what there may be two of; used years ago. */
export function everything(accountId: string): RootUser {
  return {
    password: { createdAt: madeAt, lastUsedAt: '2024-01-02T03:04:05Z' },
    accessKeys: [
      { id: firstKey, status: 'Active', createdAt: madeAt, lastUsedAt: '2023-05-06T07:08:09Z' },
      { id: secondKey, status: 'Inactive', createdAt: '2022-01-01T00:00:00Z' },
    ],
    signingCertificates: [{ id: certificate, status: 'Active', uploadedAt: madeAt }],
    mfaDevices: [
      { serialNumber: virtualDeviceOf(accountId), enabledAt: madeAt },
      { serialNumber: hardwareDevice, enabledAt: madeAt },
    ],
  };
}

/** What somebody has who recovered long ago and kept a key and a device, but no password. */
export function withoutPassword(accountId: string): RootUser {
  const { password: _, ...rest } = everything(accountId);
  return rest;
}
