import { visible, visibleJson } from '../../contract/shown.ts';
import type { Report } from './verify.ts';

/** A report in sentences. Each is one line, whatever somebody wrote into the keys and names that it tells of. */
export function wordsFor({ chains, digests, entries, findings, open, whole }: Report): string {
  const [first] = findings;
  return [
    ...findings.map(({ code, message }) => `bad: ${message} [${code}]`),
    first === undefined
      ? `whole: ${counted(entries, 'entry', 'entries')} in ${counted(chains, 'chain', 'chains')}`
      : `not whole: ${counted(findings.length, 'finding', 'findings')} in ${counted(entries, 'entry', 'entries')} of ${counted(chains, 'chain', 'chains')}. The first: ${first.message}`,
    digests === null
      ? 'digests: none were given. Without them nobody can see that the end of a chain was cut off, or that a chain was dropped or rewritten whole.'
      : `digests: ${counted(digests.days, 'day', 'days')}, from ${digests.first} to ${digests.last}${whole ? ', and every chain is as they saw it' : ''}. What is newer was checked for itself only.`,
    ...open.map(
      ({ at, requestId, sequence }) =>
        `open: ${requestId} has no ending; its last entry is ${sequence}, of ${at}`,
    ),
  ]
    .map(visible)
    .join('\n');
}

/** A report as JSON. No character that cannot be seen is in it as it is: it may be printed on a terminal. */
export function jsonFor(report: Report): string {
  return visibleJson(JSON.stringify(report, null, 2));
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
