import type { Credential, LastUse, RootCredentials } from '../../../contract/root-credentials.ts';
import { madeLongAgo, virtualDevice } from './root-user.ts';

export const createdAt = madeLongAgo.toISOString();
export const absent = { state: 'absent' } as const;
export const denied = { state: 'unknown', reason: 'iam:X: denied' } as const;
export const used = (at: string): LastUse => ({ state: 'present', at, service: 's3', region: 'eu-west-1' });

export const noCredentials: RootCredentials = {
  password: absent,
  accessKeys: absent,
  signingCertificates: absent,
  mfaDevices: absent,
  summary: null,
};

/** One of each kind, none of which was ever used. */
export const everyCredential: RootCredentials = {
  password: { state: 'present', createdAt, lastUsed: absent },
  accessKeys: {
    state: 'present',
    items: [{ id: 'AKIA1', status: 'Active', createdAt, lastUsed: absent }],
  },
  signingCertificates: { state: 'present', items: [{ id: 'CERT1', status: 'Active', createdAt }] },
  mfaDevices: { state: 'present', items: [{ id: virtualDevice, createdAt }] },
  summary: null,
};

export const key: Credential = { kind: 'accessKeys', id: 'AKIA1' };
export const certificate: Credential = { kind: 'signingCertificates', id: 'CERT1' };
export const password: Credential = { kind: 'password', id: createdAt };
export const device: Credential = { kind: 'mfaDevices', id: virtualDevice, madeAt: createdAt };
/** In the order of deletion. */
export const all: readonly Credential[] = [key, certificate, password, device];
