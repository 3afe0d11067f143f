import {
  type Credential,
  credentialKinds,
  describeCredential,
  wordForKind,
} from '../../contract/root-credentials.ts';
import { shown } from '../../contract/shown.ts';
import type { PlannedAccount } from '../../contract/trail-entry.ts';
import type { AccountCounts } from '../../contract/trail-states.ts';
import type { AccountClass, AccountRow } from './report/run-report.ts';

/** As many names as a sentence takes; the report has them all. */
const accountsNamed = 10;
const credentialsNamed = 20;

/** The five counts, in words: "1 account is clean, 2 have credentials, 0 unknown, 3 left out, 1 failed". */
export function countsText({ clean, failed, leftOut, unknown, withCredentials }: AccountCounts): string {
  return `${clean} ${clean === 1 ? 'account' : 'accounts'} clean, ${withCredentials} with credentials, ${unknown} unknown, ${leftOut} left out, ${failed} failed`;
}

/** An account in a sentence: its name, and its id. */
function accountText({ id, name }: PlannedAccount): string {
  return name === '' ? id : `${shown(name, 60)} (${id})`;
}

/** The credentials that were not there in the run before, by name: "project-prod (156041421443): access key AKIA…". */
export function appearedText(rows: readonly AccountRow[]): string | null {
  const all = rows.flatMap(({ account, appeared }) =>
    appeared.map((credential) => ({ account, credential })),
  );
  if (all.length === 0) return null;
  const named = all
    .slice(0, credentialsNamed)
    .map(
      ({ account, credential }) => `${accountText(account)}: ${shown(describeCredential(credential), 300)}`,
    );
  return [...named, ...more(all.length - named.length)].join('; ');
}

const attention: Readonly<Record<AccountClass, string | null>> = {
  failed: 'failed',
  unknown: 'unknown',
  'with-credentials': 'with credentials',
  clean: null,
  'left-out': null,
};

/** The accounts to look at first: what failed, then what nobody knows, then what has credentials. */
export function attentionText(rows: readonly AccountRow[]): string | null {
  const inOrder = (['failed', 'unknown', 'with-credentials'] as const).flatMap((wanted) =>
    rows.filter((row) => row.class === wanted),
  );
  if (inOrder.length === 0) return null;
  const named = inOrder
    .slice(0, accountsNamed)
    .map((row) => `${accountText(row.account)} ${attention[row.class]}`);
  return [...named, ...more(inOrder.length - named.length)].join(', ');
}

/** How many of which kind: "3 access keys, 1 password". */
export function kindsText(credentials: readonly Credential[]): string {
  const counted = credentialKinds.map((kind) => ({
    kind,
    count: credentials.filter((credential) => credential.kind === kind).length,
  }));
  const there = counted.filter(({ count }) => count > 0);
  return there.length === 0
    ? 'no credentials'
    : there.map(({ count, kind }) => `${count} ${wordForKind(kind, count)}`).join(', ');
}

function more(left: number): string[] {
  return left > 0 ? [`and ${left} more`] : [];
}
