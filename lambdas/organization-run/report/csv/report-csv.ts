import { stringify } from 'csv-stringify/sync';
import type { AccountView } from '../account-view.ts';
import { columns } from './columns.ts';
import { formulaSafe } from './formula-safe.ts';

/**
 * `report.csv`: RFC 4180, UTF-8 without a byte order mark, one line an account in the order of their ids. Every text is
 * quoted, and none of them is a formula to a spreadsheet, so a text that looks like one differs from `report.json`
 * by an apostrophe.
 */
export function reportCsv(views: readonly AccountView[]): string {
  const header = columns.map(([name]) => name);
  const records = views.map((view) => columns.map(([, text]) => formulaSafe(text(view))));
  return stringify([header, ...records], {
    record_delimiter: '\r\n',
    quoted_string: true,
    // It knows the first character only; formulaSafe goes before it.
    escape_formulas: true,
  });
}
