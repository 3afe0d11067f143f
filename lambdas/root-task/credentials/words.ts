import {
  type Credential,
  type CredentialKind,
  credentialKinds,
  credentialsIn,
  describeCredential,
  type RootCredentials,
  unknownIn,
  wordForKind,
} from '../../../contract/root-credentials.ts';

/** Credentials in a sentence, by kind: "2 access keys, the password and 1 MFA device". */
export function countText(credentials: readonly Credential[]): string {
  const parts = credentialKinds.flatMap((kind) => {
    const count = credentials.filter((one) => one.kind === kind).length;
    if (count === 0) return [];
    return [kind === 'password' ? 'the password' : `${count} ${wordForKind(kind, count)}`];
  });
  return listText(parts);
}

/** Each credential by name: "access key AKIA… and the password". */
export function namesText(credentials: readonly Credential[]): string {
  return listText(credentials.map(describeCredential));
}

/** What could not be read, with AWS's words. */
export function unknownText(
  unknown: readonly { readonly kind: CredentialKind; readonly reason: string }[],
): string {
  return unknown.map(({ kind, reason }) => `${wordForKind(kind, 2)} (${reason})`).join('; ');
}

/** What there is and what nobody knows, in one sentence. */
export function foundText(credentials: RootCredentials): string {
  const there = credentialsIn(credentials);
  const unknown = unknownIn(credentials);
  const has = there.length === 0 ? '' : `has ${countText(there)}`;
  const not = unknown.length === 0 ? '' : `could not be read for ${unknownText(unknown)}`;
  if (has === '' && not === '') return 'has no credentials: each kind was read, and is absent';
  return listText([has, not].filter((text) => text !== ''));
}

export function listText(parts: readonly string[]): string {
  const [last] = parts.slice(-1);
  if (last === undefined) return 'nothing';
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
