import { canonicalJson } from '../../../contract/canonical-json.ts';
import type { AccountView } from './account-view.ts';
import type { RunReport } from './run-report.ts';

/** Raised when a field of `report.json` changes its meaning or goes away; a field that is new does not raise it. */
export const schemaVersion = 1;

/**
 * `report.json`: the report as it is, keys sorted, one account a line, so that two reports can be compared line by line
 * and one can be searched without a parser.
 */
export function reportJson({ rows: _, ...run }: RunReport, views: readonly AccountView[]): string {
  const head = canonicalJson({ ...run, schemaVersion }).slice(0, -1);
  const lines = views.map(({ row }) => canonicalJson(row));
  return `${head},"rows":[\n${lines.join(',\n')}\n]}\n`;
}
