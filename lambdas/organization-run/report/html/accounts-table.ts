import { type CredentialKind, credentialKinds } from '../../../../contract/root-credentials.ts';
import type { AccountView } from '../account-view.ts';
import type { RunReport } from '../run-report.ts';
import { accountName, kindCell, outcomeLines } from './account-cells.ts';
import { type Html, html, verbatim } from './html.ts';
import { classWords, counted, daysInWords, kindTitles } from './words.ts';

/**
 * Every account, most attention first. All rows are in the page: without a script it is a table that can be read,
 * searched and printed whole. The script takes them out and shows a hundred at a time, so that ten thousand stay quick.
 */
export function accountsTable(report: RunReport, views: readonly AccountView[]): Html {
  const { endedAt } = report;
  return html`<section id="accounts" aria-labelledby="accounts-title">
<h2 id="accounts-title">All accounts</h2>
${controls(report)}
<p class="count" id="count" role="status">${counted(views.length, 'account')}, most attention first.</p>
<table class="accounts${report.task === 'audit-root-credentials' ? '' : ' of-deletion'}" id="accounts-table" aria-describedby="count">
<thead><tr>${headings(report).map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody id="rows">${views.map((view) => accountRow(view, endedAt))}
</tbody></table>
<p class="paging" id="paging" hidden><button type="button" id="show-more">Show 100 more</button></p>
</section>`;
}

function headings({ task, dryRun }: RunReport): string[] {
  const outcome =
    task === 'audit-root-credentials' ? 'Notes' : dryRun ? 'What would go' : 'What became of it';
  return [
    'Account',
    'Class',
    ...credentialKinds.map((kind) => kindTitles[kind]),
    'Oldest',
    'Last used',
    outcome,
  ];
}

function accountRow(view: AccountView, endedAt: string): Html {
  const { row, present, unknown } = view;
  const kinds = new Set<string>(present.map(({ kind }) => kind));
  if (unknown.length > 0 && row.class !== 'left-out') kinds.add('unknown');
  const changed = row.appeared.length > 0 ? ['appeared'] : [];
  if (row.disappeared.length > 0) changed.push('gone');
  const { title } = classWords[row.class];
  return html`
<tr data-class="${row.class}" data-has="${[...kinds].join(' ')}" data-changed="${changed.join(' ')}"><th scope="row">${accountName(view)}</th><td><span class="badge badge-${row.class}"><span class="mark" aria-hidden="true"></span>${title}</span></td>${credentialKinds.map(
    (kind) => html`<td data-sort="${String(sortOfKind(view, kind))}">${kindCell(view, kind, endedAt)}</td>`,
  )}${oldestCell(view)}${lastUsedCell(view, endedAt)}${outcomeCell(view)}</tr>`;
}

function outcomeCell(view: AccountView): Html {
  const lines = outcomeLines(view);
  return lines.length === 0 ? nothing('') : html`<td>${lines}</td>`;
}

const nothing = (attributes: '' | ' data-sort=""') =>
  html`<td${verbatim(attributes)} class="empty"><span class="quiet">–</span></td>`;

/** More is more; what nobody knows stands between something and nothing, and what was not visited below nothing. */
function sortOfKind(view: AccountView, kind: CredentialKind): number {
  if (view.row.class === 'left-out') return -1;
  if (view.unknown.some((read) => read.kind === kind)) return 0.5;
  return view.present.filter((credential) => credential.kind === kind).length;
}

function oldestCell({ present }: AccountView): Html {
  const ages = present.flatMap(({ ageDays }) => (ageDays === null ? [] : [ageDays]));
  if (ages.length === 0)
    return present.length === 0
      ? nothing(' data-sort=""')
      : html`<td data-sort=""><strong class="is-unknown">unknown</strong></td>`;
  const oldest = Math.max(...ages);
  return html`<td data-sort="${String(oldest)}">${daysInWords(oldest)}</td>`;
}

/** Days since anything of this account was last used; a use that nobody knows makes the whole unknown. */
function lastUsedCell({ present }: AccountView, endedAt: string): Html {
  const uses = present.flatMap(({ lastUsed }) => (lastUsed === null ? [] : [lastUsed]));
  if (uses.length === 0) return nothing(' data-sort=""');
  const days = uses.flatMap((use) =>
    use.state === 'present' ? [Math.max(0, (Date.parse(endedAt) - Date.parse(use.at)) / 86_400_000)] : [],
  );
  const latest = Math.min(...days);
  if (uses.some(({ state }) => state === 'unknown'))
    return html`<td data-sort="0"><strong class="is-unknown">unknown</strong></td>`;
  if (days.length === 0) return html`<td data-sort="999999">never</td>`;
  return html`<td data-sort="${latest.toFixed(3)}">${daysInWords(Math.floor(latest))} ago</td>`;
}

/** Shown by the script only: without one they would do nothing. */
function controls({ previous }: RunReport): Html {
  const classes = Object.entries(classWords).map(
    ([value, { title }]) => html`<option value="${value}">${title}</option>`,
  );
  const kinds = credentialKinds.map((kind) => html`<option value="${kind}">${kindTitles[kind]}</option>`);
  return html`<form class="controls" id="controls" hidden>
<label class="grow">Find <input type="search" id="filter-text" placeholder="name, account id, key id, reason" autocomplete="off" spellcheck="false"></label>
<label>Class <select id="filter-class"><option value="">all classes</option>${classes}</select></label>
<label>Credential <select id="filter-has"><option value="">any or none</option>${kinds}<option value="unknown">something unknown</option></select></label>${
    previous === null
      ? null
      : html`
<label>Change <select id="filter-changed"><option value="">changed or not</option><option value="appeared">something new</option><option value="gone">something gone</option></select></label>`
  }
<button type="button" id="reset">Reset</button>
</form>`;
}
