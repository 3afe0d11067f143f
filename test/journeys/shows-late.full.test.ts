import { expectDeclaredChanges, expectIntactChains, expectUnlockedOnce } from './faults/expect-right.ts';
import { callsOf, endings, expectToldOnce } from './given.ts';
import type { Fault } from './scenes/scene.ts';
import { openTheatre, type Played, type Theatre } from './scenes/theatre.ts';
import { unlockSqsQueueScene as scene } from './scenes/unlock-sqs-queue.ts';

/** "Changes made to the Policy attribute can take up to 60 seconds." Source: SQS API reference, SetQueueAttributes. */
const bound = 60_000;
const removals = (answer: Played) =>
  answer.calls.filter(({ operation, error }) => operation === scene.change && error === null);
const attempts = ({ trail }: Played) =>
  trail.filter(({ kind }) => kind === 'acting').map(({ at }) => Date.parse(at));
const notYetVisible = ({ logs }: Played) =>
  logs.filter(({ message }) => String(message).startsWith('Invoke Error')).map((log) => JSON.stringify(log));
const crash = (when: Fault['when']): Fault => ({
  service: scene.service,
  operation: scene.change,
  when,
  effect: 'crash',
});

describe('a queue whose policy shows as removed after a minute', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre({ showsAfterMs: { sqs: bound } });
  });
  afterAll(() => theatre.close());

  it('"set, not yet visible" is no ending: the run fails, and its retry reads that the policy is gone', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send()]);

    expectUnlockedOnce(answer, []);
    expect(removals(answer)).toHaveLength(1);
    const [first, ...others] = notYetVisible(answer);
    expect(first).toMatch(/NotYetVisibleError.*is to be another since.*not yet visible/);
    expect(others).toEqual([]);
    const [acted = 0] = attempts(answer);
    expect(Date.parse(answer.trail.at(-1)?.at ?? '') - acted).toBeGreaterThan(bound);
  });

  it('a run that dies behind the removal: its retry removes nothing again', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send()], [crash('after')]);

    expectUnlockedOnce(answer, [crash('after')]);
    expect(attempts(answer)).toHaveLength(1);
  });

  it('a run that dies before the removal: nobody acts again before it would have shown', async () => {
    const answer = await theatre.play(
      scene,
      // The same event again, when the lock of the dead run has just lapsed.
      ({ send }) => [send({}, { settleFor: 'PT57S' }), send()],
      [crash('before')],
    );

    expectUnlockedOnce(answer, [crash('before')]);
    expect(notYetVisible(answer)).toContainEqual(
      expect.stringMatching(/NotYetVisibleError.*whether it changed anything does not show yet/),
    );
    const [first = 0, second = 0, ...others] = attempts(answer);
    expect(others).toEqual([]);
    expect(second - first).toBeGreaterThan(bound);
  });

  it('an owner who puts a new policy in that minute keeps it: nothing is removed again', async () => {
    const answer = await theatre.play(scene, ({ ownerPuts, send, target }) => [
      send({}, { settleFor: 'PT35S' }),
      { advanceClock: 'PT20S' },
      ownerPuts(scene.repaired(target)),
    ]);

    expect(removals(answer)).toHaveLength(1);
    expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expectToldOnce(answer);
  });

  it('another ticket that comes meanwhile is superseded, and removes nothing', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ticket.send({}, { settleFor: 'PT35S' }),
      ticket.another().send(),
    ]);

    expect(removals(answer)).toHaveLength(1);
    expect(
      endings(answer)
        .map(({ ending }) => ending)
        .sort(),
    ).toEqual(['succeeded', 'superseded']);
    expectIntactChains(answer);
    expectToldOnce(answer);
  });
});

describe('a queue whose policy shows as removed after ten minutes, later than SQS says', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre({ showsAfterMs: { sqs: 10 * bound } });
  });
  afterAll(() => theatre.close());

  it('ends as failed and never as succeeded: what was not seen is not said', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send()]);

    expect(endings(answer)).toMatchObject([
      { ending: 'failed', code: 'gave-up', summary: expect.stringMatching(/not known.*not yet visible/) },
    ]);
    expect(callsOf(answer, scene.service, scene.change)).toBe(attempts(answer).length);
    attempts(answer).reduce((earlier, later) => {
      expect(later - earlier).toBeGreaterThan(bound);
      return later;
    }, 0);
    expectIntactChains(answer);
    expectDeclaredChanges(answer, scene);
    expectToldOnce(answer);
    expect(answer.deadLetters).toEqual([]);
  });
});
