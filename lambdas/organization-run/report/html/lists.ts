import { type Credential, describeCredential } from '../../../../contract/root-credentials.ts';
import type { AccountView } from '../account-view.ts';
import { type AttentionLevel, attentionLevels, levelWords } from '../attention.ts';
import type { RunReport } from '../run-report.ts';
import { accountName, oneCredential } from './account-cells.ts';
import { type Content, type Html, html } from './html.ts';
import { counted, instantInWords, kindTitles } from './words.ts';

/** So many accounts are named at the top of the page; the table below holds all of them in the same order. */
const atTheTop = 20;
const changesAtMost = 100;
const noAttention: ReadonlySet<AttentionLevel> = new Set(['clean', 'left-out']);

/** The accounts to look at first, with the order explained. `views` stand in the order of attention. */
export function attentionFirst({ endedAt }: RunReport, views: readonly AccountView[]): Html {
  const needing = views.filter(({ level }) => !noAttention.has(level));
  if (needing.length === 0)
    return section(
      'attention',
      'Needs attention first',
      html`<p>No account: everything that was visited is clean.</p>`,
    );
  const shown = needing.slice(0, atTheTop);
  const rest = needing.length - shown.length;
  return section(
    'attention',
    'Needs attention first',
    html`<ol class="levels">${attentionLevels
      .filter((level) => !noAttention.has(level))
      .map((level) => {
        const count = needing.filter((view) => view.level === level).length;
        return html`<li class="${count === 0 ? 'none' : ''}"><strong>${levelWords[level].title}</strong> <span class="level-count">${count}</span><span class="more">${levelWords[level].why}</span></li>`;
      })}</ol>
<ol class="cards">${shown.map((view) => card(view, endedAt))}</ol>${
      rest > 0
        ? html`<p class="note">${counted(rest, 'more account')} in the <a href="#accounts">table</a>, in the same order.</p>`
        : null
    }`,
  );
}

function card(view: AccountView, endedAt: string): Html {
  const { row, present, unknown, level } = view;
  const nothing = row.credentials === null && row.ending !== null;
  const unread = nothing
    ? html`<li class="whole">${row.ending?.summary ?? ''}</li>`
    : unknown.map(
        ({ kind, reason }) =>
          html`<li class="whole"><strong class="is-unknown">${kindTitles[kind]} unknown</strong> <span class="more">${reason}</span></li>`,
      );
  return html`
<li class="card"><div class="card-head">${accountName(view)}<span class="level">${levelWords[level].title}</span></div>
<ul>${present.map(
    (credential) => html`<li>${kindTitleOf(credential)}${oneCredential(credential, endedAt)}</li>`,
  )}${unread}</ul></li>`;
}

const kindTitleOf = ({ kind }: { readonly kind: keyof typeof kindTitles }): Content => {
  const words = {
    accessKeys: 'Key',
    signingCertificates: 'Certificate',
    password: 'Password',
    mfaDevices: 'MFA',
  };
  return html`<span class="kind">${words[kind]}</span>`;
};

/** What changed since the run before, by account. */
export function changes({ previous, task }: RunReport, views: readonly AccountView[]): Html | null {
  const title = 'Since the previous run';
  if (previous === null && task === 'delete-root-credentials') return null;
  if (previous === null)
    return section('changes', title, html`<p>No run before this one: there is nothing to compare with.</p>`);
  const changed = views.filter(({ row }) => row.appeared.length + row.disappeared.length > 0);
  const appeared = changed.reduce((sum, { row }) => sum + row.appeared.length, 0);
  const gone = changed.reduce((sum, { row }) => sum + row.disappeared.length, 0);
  const rest = changed.length - changesAtMost;
  return section(
    'changes',
    title,
    html`<p class="lead"><strong>${counted(appeared, 'credential')} new</strong>, <strong>${gone} gone</strong>,
compared with the run that ended <time datetime="${previous.endedAt}">${instantInWords(previous.endedAt)}</time>.
<span class="quiet">Request <code>${previous.requestId}</code></span></p>
<ul class="changes">${changed.slice(0, changesAtMost).map(
      (view) => html`
<li><div>${accountName(view)}</div><ul>${changeLines('new', view.row.appeared)}${changeLines('gone', view.row.disappeared)}</ul></li>`,
    )}</ul>${rest > 0 ? html`<p class="note">Changes in ${counted(rest, 'more account')} are in the <a href="#accounts">table</a>.</p>` : null}`,
  );
}

function changeLines(word: 'new' | 'gone', credentials: readonly Credential[]): Content {
  const sign = word === 'new' ? '+' : '−';
  return credentials.map(
    (credential) =>
      html`<li class="is-${word}"><span class="sign" aria-hidden="true">${sign}</span><strong>${word}</strong> ${describeCredential(credential)}</li>`,
  );
}

function section(id: string, title: string, content: Content): Html {
  return html`<section aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${content}
</section>`;
}
