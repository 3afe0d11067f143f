import { canonicalJson } from '../../contract/canonical-json.ts';
import type { ChainHead, TrailDigest } from '../../contract/trail-digest.ts';
import { at, type Finding } from './findings.ts';
import type { Link } from './link.ts';

/** Chains by their request's id, each in the order of its sequence. */
export type Chains = ReadonlyMap<string, readonly Link[]>;

/** What does not fit the digests: cut off, rewritten, dropped or put in since; and digests that are not there. */
export function digestFindings(chains: Chains, digests: readonly TrailDigest[]): Finding[] {
  const sorted = [...digests].sort((a, b) => (a.day < b.day ? -1 : 1));
  return [
    ...sorted.flatMap((digest) => [
      ...digest.heads.flatMap((head) => headFinding(head, digest.day, chains) ?? []),
      ...unknownTo(digest, chains),
    ]),
    ...calendarFindings(sorted),
  ];
}

/** What is wrong with what a digest saw; null where it is still there. */
function headFinding({ hash, requestId, sequence }: ChainHead, day: string, chains: Chains): Finding | null {
  const found = (code: Finding['code'], words: string) => at(code, requestId, sequence, words);
  const saw = `the digest of ${day} has it`;
  const chain = chains.get(requestId);
  if (chain === undefined) return found('chain-missing', `is missing, and so is its whole chain: ${saw}`);
  const link = chain.find((one) => one.sequence === sequence);
  if (link === undefined) return found('head-missing', `is missing: ${saw}`);
  if (hash === null)
    return found('head-unread', `could not be read as an entry when the digest of ${day} was made`);
  // An entry that does not fit its own hash has its own finding.
  if (link.fault !== null || link.hash === hash) return null;
  return found(
    'head-differs',
    `has the hash ${link.hash}, and the digest of ${day} saw ${hash}: the chain was rewritten since`,
  );
}

/** Entries that bear a time of the digest's day and that it did not see: each chain's last of that day. */
function unknownTo({ day, from, heads, to }: TrailDigest, chains: Chains): Finding[] {
  const seen = new Map(heads.map(({ requestId, sequence }) => [requestId, sequence]));
  return [...chains].flatMap(([requestId, links]) => {
    const last = links.findLast((link) => link.at !== null && link.at >= from && link.at < to);
    if (last === undefined || last.sequence <= (seen.get(requestId) ?? 0)) return [];
    const words = `bears the time ${last.at}, and the digest of ${day} has not seen it: it was put in later`;
    return at('not-in-digest', requestId, last.sequence, words);
  });
}

/** Days without a digest between the first and the last, and days with two that differ. */
function calendarFindings(sorted: readonly TrailDigest[]): Finding[] {
  const ofDay = (code: Finding['code'], message: string): Finding => ({
    code,
    requestId: null,
    sequence: null,
    message,
  });
  return sorted.flatMap((digest, index) => {
    const next = sorted[index + 1];
    if (next === undefined) return [];
    if (next.day === digest.day)
      return canonicalJson(next) === canonicalJson(digest)
        ? []
        : ofDay('digest-twice', `there are two digests of ${digest.day}, and they differ`);
    return daysBetween(digest.day, next.day).map((day) =>
      ofDay('digest-missing', `there is no digest of ${day}, although there are some before and after it`),
    );
  });
}

function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  const day = new Date(first);
  for (day.setUTCDate(day.getUTCDate() + 1); day < new Date(last); day.setUTCDate(day.getUTCDate() + 1))
    days.push(day.toISOString().slice(0, 10));
  return days;
}
