import type { AccountClass, RunReport } from '../run-report.ts';
import { type Content, grouped, type Html, html } from './html.ts';
import { classWords, counted, instantInWords, taskInWords } from './words.ts';

/** The head of the page: what ran, when, for which ticket, and what it came to in one sentence. */
export function masthead(report: RunReport): Html {
  const { ticket, target, startedAt, endedAt, requestId } = report;
  return html`<header class="masthead">
<p class="kicker">rootdesk <span aria-hidden="true">/</span> Organization run</p>
<h1>${taskInWords(report)}</h1>
<p class="verdict">${verdict(report)}</p>
<dl class="facts">
<div><dt>Ticket</dt><dd>${ticketLink(ticket)}</dd></div>
<div><dt>Ended</dt><dd><time datetime="${endedAt}">${instantInWords(endedAt)}</time></dd></div>
<div><dt>Started</dt><dd><time datetime="${startedAt}">${instantInWords(startedAt)}</time></dd></div>
<div><dt>Target</dt><dd>${target}</dd></div>
<div class="wide"><dt>Request</dt><dd><code>${requestId}</code></dd></div>
</dl>
</header>`;
}

/** Links are made of https only: the address comes with the ticket. */
function ticketLink({ system, id, url }: RunReport['ticket']): Content {
  const name = html`<bdi>${id}</bdi> <span class="quiet">in ${system}</span>`;
  return /^https:\/\//i.test(url) ? html`<a href="${url}" rel="noopener noreferrer">${name}</a>` : name;
}

/** What the run came to. What nobody knows is told in the same breath as what was found. */
function verdict(report: RunReport): string {
  const { withCredentials, unknown, failed } = report.counts;
  const of = `of ${counted(report.rows.length, 'account')}`;
  const found =
    withCredentials === 0
      ? `Root credentials were found in none ${of}.`
      : `Root credentials are in ${grouped(withCredentials)} ${of}.`;
  const untold = [
    ...(unknown > 0 ? [`${grouped(unknown)} could not be read in full`] : []),
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
  ];
  return [...deeds(report), found, ...(untold.length === 0 ? [] : [`${untold.join(', and ')}.`])].join(' ');
}

/** Of a deletion and its rehearsal: how many credentials went, or would. */
function deeds({ task, dryRun, rows }: RunReport): string[] {
  if (task === 'audit-root-credentials') return [];
  const credentials = rows.flatMap((row) =>
    dryRun ? (row.plan?.remove ?? []) : (row.results ?? []).filter(({ result }) => result === 'gone'),
  );
  const count = counted(credentials.length, 'credential');
  if (dryRun) return [`${count} would go; nothing was changed.`];
  return [`${count} ${credentials.length === 1 ? 'is' : 'are'} gone.`];
}

/** The five classes: every account is in exactly one. */
export function tiles({ counts, rows }: RunReport): Html {
  const of: readonly (readonly [AccountClass, number])[] = [
    ['with-credentials', counts.withCredentials],
    ['unknown', counts.unknown],
    ['failed', counts.failed],
    ['clean', counts.clean],
    ['left-out', counts.leftOut],
  ];
  return html`<section aria-labelledby="totals-title">
<h2 id="totals-title" class="visually-hidden">Totals</h2>
<ul class="tiles">${of.map(
    ([name, count]) => html`
<li><a class="tile tile-${name}${count === 0 ? ' none' : ''}" href="#accounts" data-class="${name}">
<span class="tile-title"><span class="mark" aria-hidden="true"></span>${classWords[name].title}</span>
<span class="tile-count">${count}</span>
<span class="tile-meaning">${classWords[name].meaning}</span></a></li>`,
  )}
</ul>
<p class="note">${counted(rows.length, 'account')} in all; each is in exactly one class.
<strong>Unknown</strong> means that AWS gave no answer that can be relied on: a call was denied, throttled or failed.
It does not mean that nothing is there. Treat what is unknown as present until it was read.</p>
</section>`;
}
