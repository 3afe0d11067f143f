import { entryHash } from '../../../contract/trail-entry.ts';
import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { TrailItem } from '../../../sandbox/scenario/trail.ts';
import { endings } from '../given.ts';
import type { Fault, Scene } from '../scenes/scene.ts';
import type { Played } from '../scenes/theatre.ts';

/** A chain whose every entry covers itself and is bound to the one before it. */
export function expectIntactChains({ trail }: Answer): void {
  for (const chain of Map.groupBy(trail, ({ requestId }) => requestId).values()) {
    chain.forEach((entry, index) => {
      expect(entry).toMatchObject({ sequence: index + 1, hash: entryHash(entry) });
      expect(entry.previousHash).toBe(chain[index - 1]?.hash ?? null);
    });
  }
}

const kindOf = (kind: string) => (entry: TrailItem) => entry.kind === kind;
const changesIn = ({ calls }: Answer, { change }: Scene) =>
  calls.filter(({ operation }) => operation === change);

/** Each change that was ever sent has an attempt of its own in the trail, declared before it and from its session. */
export function expectDeclaredChanges(answer: Answer, scene: Scene): void {
  const attempts = answer.trail.filter(kindOf('acting'));
  expect(attempts.map(({ attempt }) => attempt)).toEqual(attempts.map((_, index) => index + 1));
  const sessions = attempts.map(({ session }) => (session as { accessKeyId: string }).accessKeyId);
  expect(new Set(sessions).size).toBe(attempts.length);
  changesIn(answer, scene).forEach(({ at }, index) => {
    expect(attempts.filter((attempt) => attempt.at <= at).length).toBeGreaterThan(index);
  });
  const [approved] = answer.trail.filter(kindOf('approved'));
  const opened = answer.calls.filter(({ operation }) => operation === 'AssumeRoot');
  for (const { at } of opened) expect(approved?.at.localeCompare(at)).toBeLessThanOrEqual(0);
}

/** How often a policy was in fact changed: a fault after the call hides its answer, not its effect. */
function changesDone(answer: Answer, scene: Scene, faults: readonly Fault[]): number {
  const hidden = faults
    .filter(({ operation, when }) => operation === scene.change && when === 'after')
    .map(({ skip = 0 }) => skip);
  return changesIn(answer, scene).filter(({ error }, index) => error === null || hidden.includes(index))
    .length;
}

/** Whatever happened on the way: changed once, written down as succeeded with this code, and told once. */
export function expectChangedOnce(
  answer: Answer,
  scene: Scene,
  code: string,
  faults: readonly Fault[],
): void {
  expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code }]);
  expect(answer.trail.filter(kindOf('approved'))).toHaveLength(1);
  expectIntactChains(answer);
  expectDeclaredChanges(answer, scene);
  expect(changesDone(answer, scene, faults)).toBe(1);
  expect(answer.notifications).toHaveLength(1);
  expect(answer.outcomes).toMatchObject([{ detail: { entryHash: endings(answer)[0]?.hash } }]);
  expect(answer.deadLetters).toEqual([]);
}

/** Whatever happened on the way: unlocked, once, written down, and told once. */
export function expectUnlockedOnce(answer: Played, faults: readonly Fault[]): void {
  expect(answer.policy).toBeNull();
  expectChangedOnce(answer, answer.ticket.scene, 'unlocked', faults);
}

const struckBy =
  /^(?:crash|timeout|Throttling|ThrottlingException|RequestThrottled|SlowDown|InternalError|InternalFailure|InternalServerError|InternalServerException|ServiceFailure)$/;

/** The faults struck, as often as they were meant to, and nothing else did. */
export function expectStruck({ calls }: Answer, faults: readonly Fault[]): void {
  const struck = calls.filter(({ error }) => error !== null && struckBy.test(error));
  const meant = faults.flatMap(({ operation, times }) => Array.from({ length: times ?? 1 }, () => operation));
  expect(struck.map(({ operation }) => operation).sort()).toEqual(meant.sort());
}
