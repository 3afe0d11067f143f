import type {
  AccessKey,
  AccountSummary,
  LastUse,
  RootCredentials,
  Unknown,
} from '../../../contract/root-credentials.ts';
import { isAccessDenied, messageOfError } from '../../aws-errors.ts';
import { together } from '../../together.ts';
import type { RootUser } from '../adapters/root-user.ts';
import { crossChecked } from './cross-check.ts';

/** What a task policy lets root read. GetAccountSummary is the audit's alone. Source: the task policies. */
export type ReadableUser = Pick<
  RootUser,
  | 'loginProfile'
  | 'passwordLastUsed'
  | 'accessKeys'
  | 'accessKeyLastUsed'
  | 'signingCertificates'
  | 'mfaDevices'
  | 'summary'
>;

const longestReason = 500;

/**
 * Reads what a root user has to sign in with. Each call that AWS denies makes one thing unknown, with AWS's own words,
 * and leaves the others as they are. What fails otherwise is thrown, to be tried again: it says nothing.
 */
export async function readCredentials(
  user: ReadableUser,
  { withSummary }: { readonly withSummary: boolean },
): Promise<RootCredentials> {
  const [password, accessKeys, signingCertificates, mfaDevices, summary] = await together(
    readPassword(user),
    readAccessKeys(user),
    readSigningCertificates(user),
    readMfaDevices(user),
    withSummary ? readSummary(user) : Promise.resolve(null),
  );
  return crossChecked({ password, accessKeys, signingCertificates, mfaDevices, summary });
}

/** Whether the root user has a password, and since when. */
export async function readPassword(
  user: Pick<RootUser, 'loginProfile'> & Partial<Pick<RootUser, 'passwordLastUsed'>>,
): Promise<RootCredentials['password']> {
  const [profile, lastUsed] = await together(
    orUnknown('iam:GetLoginProfile', () => user.loginProfile()),
    readPasswordUse(user),
  );
  if (profile === null) return { state: 'absent' };
  if ('state' in profile) return profile;
  return { state: 'present', createdAt: instantOf(profile.createdAt), lastUsed };
}

async function readPasswordUse(user: Partial<Pick<RootUser, 'passwordLastUsed'>>): Promise<LastUse> {
  const read = user.passwordLastUsed?.bind(user);
  if (read === undefined) return { state: 'unknown', reason: 'not read: the task policy does not allow it' };
  const at = await orUnknown('iam:GetUser', async () => ({ at: instantOf(await read()) }));
  if ('state' in at) return at;
  return at.at === null ? { state: 'absent' } : { state: 'present', at: at.at, service: null, region: null };
}

async function readAccessKeys(user: ReadableUser): Promise<RootCredentials['accessKeys']> {
  const keys = await orUnknown('iam:ListAccessKeys', () => user.accessKeys());
  if (!Array.isArray(keys)) return keys;
  return listed(
    await together(
      ...keys.map(
        async ({ AccessKeyId, CreateDate, Status }): Promise<AccessKey> => ({
          id: named('access key', AccessKeyId),
          status: Status ?? 'unknown',
          createdAt: instantOf(CreateDate),
          lastUsed: await readKeyUse(user, named('access key', AccessKeyId)),
        }),
      ),
    ),
  );
}

async function readKeyUse(user: ReadableUser, id: string): Promise<LastUse> {
  const used = await orUnknown('iam:GetAccessKeyLastUsed', () => user.accessKeyLastUsed(id));
  if (used === null) return { state: 'unknown', reason: 'the key was deleted while it was read' };
  if ('state' in used) return used;
  const at = instantOf(used.LastUsedDate);
  if (at === null) return { state: 'absent' };
  return { state: 'present', at, service: used.ServiceName ?? null, region: used.Region ?? null };
}

async function readSigningCertificates(user: ReadableUser): Promise<RootCredentials['signingCertificates']> {
  const read = await orUnknown('iam:ListSigningCertificates', () => user.signingCertificates());
  if (!Array.isArray(read)) return read;
  return listed(
    read.map(({ CertificateId, Status, UploadDate }) => ({
      id: named('signing certificate', CertificateId),
      status: Status ?? 'unknown',
      createdAt: instantOf(UploadDate),
    })),
  );
}

async function readMfaDevices(user: ReadableUser): Promise<RootCredentials['mfaDevices']> {
  const read = await orUnknown('iam:ListMFADevices', () => user.mfaDevices());
  if (!Array.isArray(read)) return read;
  return listed(
    read.map(({ EnableDate, SerialNumber }) => ({
      id: named('MFA device', SerialNumber),
      createdAt: instantOf(EnableDate),
    })),
  );
}

/** Source of the keys: IAM API reference, GetAccountSummary. */
async function readSummary(user: ReadableUser): Promise<AccountSummary> {
  const map = await orUnknown('iam:GetAccountSummary', async () => ({ read: await user.summary() }));
  if ('state' in map) return map;
  const {
    AccountAccessKeysPresent,
    AccountMFAEnabled,
    AccountPasswordPresent,
    AccountSigningCertificatesPresent,
  } = map.read;
  if (
    AccountAccessKeysPresent === undefined ||
    AccountMFAEnabled === undefined ||
    AccountSigningCertificatesPresent === undefined
  )
    return { state: 'unknown', reason: 'iam:GetAccountSummary: the answer does not speak of the root user' };
  return {
    state: 'present',
    accessKeysPresent: AccountAccessKeysPresent,
    signingCertificatesPresent: AccountSigningCertificatesPresent,
    passwordPresent: AccountPasswordPresent ?? null,
    mfaEnabled: AccountMFAEnabled,
  };
}

async function orUnknown<T>(action: string, call: () => Promise<T>): Promise<T | Unknown> {
  try {
    return await call();
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    return { state: 'unknown', reason: `${action}: ${messageOfError(error)}`.slice(0, longestReason) };
  }
}

function listed<Item>(items: Item[]) {
  return items.length === 0 ? { state: 'absent' as const } : { state: 'present' as const, items };
}

function named(what: string, id: string | undefined): string {
  if (id === undefined || id === '') throw new Error(`IAM listed a root ${what} without its id`);
  return id;
}

function instantOf(date: Date | undefined): string | null {
  return date === undefined ? null : date.toISOString();
}
