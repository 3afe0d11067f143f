import type { CredentialKind, RootCredentials } from '../../../contract/root-credentials.ts';

/**
 * IAM says twice what a root user has: in lists, and in the account summary. Where a list says "nothing" and the summary
 * does not, nobody knows: absent is believed only when nothing contradicts it.
 */
export function crossChecked(credentials: RootCredentials): RootCredentials {
  const { summary } = credentials;
  if (summary?.state !== 'present') return credentials;
  const there: Readonly<Record<CredentialKind, number | null>> = {
    accessKeys: summary.accessKeysPresent,
    signingCertificates: summary.signingCertificatesPresent,
    password: summary.passwordPresent,
    mfaDevices: summary.mfaEnabled,
  };
  const doubted = Object.entries(there).flatMap(([kind, count]) =>
    credentials[kind as CredentialKind].state === 'absent' && count !== null && count > 0
      ? [[kind, { state: 'unknown', reason: contradiction }]]
      : [],
  );
  return { ...credentials, ...Object.fromEntries(doubted) };
}

const contradiction =
  'IAM contradicts itself: the list is empty, and the account summary says that there is one. It shows changes late; read again.';
