import {
  type Credential,
  type CredentialKind,
  describeCredential,
  type LastUse,
  type RootCredentials,
} from '../../../../contract/root-credentials.ts';
import type { CredentialResult } from '../../../../contract/trail-states.ts';
import type { AccountView } from '../account-view.ts';
import { levelWords } from '../attention.ts';

/** A column of `report.csv`: its name, and its text in the row of an account. */
export type Column = readonly [name: string, text: (view: AccountView) => string];

/** What stands for a value that nobody knows: never nothing, never 0. */
const unknown = 'unknown';

/**
 * The columns of `root_user_last_login.csv`, as AWS's own GetRootCredentialsSummary.sh writes it, in its order. Source:
 * AWS Security Blog, "Secure root user access for member accounts in AWS Organizations".
 */
const columnsOfAws: readonly Column[] = [
  ['AccountId', ({ row }) => row.account.id],
  ['MFADevices', (view) => (isUnknown(view, 'mfaDevices') ? unknown : String(of(view, 'mfaDevices').length))],
  ['AccountAccessKeysPresent', (view) => flag(view, 'accessKeys', 'accessKeysPresent')],
  ['AccountMFAEnabled', (view) => flag(view, 'mfaDevices', 'mfaEnabled')],
  ['AccountPasswordPresent', (view) => flag(view, 'password', 'passwordPresent')],
  ['PasswordLastUsedTime', (view) => passwordUse(view, 'None')],
];

const ownColumns: readonly Column[] = [
  ['AccountName', ({ row }) => row.account.name],
  ['Class', ({ row }) => row.class],
  ['Attention', ({ level }) => levelWords[level].title],
  ['Ending', ({ row }) => row.ending?.ending ?? ''],
  ['Code', ({ row }) => row.ending?.code ?? ''],
  ['Summary', ({ row }) => row.ending?.summary ?? ''],
  ['EndedAt', ({ row }) => row.ending?.at ?? ''],
  ['LeftOutReason', ({ row }) => row.leftOut?.reason ?? ''],
  ['LeftOutDetail', ({ row }) => row.leftOut?.detail ?? ''],
  ...stateColumns('AccessKeys', 'accessKeys'),
  ['AccessKeyIds', (view) => list(of(view, 'accessKeys'), ({ id }) => id)],
  ['AccessKeyStatuses', (view) => list(of(view, 'accessKeys'), ({ status }) => status)],
  ['AccessKeyAgeDays', (view) => ages(view, 'accessKeys')],
  [
    'AccessKeyLastUsedTimes',
    (view) => list(of(view, 'accessKeys'), ({ lastUsed }) => timeOf(lastUsed, 'never')),
  ],
  ['AccessKeyLastUsedIn', (view) => list(of(view, 'accessKeys'), ({ lastUsed }) => placeOf(lastUsed)).trim()],
  [
    'AccessKeyLastUsedUnknownReason',
    (view) =>
      of(view, 'accessKeys')
        .flatMap(({ id, lastUsed }) =>
          lastUsed?.state === 'unknown' ? [`${id ?? ''}: ${lastUsed.reason}`] : [],
        )
        .join('; '),
  ],
  ...stateColumns('SigningCertificates', 'signingCertificates'),
  ['SigningCertificateIds', (view) => list(of(view, 'signingCertificates'), ({ id }) => id)],
  ['SigningCertificateStatuses', (view) => list(of(view, 'signingCertificates'), ({ status }) => status)],
  ['SigningCertificateAgeDays', (view) => ages(view, 'signingCertificates')],
  ...stateColumns('Password', 'password'),
  ['PasswordAgeDays', (view) => ages(view, 'password')],
  ['PasswordLastUsedUnknownReason', passwordUseReason],
  ...stateColumns('RootMfaDevices', 'mfaDevices'),
  ['RootMfaDeviceIds', (view) => list(of(view, 'mfaDevices'), ({ id }) => id)],
  ['RootMfaDeviceAgeDays', (view) => ages(view, 'mfaDevices')],
  ['Gone', ({ row }) => results(row.results, 'gone')],
  ['StillThere', ({ row }) => results(row.results, 'still-there')],
  ['ResultUnknown', ({ row }) => results(row.results, 'unknown')],
  ['Kept', ({ row }) => results(row.results, 'kept')],
  ['AppearedDuringDeletion', ({ row }) => results(row.results, 'appeared')],
  ['WouldGo', ({ row }) => named(row.plan?.remove ?? [])],
  [
    'WouldStay',
    ({ row }) =>
      (row.plan?.keep ?? []).map((kept) => `${describeCredential(kept)} (${kept.detail})`).join('; '),
  ],
  ['AppearedSincePreviousRun', ({ row }) => named(row.appeared)],
  ['GoneSincePreviousRun', ({ row }) => named(row.disappeared)],
  ['RequestId', ({ row }) => row.requestId ?? ''],
];

