import {
  type Credential,
  type CredentialKind,
  credentialsIn,
  type LastUse,
  type RootCredentials,
  sameCredential,
} from '../../../contract/root-credentials.ts';
import type { Kept, RemovalPlan } from '../../../contract/trail-states.ts';
import { removalPlanOf } from './state.ts';

/** How far a deletion goes. */
export interface RemovalScope {
  /** Undefined: every kind. */
  readonly kinds: readonly CredentialKind[] | undefined;
  /** Undefined: whatever its use. */
  readonly keepIfUsedWithinDays: number | undefined;
  /** All that may go at most; null: whatever is found. */
  readonly atMost: readonly Credential[] | null;
}

/**
 * Decides what of a root user's credentials goes, in the order that never leaves the account weaker than it was, and
 * what is kept and why. What secures a password stays as long as the password does, or may.
 */
export function planRemoval(found: RootCredentials, scope: RemovalScope, now: Date): RemovalPlan {
  const remove: Credential[] = [];
  const keep: Kept[] = [];
  for (const credential of credentialsIn(found)) {
    const why = reasonToKeep(credential, found, remove, scope, now);
    if (why === null) remove.push(credential);
    else keep.push({ ...credential, ...why });
  }
  return removalPlanOf(remove, keep);
}

type Why = Pick<Kept, 'why' | 'detail'>;

function reasonToKeep(
  credential: Credential,
  found: RootCredentials,
  going: readonly Credential[],
  { atMost, keepIfUsedWithinDays, kinds }: RemovalScope,
  now: Date,
): Why | null {
  if (kinds !== undefined && !kinds.includes(credential.kind))
    return { why: 'not-asked-for', detail: `the approval names ${kinds.join(', ')}` };
  if (atMost !== null && !atMost.some((one) => sameCredential(one, credential)))
    return { why: 'not-audited', detail: 'the audit that the deletion rests on did not see it' };
  // A device is of no use but with the password: whether that stays decides.
  if (credential.kind === 'mfaDevices') return passwordStays(found, going);
  if (keepIfUsedWithinDays === undefined) return null;
  return usedWithin(keepIfUsedWithinDays, lastUseOf(credential, found), now);
}

function passwordStays({ password }: RootCredentials, going: readonly Credential[]): Why | null {
  switch (password.state) {
    case 'absent':
      return null;
    case 'unknown':
      return {
        why: 'password-stays',
        detail: `whether there is a password is not known: ${password.reason}`,
      };
    case 'present':
      return going.some(({ kind }) => kind === 'password')
        ? null
        : { why: 'password-stays', detail: 'the password is kept, and would be without its second factor' };
    default:
      return password satisfies never;
  }
}

const dayMilliseconds = 86_400_000;

function usedWithin(days: number, lastUse: LastUse, now: Date): Why | null {
  switch (lastUse.state) {
    case 'absent':
      return null;
    case 'unknown':
      return { why: 'use-unknown', detail: `when it was last used is not known: ${lastUse.reason}` };
    case 'present': {
      const isRecent = now.getTime() - Date.parse(lastUse.at) <= days * dayMilliseconds;
      const where =
        lastUse.service === null ? '' : ` by ${lastUse.service} in ${lastUse.region ?? 'no Region'}`;
      return isRecent
        ? {
            why: 'used-recently',
            detail: `last used on ${lastUse.at}${where}: something may still depend on it`,
          }
        : null;
    }
    default:
      return lastUse satisfies never;
  }
}

function lastUseOf({ kind, id }: Credential, { accessKeys, password }: RootCredentials): LastUse {
  if (kind === 'password' && password.state === 'present') return password.lastUsed;
  const key =
    kind === 'accessKeys' && accessKeys.state === 'present'
      ? accessKeys.items.find((one) => one.id === id)
      : undefined;
  return key?.lastUsed ?? { state: 'unknown', reason: 'AWS does not tell when such a credential was used' };
}
