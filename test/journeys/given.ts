import type { EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import type { Answer } from '../../sandbox/scenario/answer.ts';

/** The endings in the trail, in the order in which they were written. */
export function endings(answer: Answer): (EndedEntry | RefusedEntry)[] {
  return answer.trail.filter(({ kind }) => kind === 'ended' || kind === 'refused') as unknown as (
    | EndedEntry
    | RefusedEntry
  )[];
}

/** How often an operation was carried out: calls that were refused or broken off do not count. */
export function callsOf(answer: Answer, service: string, operation: string): number {
  return answer.calls.filter(
    (call) => call.service === service && call.operation === operation && call.error === null,
  ).length;
}

/** Nobody opened a session, and root touched nothing. */
export function expectNothingOpened(answer: Answer): void {
  expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(0);
  expect(answer.calls.filter(({ principal }) => principal.endsWith(':root'))).toEqual([]);
}

/** Each ending was told to on-call and to the bus, once. */
export function expectToldOnce(answer: Answer): void {
  const told = endings(answer).length;
  expect(answer.notifications).toHaveLength(told);
  expect(answer.outcomes).toHaveLength(told);
}