/** The columns of `report.csv`: those of AWS's own script first, then what rootdesk knows besides. */
export const columns: readonly Column[] = [...columnsOfAws, ...ownColumns];

function of({ present }: AccountView, kind: CredentialKind) {
  return present.filter((credential) => credential.kind === kind);
}

function isUnknown(view: AccountView, kind: CredentialKind): boolean {
  return view.unknown.some((read) => read.kind === kind);
}

function stateColumns(name: string, kind: CredentialKind): Column[] {
  const state = ({ row }: AccountView) => row.credentials?.[kind].state ?? unknown;
  const reason = ({ unknown: kinds }: AccountView) => kinds.find((read) => read.kind === kind)?.reason ?? '';
  return [
    [`${name}State`, state],
    [`${name}UnknownReason`, reason],
  ];
}

type SummaryCount = 'accessKeysPresent' | 'mfaEnabled' | 'passwordPresent';

/** 1, 0 or unknown: whichever reading saw something is believed; that nothing is there takes the list itself. */
function flag(view: AccountView, kind: CredentialKind, counted: SummaryCount): string {
  const summary: RootCredentials['summary'] = view.row.credentials?.summary ?? null;
  const count = summary?.state === 'present' ? (summary[counted] ?? 0) : 0;
  if (count > 0 || of(view, kind).length > 0) return '1';
  return isUnknown(view, kind) ? unknown : '0';
}

/** Several values in one cell are separated by blanks; none of them holds one. */
function list(
  credentials: ReturnType<typeof of>,
  text: (credential: ReturnType<typeof of>[number]) => string | null,
): string {
  return credentials.map((credential) => text(credential) ?? unknown).join(' ');
}

function ages(view: AccountView, kind: CredentialKind): string {
  return list(of(view, kind), ({ ageDays }) => (ageDays === null ? null : String(ageDays)));
}

/** In whole seconds, as IAM has it and AWS's script writes it. */
function timeOf(lastUsed: LastUse | null, never: string): string {
  if (lastUsed === null) return unknown;
  switch (lastUsed.state) {
    case 'present':
      return lastUsed.at.replace(/\.\d+Z$/, 'Z');
    case 'absent':
      return never;
    case 'unknown':
      return unknown;
    default: {
      const other: never = lastUsed;
      throw new TypeError(`no last use: ${JSON.stringify(other)}`);
    }
  }
}

function placeOf(lastUsed: LastUse | null): string {
  if (lastUsed?.state !== 'present') return timeOf(lastUsed, 'never');
  return [lastUsed.service ?? unknown, lastUsed.region ?? unknown].join('/');
}

function passwordUse(view: AccountView, never: string): string {
  if (isUnknown(view, 'password')) return unknown;
  const [password] = of(view, 'password');
  return password === undefined ? never : timeOf(password.lastUsed, never);
}

function passwordUseReason(view: AccountView): string {
  const use = of(view, 'password')[0]?.lastUsed;
  return use?.state === 'unknown' ? use.reason : '';
}

function named(credentials: readonly Credential[]): string {
  return credentials.map(describeCredential).join('; ');
}

function results(all: readonly CredentialResult[] | null, wanted: CredentialResult['result']): string {
  return (all ?? [])
    .filter(({ result }) => result === wanted)
    .map((credential) =>
      wanted === 'gone'
        ? describeCredential(credential)
        : `${describeCredential(credential)} (${credential.detail})`,
    )
    .join('; ');
}
