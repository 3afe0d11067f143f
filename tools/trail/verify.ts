import type { TrailDigest } from '../../contract/trail-digest.ts';
import { chainFindings, isEnding } from './chain.ts';
import { type Chains, digestFindings } from './digests.ts';
import type { Finding } from './findings.ts';
import type { Link, Stray } from './link.ts';

/** What a trail came to. */
export interface Report {
  /** Nothing is wrong with what was given. Without digests that says nothing of what was cut off. */
  readonly whole: boolean;
  readonly entries: number;
  readonly chains: number;
  /** What is wrong: by the chains in the order of time, then by the digests. The first names the first bad entry. */
  readonly findings: readonly Finding[];
  /** Requests without an ending: under way, or cut off at the end. */
  readonly open: readonly {
    readonly requestId: string;
    readonly sequence: number;
    readonly at: string | null;
  }[];
  /** The days that the digests cover; null where none were given. */
  readonly digests: { readonly first: string; readonly last: string; readonly days: number } | null;
}

/** Checks a trail, in whatever order its entries come. Reads and writes nothing. */
export function verify(items: readonly (Link | Stray)[], digests: readonly TrailDigest[]): Report {
  const chains = chainsOf(items);
  const findings = [
    ...items.flatMap((item) => ('place' in item ? strayFinding(item) : [])),
    ...[...chains.values()].flatMap(chainFindings),
    ...digestFindings(chains, digests),
  ];
  const days = [...new Set(digests.map(({ day }) => day))].sort();
  const [first] = days;
  const last = days.at(-1);
  return {
    whole: findings.length === 0,
    entries: items.length,
    chains: chains.size,
    findings,
    open: openOf(chains),
    digests: first === undefined || last === undefined ? null : { first, last, days: days.length },
  };
}

function strayFinding({ place, words }: Stray): Finding {
  return { code: 'not-an-entry', requestId: null, sequence: null, message: `${place} ${words}` };
}

/** Chains in the order of the time at which they begin. */
function chainsOf(items: readonly (Link | Stray)[]): Chains {
  const links = items.flatMap((item) => ('place' in item ? [] : item));
  const chains = [...Map.groupBy(links, ({ requestId }) => requestId)].map(
    ([requestId, chain]) => [requestId, chain.sort((a, b) => a.sequence - b.sequence)] as const,
  );
  const keyOf = ([requestId, [first]]: (typeof chains)[number]) => `${first?.at ?? ''} ${requestId}`;
  return new Map(chains.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));
}

function openOf(chains: Chains): Report['open'] {
  return [...chains].flatMap(([requestId, links]) => {
    const last = links.at(-1);
    return last === undefined || links.some(isEnding)
      ? []
      : { requestId, sequence: last.sequence, at: last.at };
  });
}
