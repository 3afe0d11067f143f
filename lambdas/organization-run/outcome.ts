import type { AccountCounts, RunOutcome } from '../../contract/trail-states.ts';
import type { AccountClass, AccountRow } from './report/run-report.ts';

const countOf: Readonly<Record<AccountClass, keyof AccountCounts>> = {
  clean: 'clean',
  'with-credentials': 'withCredentials',
  unknown: 'unknown',
  'left-out': 'leftOut',
  failed: 'failed',
};

/** How many accounts are in which class. Throws where an account is there twice: then the counts would not add up. */
export function countsOf(rows: readonly AccountRow[]): AccountCounts {
  const ids = new Set(rows.map(({ account }) => account.id));
  if (ids.size !== rows.length)
    throw new Error(`${rows.length - ids.size} accounts are in the plan more than once`);
  const counts = { clean: 0, withCredentials: 0, unknown: 0, leftOut: 0, failed: 0 };
  for (const row of rows) counts[countOf[row.class]] += 1;
  return counts;
}

type CredentialCounts = NonNullable<RunOutcome['credentials']>;

/** Credentials over all accounts, by what became of them, or by what would: of a deletion. */
export function credentialCountsOf(rows: readonly AccountRow[]): CredentialCounts {
  const counts: CredentialCounts = {};
  const add = (result: keyof CredentialCounts, more = 1) => {
    counts[result] = (counts[result] ?? 0) + more;
  };
  for (const { plan, results } of rows) {
    for (const { result } of results ?? []) add(result);
    if (plan !== null && results === null) {
      add('would-go', plan.remove.length);
      add('kept', plan.keep.length);
    }
  }
  return counts;
}
