import { wrongIn } from '../../../bench/organization/truth.ts';
import { canonicalJson, sha256 } from '../../../contract/canonical-json.ts';
import { unknownIn } from '../../../contract/root-credentials.ts';
import { entryHash } from '../../../contract/trail-entry.ts';
import type { AccountClass } from '../../../lambdas/organization-run/report/run-report.ts';
import type { Organization } from '../../../sandbox/parts.ts';
import type { RunTold } from './run-told.ts';

const counted: Readonly<Record<AccountClass, string>> = {
  clean: 'clean',
  'with-credentials': 'withCredentials',
  unknown: 'unknown',
  'left-out': 'leftOut',
  failed: 'failed',
};

/** The accounts of each class, in order. */
export function classesOf({ rows }: RunTold): Partial<Record<AccountClass, string[]>> {
  const groups = Map.groupBy(rows.values(), (row) => row.class);
  return Object.fromEntries(
    [...groups].map(([name, of]) => [name, of.map(({ account }) => account.id).sort()]),
  );
}

/**
 * One run, one ending that is told once, each account in exactly one class, and trail, counts, CSV, JSON and page
 * telling the same.
 */
export function expectAddsUp(told: RunTold, organization: Pick<Organization, 'accounts'>): void {
  const { accounts, csv, ending, files, html, outcome, plan, report, rows } = told;
  expect(told.entries.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  expectToldOnce(told);
  const everyId = organization.accounts.map(({ id }) => id).sort();
  const planned = plan.flatMap((part) => part.accounts.map(({ id }) => id));
  const leftOut = plan.flatMap((part) => part.leftOut.map(({ id }) => id));
  expect([...planned, ...leftOut].sort()).toEqual(everyId);
  expect(report?.rows.map(({ account }) => account.id).sort()).toEqual(everyId);
  const counts = { clean: 0, withCredentials: 0, unknown: 0, leftOut: 0, failed: 0 };
  for (const row of rows.values()) counts[counted[row.class] as keyof typeof counts] += 1;
  expect(outcome?.counts).toEqual(counts);
  expect(report?.counts).toEqual(counts);
  // Nobody is asked to believe the files: the trail has their hashes, and what each account's chain says is in them.
  for (const { key, body } of files) {
    expect(outcome?.report.sha256[key.split('/').at(-1) ?? '']).toBe(sha256(body));
  }
  expect(files).toHaveLength(3);
  expectSameInTrail(told);
  const byId = new Map(csv.map((line) => [line.AccountId, line]));
  expect([...byId.keys()].sort()).toEqual(everyId);
  for (const { account, class: name, ending: ended, leftOut: why } of rows.values()) {
    expect(byId.get(account.id)).toMatchObject({
      Class: name,
      Ending: ended?.ending ?? '',
      Code: ended?.code ?? '',
      EndedAt: ended?.at ?? '',
      LeftOutReason: why?.reason ?? '',
      LeftOutDetail: why?.detail ?? '',
    });
    expect(html).toContain(account.id);
  }
  expect([...accounts.keys()].sort()).toEqual(
    planned.filter((id) => rows.get(id)?.ending?.code !== 'never-begun').sort(),
  );
  expect(ending?.session).toBeNull();
  for (const id of leftOut) expect(rows.get(id)?.leftOut?.detail).not.toBe('');
}

/** One message and one event, which carry the hash of the run's ending; none for an account. */
export function expectToldOnce({ ending, notifications, outcomes, requestId }: RunTold): void {
  expect(notifications).toMatchObject([{ message: expect.stringContaining(String(ending?.hash)) }]);
  expect(outcomes).toMatchObject([{ requestId, entryHash: ending?.hash }]);
}

/** Every chain is whole, with one ending; what a row says is what the account's own chain says. */
function expectSameInTrail({ accounts, entries, rows }: RunTold): void {
  for (const chain of [entries, ...accounts.values()]) {
    chain.forEach((entry, index) => {
      if (entry.hash !== entryHash(entry)) throw new Error(`${entry.requestId} does not cover itself`);
      expect(entry.previousHash).toBe(chain[index - 1]?.hash ?? null);
    });
  }
  for (const [id, chain] of accounts) {
    const ended = chain.filter((entry) => entry.kind === 'ended');
    expect(ended).toHaveLength(1);
    const [{ after, at, code } = {}] = ended;
    const row = rows.get(id);
    expect(row?.ending).toMatchObject({ code, at });
    const read = after && 'credentials' in after && 'sha256' in after ? after.credentials : null;
    expect(canonicalJson(row?.credentials)).toBe(canonicalJson(read));
  }
}

/**
 * Account by account against what is really there: present only where it is, absent only where it is not, and clean
 * only where nothing is. Gives how many kinds nobody could read.
 */
export function expectTrue({ rows }: RunTold, organization: Pick<Organization, 'accounts'>): number {
  expect(wrongIn(rows.values(), organization)).toEqual([]);
  const read = [...rows.values()].flatMap(({ credentials }) => credentials ?? []);
  return read.reduce((sum, credentials) => sum + unknownIn(credentials).length, 0);
}
