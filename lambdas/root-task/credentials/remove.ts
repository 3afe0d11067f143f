import type { Credential, RootCredentials } from '../../../contract/root-credentials.ts';
import { isAccessDenied, messageOfError } from '../../aws-errors.ts';
import type { RootUser } from '../adapters/root-user.ts';
import type { Lane } from '../lane.ts';
import { readPassword } from './read.ts';
import { patience } from './showing.ts';

export type RemovableUser = Pick<
  RootUser,
  | 'deleteAccessKey'
  | 'deleteSigningCertificate'
  | 'deleteLoginProfile'
  | 'deactivateMfaDevice'
  | 'deleteVirtualMfaDevice'
  | 'loginProfile'
>;

/** What AWS said of a credential when it was removed, where it said anything that a person should know. */
export interface Remark {
  readonly credential: Credential;
  readonly text: string;
}

/**
 * Removes credentials in the order in which they are given, one by one. A denial is remarked and stops none of the
 * others, but for one thing: MFA devices are touched only once the password is read back as gone. What fails otherwise
 * is thrown: the next attempt goes on with what is left.
 */
export async function removeCredentials(
  user: RemovableUser,
  credentials: readonly Credential[],
  lane: Pick<Lane, 'clock'>,
): Promise<Remark[]> {
  const remarks: Remark[] = [];
  let password: RootCredentials['password'] | null = null;
  for (const credential of credentials) {
    if (credential.kind === 'mfaDevices') {
      password ??= await passwordGone(user, lane);
      if (password.state !== 'absent') {
        remarks.push({ credential, text: mfaStays(password) });
        continue;
      }
    }
    const text = await remove(user, credential);
    if (text !== null) remarks.push({ credential, text });
  }
  return remarks;
}

/** Removes one; null, or what AWS said to it. */
async function remove(user: RemovableUser, { kind, id }: Credential): Promise<string | null> {
  switch (kind) {
    case 'accessKeys':
      return orDenied('iam:DeleteAccessKey', () => user.deleteAccessKey(idOf(kind, id)));
    case 'signingCertificates':
      return orDenied('iam:DeleteSigningCertificate', () => user.deleteSigningCertificate(idOf(kind, id)));
    case 'password':
      return orDenied('iam:DeleteLoginProfile', () => user.deleteLoginProfile());
    case 'mfaDevices':
      return removeDevice(user, idOf(kind, id));
    default:
      return kind satisfies never;
  }
}

/**
 * Deactivates a device. A virtual one is left behind by that, as an unused device of the account: whether the task
 * policy lets root delete it AWS does not document, so it is tried, and what AWS answers is told.
 */
async function removeDevice(user: RemovableUser, serialNumber: string): Promise<string | null> {
  const denied = await orDenied('iam:DeactivateMFADevice', () => user.deactivateMfaDevice(serialNumber));
  if (denied !== null || !isVirtual(serialNumber)) return denied;
  try {
    await user.deleteVirtualMfaDevice(serialNumber);
    return 'deactivated, and the virtual device deleted';
  } catch (error) {
    return `deactivated; the virtual device itself stays in the account, of no use to anybody (${messageOfError(error)})`;
  }
}

/** Source of the form: IAM User Guide, "IAM ARNs"; a hardware device has a plain serial number. */
function isVirtual(serialNumber: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:mfa\//.test(serialNumber);
}

/** IAM may show a deletion late: reads again, and answers what it read last. */
async function passwordGone(
  user: RemovableUser,
  { clock }: Pick<Lane, 'clock'>,
): Promise<RootCredentials['password']> {
  let read = await readPassword(user);
  for (const wait of patience) {
    if (read.state === 'absent') return read;
    await clock.sleep(wait);
    read = await readPassword(user);
  }
  return read;
}

function mfaStays(password: RootCredentials['password']): string {
  return password.state === 'unknown'
    ? `left in place, because whether the password is gone could not be read: ${password.reason}`
    : 'left in place, because the password is still there';
}

async function orDenied(action: string, call: () => Promise<void>): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    return `${action}: ${messageOfError(error)}`;
  }
}

function idOf(kind: string, id: string | null): string {
  if (id === null) throw new Error(`${kind} without an id`);
  return id;
}
