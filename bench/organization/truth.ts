import {
  type CredentialKind,
  credentialKinds,
  type RootCredentials,
} from '../../contract/root-credentials.ts';
import type { AccountRow } from '../../lambdas/organization-run/report/run-report.ts';
import type { Account, Organization } from '../../sandbox/parts.ts';

/**
 * What a report says that is not so, account by account: present where it is not there, absent or clean where it is.
 * Unknown is never wrong.
 */
export function wrongIn(
  rows: Iterable<Pick<AccountRow, 'account' | 'class' | 'credentials'>>,
  { accounts }: Pick<Organization, 'accounts'>,
): string[] {
  const truth = new Map(accounts.map((account) => [account.id, account]));
  return [...rows].flatMap(({ account, class: name, credentials }) => {
    const real = truth.get(account.id);
    if (real === undefined) return [`${account.id} is no account`];
    const isBare = credentialKinds.every((kind) => there(real, kind).length === 0);
    return [
      ...(name === 'clean' && !isBare ? [`${account.id} is called clean`] : []),
      ...credentialKinds
        .filter((kind) => credentials !== null && isWrong(credentials, kind, real))
        .map((kind) => `${account.id} ${kind}: ${credentials?.[kind].state}`),
    ];
  });
}

function isWrong(credentials: RootCredentials, kind: CredentialKind, real: Account): boolean {
  const read = credentials[kind];
  if (read.state === 'unknown') return false;
  const ids = read.state === 'absent' ? [] : 'items' in read ? read.items.map(({ id }) => id) : ['password'];
  return ids.sort().join() !== there(real, kind).sort().join();
}

/** What is really there of one kind: ids, and a word for a password. */
function there({ rootUser }: Account, kind: CredentialKind): string[] {
  switch (kind) {
    case 'accessKeys':
      return (rootUser?.accessKeys ?? []).map(({ id }) => id);
    case 'signingCertificates':
      return (rootUser?.signingCertificates ?? []).map(({ id }) => id);
    case 'mfaDevices':
      return (rootUser?.mfaDevices ?? []).map(({ serialNumber }) => serialNumber);
    case 'password':
      return rootUser?.password === undefined ? [] : ['password'];
    default:
      return kind satisfies never;
  }
}
