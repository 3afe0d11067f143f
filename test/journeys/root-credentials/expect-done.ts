import type { Answer } from '../../../sandbox/scenario/answer.ts';
import { expectIntactChains } from '../faults/expect-right.ts';
import { endings } from '../given.ts';
import type { Fault } from '../scenes/scene.ts';
import type { Part } from './parts.ts';
import type { Played } from './theatre.ts';

const kindsOf = ({ trail }: Answer) => trail.map(({ kind }) => kind);

/** How often each change was carried out: a fault after the call hides its answer, not its effect. */
function changesDone({ calls }: Answer, names: readonly string[], faults: readonly Fault[]) {
  const done = names.map((name) => {
    const hidden = faults
      .filter(({ operation, when }) => operation === name && when === 'after')
      .flatMap(({ skip = 0, times = 1 }) => Array.from({ length: times }, (_, index) => skip + index));
    const own = calls.filter(({ operation }) => operation === name);
    return [name, own.filter(({ error }, index) => error === null || hidden.includes(index)).length];
  });
  return Object.fromEntries(done);
}

/** Each attempt is declared, from a session of its own, before anything is changed; the approval before any session. */
function expectDeclared({ calls, trail }: Answer, changes: readonly string[]): void {
  const attempts = trail.filter(({ kind }) => kind === 'acting');
  expect(attempts.map(({ attempt }) => attempt)).toEqual(attempts.map((_, index) => index + 1));
  const sessions = attempts.map(({ session }) => Reflect.get(Object(session), 'accessKeyId'));
  expect(new Set(sessions).size).toBe(attempts.length);
  for (const { at } of calls.filter(({ operation }) => changes.includes(operation)))
    expect(attempts.some((attempt) => attempt.at <= at)).toBe(true);
  const [approved] = trail.filter(({ kind }) => kind === 'approved');
  for (const { at } of calls.filter(({ operation }) => operation === 'AssumeRoot'))
    expect(approved?.at.localeCompare(at)).toBeLessThanOrEqual(0);
}

/** Whatever happened on the way: done, once, what is newer untouched, written down, and told once. */
export function expectDoneOnce(answer: Played, part: Part, faults: readonly Fault[] = []): void {
  const changes = Object.keys(part.changes);
  expect(answer.user).toEqual(part.userAfter(answer.ticket.accountId));
  expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: part.code, task: part.task }]);
  expect([...new Set(kindsOf(answer))]).toEqual(part.kinds);
  expect(kindsOf(answer).filter((kind) => kind === 'approved')).toHaveLength(1);
  expectIntactChains(answer);
  expectDeclared(answer, changes);
  // A second change of something that is gone already is none: what IAM had done is counted where it was done.
  expect(changesDone(answer, changes, faults)).toEqual(part.changes);
  expect(answer.notifications).toHaveLength(1);
  expect(answer.outcomes).toMatchObject([{ detail: { entryHash: endings(answer)[0]?.hash } }]);
  expect(answer.deadLetters).toEqual([]);
}
