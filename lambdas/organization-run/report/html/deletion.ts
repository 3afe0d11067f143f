import { type CredentialKind, credentialKinds } from '../../../../contract/root-credentials.ts';
import { credentialResults } from '../../../../contract/trail-states.ts';
import type { AccountView } from '../account-view.ts';
import type { RunReport } from '../run-report.ts';
import { type Html, html } from './html.ts';
import { kindTitles, resultWords } from './words.ts';

interface Outcome {
  readonly title: string;
  readonly meaning: string;
  readonly of: (view: AccountView) => readonly { readonly kind: CredentialKind }[];
}

const done: readonly Outcome[] = credentialResults.map((result) => ({
  ...resultWords[result],
  of: ({ row }) => (row.results ?? []).filter((one) => one.result === result),
}));

const rehearsed: readonly Outcome[] = [
  { title: 'would go', meaning: 'named account by account below', of: ({ row }) => row.plan?.remove ?? [] },
  { title: 'would stay', meaning: 'kept, with the reason', of: ({ row }) => row.plan?.keep ?? [] },
];

/** Of a deletion: how many credentials of each kind came to what. Null for an audit, which changes nothing. */
export function deletion({ task, dryRun }: RunReport, views: readonly AccountView[]): Html | null {
  if (task === 'audit-root-credentials') return null;
  const outcomes = dryRun ? rehearsed : done;
  const title = dryRun ? 'What would go' : 'What became of each credential';
  const note = dryRun
    ? 'Nothing was changed. Each credential that would go is named with its account in the table of all accounts.'
    : 'Each credential is named with its account in the table of all accounts.';
  return html`<section aria-labelledby="deletion-title"><h2 id="deletion-title">${title}</h2>
<table class="numbers"><caption class="visually-hidden">${title}, by kind</caption>
<thead><tr><th scope="col">Result</th>${credentialKinds.map(
    (kind) => html`<th scope="col" class="number">${kindTitles[kind]}</th>`,
  )}<th scope="col" class="number">Total</th></tr></thead>
<tbody>${outcomes.map((outcome) => resultRow(outcome, views))}
</tbody></table>
<p class="note">${note}</p>
</section>`;
}

function resultRow({ title, meaning, of }: Outcome, views: readonly AccountView[]): Html {
  const counts = new Map<CredentialKind, number>();
  let total = 0;
  for (const view of views) {
    for (const { kind } of of(view)) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      total += 1;
    }
  }
  return html`
<tr><th scope="row">${title} <span class="more">${meaning}</span></th>${credentialKinds.map((kind) => {
    const count = counts.get(kind) ?? 0;
    return html`<td class="number${count === 0 ? ' none' : ''}" data-label="${kindTitles[kind]}">${count}</td>`;
  })}<td class="number total" data-label="Total">${total}</td></tr>`;
}
