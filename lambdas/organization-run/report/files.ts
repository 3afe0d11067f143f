import { accountViews } from './account-view.ts';
import { reportCsv } from './csv/report-csv.ts';
import { reportHtml } from './html/report-html.ts';
import { reportJson } from './json.ts';
import type { ReportFile, RunReport } from './run-report.ts';

/**
 * The files of a run's report: `report.csv` for a spreadsheet, `report.json` for a program, `report.html` for a person.
 * Pure: ages are counted to the end of the run. Time and memory grow linearly with the accounts.
 */
export function reportFiles(report: RunReport): ReportFile[] {
  const views = accountViews(report);
  return [
    { name: 'report.csv', contentType: 'text/csv; charset=utf-8; header=present', body: reportCsv(views) },
    { name: 'report.json', contentType: 'application/json', body: reportJson(report, views) },
    { name: 'report.html', contentType: 'text/html; charset=utf-8', body: reportHtml(report, views) },
  ];
}
