import { type LastUse, unknownIn } from '../../../contract/root-credentials.ts';
import type { PresentCredential } from './account-view.ts';
import type { AccountRow } from './run-report.ts';

/** A credential used within this many days is in use: something or somebody still depends on it. */
export const recentDays = 90;

/** Why an account comes before another: the first that fits. */
export const attentionLevels = [
  'active-access-key-in-use',
  'access-keys',
  'password-without-mfa',
  'signing-certificates',
  'password-with-mfa',
  'unknown',
  'failed',
  'only-mfa',
  'left-out',
  'clean',
] as const;
export type AttentionLevel = (typeof attentionLevels)[number];

/** Each level for a person: what it is, and why it stands where it does. */
export const levelWords: Readonly<Record<AttentionLevel, { readonly title: string; readonly why: string }>> =
  {
    'active-access-key-in-use': {
      title: 'Active access key in use',
      why: `used in the last ${recentDays} days, or nobody knows when: works from anywhere, without MFA, as root`,
    },
    'access-keys': {
      title: 'Access keys',
      why: 'not used lately, or inactive: a secret that lies somewhere and can be switched on again',
    },
    'password-without-mfa': {
      title: 'Password without MFA',
      why: 'no MFA device, or nobody knows: the password alone signs in as root',
    },
    'signing-certificates': {
      title: 'Signing certificates',
      why: 'an old way to sign requests as root',
    },
    'password-with-mfa': {
      title: 'Password with MFA',
      why: 'root can sign in, with a second factor',
    },
    unknown: {
      title: 'Unknown',
      why: 'nothing to sign in with was found, but not everything could be read',
    },
    failed: {
      title: 'Failed',
      why: 'the visit failed, and nothing was found',
    },
    'only-mfa': {
      title: 'Only MFA devices',
      why: 'nothing to sign in with',
    },
    'left-out': {
      title: 'Left out',
      why: 'not visited, with the reason',
    },
    clean: { title: 'Clean', why: 'everything was read and nothing is there' },
  };

/** Any other status counts as active, one that AWS adds some day too. Source: IAM API reference, AccessKeyMetadata. */
const switchedOff: ReadonlySet<string> = new Set(['Inactive', 'Expired']);

/** Where an account stands in the order of attention: what is there outweighs how the visit ended. */
export function attentionLevel(
  row: AccountRow,
  present: readonly PresentCredential[],
  endedAt: string,
): AttentionLevel {
  const keys = present.filter(({ kind }) => kind === 'accessKeys');
  if (keys.some((key) => !switchedOff.has(key.status ?? '') && isRecent(key.lastUsed, endedAt)))
    return 'active-access-key-in-use';
  if (keys.length > 0) return 'access-keys';
  const has = (kind: PresentCredential['kind']) => present.some((credential) => credential.kind === kind);
  if (has('password') && !has('mfaDevices')) return 'password-without-mfa';
  if (has('signingCertificates')) return 'signing-certificates';
  if (has('password')) return 'password-with-mfa';
  return hasUnread(row) && row.class === 'with-credentials' ? 'unknown' : levelOfClass(row.class);
}

/** Whether a kind could not be read: what nobody read is not nothing. */
function hasUnread({ credentials }: AccountRow): boolean {
  return credentials !== null && unknownIn(credentials).length > 0;
}

function levelOfClass(accountClass: AccountRow['class']): AttentionLevel {
  switch (accountClass) {
    case 'with-credentials':
      return 'only-mfa';
    case 'unknown':
    case 'failed':
    case 'left-out':
    case 'clean':
      return accountClass;
    default: {
      const never: never = accountClass;
      throw new TypeError(`no class of accounts: ${String(never)}`);
    }
  }
}

/** Unknown counts as recent: whoever cannot say when a key was used cannot say that it is not. */
function isRecent(lastUsed: LastUse | null, endedAt: string): boolean {
  if (lastUsed === null || lastUsed.state === 'unknown') return true;
  if (lastUsed.state === 'absent') return false;
  return Date.parse(endedAt) - Date.parse(lastUsed.at) <= recentDays * 86_400_000;
}

/** Most attention first; within a level in the order given. */
export function byAttention<View extends { readonly level: AttentionLevel }>(views: readonly View[]): View[] {
  const rank = new Map(attentionLevels.map((level, index) => [level, index]));
  return views.toSorted((one, other) => (rank.get(one.level) ?? 0) - (rank.get(other.level) ?? 0));
}
