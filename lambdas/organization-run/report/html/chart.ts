import { type CredentialKind, credentialKinds } from '../../../../contract/root-credentials.ts';
import type { AccountView } from '../account-view.ts';
import { type Html, html } from './html.ts';
import { kindTitles } from './words.ts';

/** Bands of age, each up to so many days; the last is for what AWS gave no date of. */
const bands = [
  { title: 'over 3 years', below: Number.POSITIVE_INFINITY, from: 1096 },
  { title: '1 to 3 years', below: 1096, from: 365 },
  { title: '90 days to 1 year', below: 365, from: 90 },
  { title: 'under 90 days', below: 90, from: 0 },
] as const;
const bandTitles = [...bands.map(({ title }) => title), 'age unknown'];

interface KindCount {
  readonly kind: CredentialKind;
  /** Credentials by band, in the order of the titles. */
  readonly byBand: readonly number[];
  readonly total: number;
  /** Visited accounts in which nobody knows whether there is one. */
  readonly unknownIn: number;
}

/** What is there, by kind and by age. */
export function countByKind(views: readonly AccountView[]): KindCount[] {
  return credentialKinds.map((kind) => {
    const byBand = bandTitles.map(() => 0);
    let unknownIn = 0;
    for (const { row, present, unknown } of views) {
      for (const credential of present) {
        if (credential.kind !== kind) continue;
        const band = bandOf(credential.ageDays);
        byBand[band] = (byBand[band] ?? 0) + 1;
      }
      if (row.class !== 'left-out' && unknown.some((read) => read.kind === kind)) unknownIn += 1;
    }
    return { kind, byBand, total: byBand.reduce((sum, count) => sum + count, 0), unknownIn };
  });
}

function bandOf(ageDays: number | null): number {
  if (ageDays === null) return bands.length;
  return bands.findIndex(({ from }) => ageDays >= from);
}

/**
 * A bar for each kind, in one hue: bands differ by pattern, so that the chart can be read on paper and by whoever sees
 * no colours. The table below it says the same in numbers.
 */
export function chart(views: readonly AccountView[]): Html {
  const counts = countByKind(views);
  return html`<section aria-labelledby="chart-title">
<h2 id="chart-title">What is there, by kind and age</h2>
${bars(counts)}
<table class="numbers">
<caption class="visually-hidden">Credentials that are there, by kind and age</caption>
<thead><tr><th scope="col">Kind</th>${bandTitles.map(
    (title, band) => html`<th scope="col" class="number">${swatch(band)}${title}</th>`,
  )}<th scope="col" class="number">Total</th><th scope="col" class="number">Unknown in</th></tr></thead>
<tbody>${counts.map(
    ({ kind, byBand, total, unknownIn }) => html`
<tr><th scope="row">${kindTitles[kind]}</th>${byBand.map(
      (count, band) =>
        html`<td class="number${count === 0 ? ' none' : ''}" data-label="${bandTitles[band] ?? ''}">${count}</td>`,
    )}<td class="number total" data-label="Total">${total}</td><td class="number${
      unknownIn === 0 ? ' none' : ''
    }" data-label="Unknown in">${unknownIn}</td></tr>`,
  )}
</tbody></table>
<p class="note">Ages are counted from the day a credential was created to the end of the run. &ldquo;Unknown in&rdquo;
counts visited accounts in which nobody can say whether there is one.</p>
</section>`;
}

const rowHeight = 46;

function bars(counts: readonly KindCount[]): Html {
  const longest = Math.max(1, ...counts.map(({ total }) => total));
  const height = counts.length * rowHeight;
  const percent = (count: number) => `${((count / longest) * 100).toFixed(3)}%`;
  return html`<svg class="bars" role="img" aria-labelledby="bars-title" aria-describedby="bars-desc" width="100%" height="${String(height)}">
<title id="bars-title">Credentials by kind and age</title>
<desc id="bars-desc">${counts
    .map(
      ({ kind, total, byBand }) =>
        `${kindTitles[kind]}: ${total}${total === 0 ? '' : `, of them ${bandsInWords(byBand)}`}.`,
    )
    .join(' ')}</desc>
<defs>${patterns}</defs>${counts.map(
    ({ kind, byBand, total }, row) => html`
<text class="bar-name" x="0" y="${String(row * rowHeight + 14)}">${kindTitles[kind]}</text>
<text class="bar-total" x="100%" y="${String(row * rowHeight + 14)}" text-anchor="end">${total}</text>
<rect class="bar-ground" x="0" y="${String(row * rowHeight + 21)}" width="100%" height="14"/>${byBand.map(
      (count, band) => {
        const before = byBand.slice(0, band).reduce((sum, other) => sum + other, 0);
        return count === 0
          ? null
          : html`<rect class="bar" x="${percent(before)}" y="${String(row * rowHeight + 21)}" width="${percent(count)}" height="14" fill="url(#band-${band})"/>`;
      },
    )}`,
  )}
</svg>`;
}

function bandsInWords(byBand: readonly number[]): string {
  return byBand
    .flatMap((count, band) => (count === 0 ? [] : [`${count} ${bandTitles[band] ?? ''}`]))
    .join(', ');
}

/** From solid for the oldest to nearly empty for the newest; crossed where the age is unknown. */
const patterns = html`
<pattern id="band-0" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="ink" width="8" height="8"/></pattern>
<pattern id="band-1" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="4" height="4"/><rect class="ink" width="2.6" height="4"/></pattern>
<pattern id="band-2" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/><rect class="ink" width="1.5" height="6"/></pattern>
<pattern id="band-3" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="paper" width="6" height="6"/><circle class="ink" cx="3" cy="3" r="0.9"/></pattern>
<pattern id="band-4" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/><rect class="ink" width="1" height="6"/><rect class="ink" width="6" height="1"/></pattern>`;

function swatch(band: number): Html {
  return html`<svg class="swatch" width="16" height="12" aria-hidden="true"><rect class="bar" width="16" height="12" fill="url(#band-${band})"/></svg>`;
}
