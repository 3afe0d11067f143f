import { type CredentialKind, describeCredential } from '../../../../contract/root-credentials.ts';
import type { AccountView, PresentCredential } from '../account-view.ts';
import { type Content, type Html, html } from './html.ts';
import { ageInWords, counted, resultWords, useInWords } from './words.ts';

/** An account's name and id. The name is whatever somebody in that account chose: it stands by itself. */
export function accountName({ row }: AccountView): Html {
  return html`<bdi class="name">${row.account.name}</bdi><code class="id">${row.account.id}</code>`;
}

/** What is there of a kind, or that nothing is, or that nobody knows and why. */
export function kindCell(view: AccountView, kind: CredentialKind, endedAt: string): Content {
  if (view.row.class === 'left-out') return html`<span class="quiet">not visited</span>`;
  const read = view.unknown.find((unknown) => unknown.kind === kind);
  if (read !== undefined) {
    // Where nothing was read at all, the reason is that of the visit and stands once, in the last column.
    const reason = view.row.credentials === null ? null : html` <span class="reason">${read.reason}</span>`;
    return html`<strong class="is-unknown">unknown</strong>${reason}`;
  }
  const present = view.present.filter((credential) => credential.kind === kind);
  if (present.length === 0) return html`<span class="quiet">none</span>`;
  if (kind === 'signingCertificates' || kind === 'mfaDevices') {
    const oldest = Math.max(...present.map(({ ageDays }) => ageDays ?? -1));
    const age = oldest < 0 ? null : oldest;
    return html`<strong>${counted(present.length, shortWord(kind))}</strong> <span class="more">${
      present.length > 1 ? 'oldest ' : ''
    }${ageInWords(age)}</span>`;
  }
  return present.map((credential) => oneCredential(credential, endedAt));
}

const shortWord = (kind: 'signingCertificates' | 'mfaDevices') =>
  kind === 'mfaDevices' ? 'device' : 'certificate';

/** One credential with its state, age and last use. */
export function oneCredential(credential: PresentCredential, endedAt: string): Html {
  const { id, status, ageDays, lastUsed } = credential;
  const details = [
    ...(status === null ? [] : [status.toLowerCase()]),
    ageInWords(ageDays),
    ...(lastUsed === null ? [] : [useInWords(lastUsed, endedAt)]),
  ];
  const name = id === null ? html`<strong>present</strong>` : html`<code>${id}</code>`;
  return html`<span class="credential">${name} <span class="more">${details.join(', ')}</span></span>`;
}

/** The last column: why it was left out or failed, what became of each credential or would, and what changed. */
export function outcomeLines({ row }: AccountView): Content[] {
  const parts: Content[] = [];
  if (row.leftOut !== null) parts.push(html`<span class="line">${row.leftOut.detail}</span>`);
  if (row.class === 'failed' || row.credentials === null) {
    if (row.ending !== null) {
      parts.push(
        html`<span class="line">${row.ending.summary} <code class="code">${row.ending.code}</code></span>`,
      );
    }
  }
  for (const result of row.results ?? []) {
    const { title } = resultWords[result.result];
    parts.push(
      html`<span class="line result-${result.result}"><strong>${title}</strong> ${describeCredential(result)}${
        result.result === 'gone' ? null : html` <span class="more">${result.detail}</span>`
      }</span>`,
    );
  }
  if (row.plan !== null) {
    for (const credential of row.plan.remove)
      parts.push(html`<span class="line"><strong>would go</strong> ${describeCredential(credential)}</span>`);
    for (const kept of row.plan.keep)
      parts.push(
        html`<span class="line"><strong>would stay</strong> ${describeCredential(kept)} <span class="more">${kept.detail}</span></span>`,
      );
  }
  for (const credential of row.appeared)
    parts.push(html`<span class="line change"><strong>new</strong> ${describeCredential(credential)}</span>`);
  for (const credential of row.disappeared)
    parts.push(
      html`<span class="line change"><strong>gone since</strong> ${describeCredential(credential)}</span>`,
    );
  return parts;
}
