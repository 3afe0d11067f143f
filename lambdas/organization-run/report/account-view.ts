import {
  type CredentialKind,
  credentialKinds,
  type LastUse,
  type RootCredentials,
  unknownIn,
} from '../../../contract/root-credentials.ts';
import { type AttentionLevel, attentionLevel } from './attention.ts';
import type { AccountRow, RunReport } from './run-report.ts';

/** A credential that was read as present, with what is known of it. */
export interface PresentCredential {
  readonly kind: CredentialKind;
  readonly id: string | null;
  /** As AWS calls it; null for kinds that have none. */
  readonly status: string | null;
  /** Whole days from its creation to the end of the run; null where AWS did not say. */
  readonly ageDays: number | null;
  /** Null for kinds whose use AWS does not remember. */
  readonly lastUsed: LastUse | null;
}

export interface UnknownKind {
  readonly kind: CredentialKind;
  readonly reason: string;
}

/** A row of the run with all that is derived from it, worked out once for all files. */
export interface AccountView {
  readonly row: AccountRow;
  readonly present: readonly PresentCredential[];
  /** Every kind where nothing was read, with its reason: nothing here is ever taken for absent. */
  readonly unknown: readonly UnknownKind[];
  readonly level: AttentionLevel;
}

/** The rows of a report as every file of it sees them, in the order of their account ids. */
export function accountViews({ rows, endedAt }: RunReport): AccountView[] {
  return rows
    .map((row) => {
      const present = row.credentials === null ? [] : presentIn(row.credentials, endedAt);
      const unknown = row.credentials === null ? nothingRead(row) : unknownIn(row.credentials);
      return { row, present, unknown, level: attentionLevel(row, present, endedAt) };
    })
    .sort(({ row: one }, { row: other }) => (one.account.id < other.account.id ? -1 : 1));
}

/** Whole days between two instants, never negative: clocks differ. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));
}

function presentIn(credentials: RootCredentials, endedAt: string): PresentCredential[] {
  const { accessKeys, signingCertificates, password, mfaDevices } = credentials;
  const age = (createdAt: string | null) => (createdAt === null ? null : daysBetween(createdAt, endedAt));
  const found: PresentCredential[] = [];
  if (accessKeys.state === 'present') {
    for (const { id, status, createdAt, lastUsed } of accessKeys.items) {
      found.push({ kind: 'accessKeys', id, status, ageDays: age(createdAt), lastUsed });
    }
  }
  if (signingCertificates.state === 'present') {
    for (const { id, status, createdAt } of signingCertificates.items) {
      found.push({ kind: 'signingCertificates', id, status, ageDays: age(createdAt), lastUsed: null });
    }
  }
  if (password.state === 'present') {
    const { createdAt, lastUsed } = password;
    found.push({ kind: 'password', id: null, status: null, ageDays: age(createdAt), lastUsed });
  }
  if (mfaDevices.state === 'present') {
    for (const { id, createdAt } of mfaDevices.items) {
      found.push({ kind: 'mfaDevices', id, status: null, ageDays: age(createdAt), lastUsed: null });
    }
  }
  return found;
}

function nothingRead({ leftOut, ending }: AccountRow): UnknownKind[] {
  const reason =
    leftOut !== null
      ? `left out: ${leftOut.detail}`
      : ending !== null
        ? `nothing was read: ${ending.summary}`
        : 'nothing was read';
  return credentialKinds.map((kind) => ({ kind, reason }));
}
