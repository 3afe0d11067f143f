import { createHash } from 'node:crypto';
import type { AccountView } from '../account-view.ts';
import { byAttention } from '../attention.ts';
import type { RunReport } from '../run-report.ts';
import { accountsTable } from './accounts-table.ts';
import { chart } from './chart.ts';
import { deletion } from './deletion.ts';
import { html, verbatim } from './html.ts';
import { attentionFirst, changes } from './lists.ts';
import { script } from './script.ts';
import { styles } from './styles.ts';
import { masthead, tiles } from './summary.ts';
import { instantInWords, taskInWords } from './words.ts';

/** Nothing is loaded, nothing runs and nothing is styled but the two texts of this page, known by their hashes. */
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(styles)}`,
  `script-src ${hashOf(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** `report.html`: one page that asks nothing of anybody. It works without its script, which adds filters and sorting. */
export function reportHtml(report: RunReport, views: readonly AccountView[]): string {
  const ordered = byAttention(views);
  const title = `Organization run: ${taskInWords(report)}, ${instantInWords(report.endedAt)}, ${report.ticket.id}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${verbatim(styles)}</style>
<script>${verbatim(script)}</script>
</head>
<body>
<a class="skip" href="#accounts">To all accounts</a>
<main>
${masthead(report)}
${tiles(report)}
${deletion(report, ordered)}
${attentionFirst(report, ordered)}
${changes(report, ordered)}
${chart(ordered)}
${accountsTable(report, ordered)}
</main>
<footer><p>The same is in <code>report.csv</code> and <code>report.json</code> beside this page. Every account that was
visited has a request of its own in the audit trail.</p></footer>
</body>
</html>
`.text;
}
