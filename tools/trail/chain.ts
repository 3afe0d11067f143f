import { at, type Finding } from './findings.ts';
import type { Link } from './link.ts';

/** An ending is the last entry of its chain. */
export function isEnding({ kind }: Link): boolean {
  return kind === 'ended' || kind === 'refused';
}

/** What is wrong with one chain, taken by itself; `links` in the order of their sequence. */
export function chainFindings(links: readonly Link[]): Finding[] {
  const findings: Finding[] = [];
  let previous: Link | null = null;
  for (const link of links) {
    const expected: number = (previous?.sequence ?? 0) + 1;
    if (link.sequence > expected) findings.push(missing(link, expected));
    const finding = linkFinding(link, previous, expected);
    if (finding !== null) findings.push(finding);
    if (link.sequence >= expected) previous = link;
  }
  return findings;
}

function missing({ requestId, sequence }: Link, expected: number): Finding {
  const upTo = sequence - 1 === expected ? '' : `, and all up to entry ${sequence - 1},`;
  return at('missing', requestId, expected, `is missing${upTo} although entry ${sequence} is there`);
}

/** The first thing that is wrong with a link; null where it fits. */
function linkFinding(link: Link, previous: Link | null, expected: number): Finding | null {
  const { fault, kind, requestId, sequence, words } = link;
  const found = (code: Finding['code'], what: string) => at(code, requestId, sequence, what);
  if (sequence < expected) return found('twice', 'is there twice: one of the two was put in');
  if (fault !== null) return found(fault, words);
  // Behind a gap there is nothing to compare with; the gap has its own finding.
  if (sequence === expected && !isBound(link, previous)) return found('not-bound', notBound(link, previous));
  if (previous !== null && isEnding(previous))
    return found('behind-an-ending', `stands behind entry ${previous.sequence}, which ended the request`);
  if ((kind === 'refused') !== requestId.startsWith('refused/'))
    return found('wrong-refusal', `is of kind ${kind}: refusals, and nothing else, are under refused/`);
  if (sequence === 1 && kind !== 'approved' && kind !== 'refused')
    return found('wrong-beginning', `is of kind ${kind}: a request begins with its approval`);
  if (sequence > 1 && (kind === 'approved' || kind === 'refused'))
    return found('wrong-beginning', `is of kind ${kind}, which only begins a chain`);
  return null;
}

function isBound({ previousHash }: Link, previous: Link | null): boolean {
  // What is no entry has no hash that could be compared; it has its own finding.
  if (previous !== null && previous.hash === null) return true;
  return previousHash === (previous?.hash ?? null);
}

function notBound({ previousHash }: Link, previous: Link | null): string {
  if (previous === null) return 'is bound to an entry before it, and there is none: entries were dropped';
  return `is not bound to entry ${previous.sequence}: it says that this had the hash ${previousHash}, and it has ${previous.hash}. Entry ${previous.sequence} was rewritten, or another one put in its place`;
}
