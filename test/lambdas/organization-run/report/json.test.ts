import { reportFiles } from '../../../../lambdas/organization-run/report/files.ts';
import type { RunReport } from '../../../../lambdas/organization-run/report/run-report.ts';
import { deletionReport, generatedReport, givenReport, givenRow, hostileReport } from './given.ts';

const jsonOf = (report: RunReport) =>
  reportFiles(report).find(({ name }) => name === 'report.json')?.body ?? '';

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

it.each([
  ['of an audit', generatedReport(40)],
  ['of a deletion', deletionReport(false)],
  ['of a rehearsal', deletionReport(true)],
  ['of hostile names', hostileReport()],
  ['without accounts', givenReport([])],
])('the report %s is what it was made of, with its version', (_, report) => {
  const rows = report.rows.toSorted((one, other) => (one.account.id < other.account.id ? -1 : 1));
  expect(JSON.parse(jsonOf(report))).toEqual({ ...report, rows, schemaVersion: 1 });
});

it('is one text, whatever order keys and accounts came in', () => {
  const report = generatedReport(40);
  const other = reversed({ ...report, rows: report.rows.toReversed() });
  expect(jsonOf(other as RunReport)).toBe(jsonOf(report));
});

it('has a line for each account', () => {
  const lines = jsonOf(givenReport([givenRow({ id: '1' }), givenRow({ id: '2' })]))
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[2]).toContain('"account":{"id":"2"');
});
