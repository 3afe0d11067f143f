import {
  type Credential,
  credentialsIn,
  type RootCredentials,
  sameCredential,
} from '../../contract/root-credentials.ts';

/** What has changed in an account since another run looked at it. */
export interface Changes {
  readonly appeared: readonly Credential[];
  readonly disappeared: readonly Credential[];
}

/** What an account had as far as a run can tell that knew of no such account: all that is there now is new. */
export const noCredentials: RootCredentials = {
  password: { state: 'absent' },
  accessKeys: { state: 'absent' },
  signingCertificates: { state: 'absent' },
  mfaDevices: { state: 'absent' },
  summary: null,
};

export const unchanged: Changes = { appeared: [], disappeared: [] };

/**
 * Credential by credential. What could not be read in one of the two may have been there all the time, or be there
 * still: it has neither appeared nor disappeared.
 */
export function changesBetween(before: RootCredentials | null, now: RootCredentials | null): Changes {
  if (before === null || now === null) return unchanged;
  return { appeared: newIn(now, before), disappeared: newIn(before, now) };
}

function newIn(one: RootCredentials, other: RootCredentials): Credential[] {
  const there = credentialsIn(other);
  return credentialsIn(one).filter(
    (credential) =>
      other[credential.kind].state !== 'unknown' && !there.some((known) => isSame(known, credential)),
  );
}

/** An account has one password: where AWS does not say when it was made, it is not taken for another. */
function isSame(known: Credential, credential: Credential): boolean {
  if (sameCredential(known, credential)) return true;
  return (
    known.kind === 'password' && credential.kind === 'password' && [known.id, credential.id].includes(null)
  );
}
