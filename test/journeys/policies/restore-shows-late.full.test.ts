import { expectIntactChains } from '../faults/expect-right.ts';
import { endings, expectToldOnce } from '../given.ts';
import type { Fault } from '../scenes/scene.ts';
import { openTheatre, type Played, type Plot, type Theatre } from '../scenes/theatre.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { unlockSqsQueueScene as scene } from '../scenes/unlock-sqs-queue.ts';
import { evenIfNotLocked, later, restore, unlockingOf } from './restore-acts.ts';

/** "Changes made to the Policy attribute can take up to 60 seconds." Source: SQS API reference, SetQueueAttributes. */
const bound = 60_000;

describe('a queue whose old policy shows as put back after a minute', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre({ showsAfterMs: { sqs: bound } });
  });
  afterAll(() => theatre.close());

  const attempts = ({ trail }: Played) =>
    trail.filter(({ kind }) => kind === 'acting').map(({ at }) => Date.parse(at));
  const sets = ({ calls }: Played) =>
    calls.filter(({ operation, error }) => operation === scene.change && error === null);
  const crash = (when: Fault['when']): Fault => ({
    service: scene.service,
    operation: scene.change,
    when,
    effect: 'crash',
  });

  async function play(
    plot: (ticket: Ticket, send: (settleFor?: string) => Plot[number]) => Plot,
    fault?: Fault,
  ) {
    const { ticket } = await theatre.play(scene, (one) => [
      one.ownerPuts(scene.repaired(one.target)),
      { advanceClock: 'PT2M' },
      one.send(evenIfNotLocked),
      later,
    ]);
    const send = (settleFor?: string) =>
      restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M' }, settleFor);
    return theatre.goOn(ticket, plot(ticket, send), fault && [fault]);
  }

  function expectRestored(answer: Played): void {
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'restored' }]);
    expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
    expectIntactChains(answer);
    expectToldOnce(answer);
    expect(answer.deadLetters).toEqual([]);
  }

  it('"set, not yet visible" is no ending: the run fails, and its retry reads it back', async () => {
    const answer = await play((_, send) => [send()]);

    expectRestored(answer);
    expect(sets(answer)).toHaveLength(1);
    expect(attempts(answer)).toHaveLength(1);
    const [acted = 0] = attempts(answer);
    expect(Date.parse(answer.trail.at(-1)?.at ?? '') - acted).toBeGreaterThan(bound);
  });

  it('a run that dies behind the change: its retry sets nothing again', async () => {
    const answer = await play((_, send) => [send()], crash('after'));

    expectRestored(answer);
    expect(attempts(answer)).toHaveLength(1);
  });

  it('a run that dies before the change: nobody acts again before it would have shown', async () => {
    const answer = await play((_, send) => [send('PT57S'), send()], crash('before'));

    expectRestored(answer);
    const [first = 0, second = 0, ...others] = attempts(answer);
    expect(others).toEqual([]);
    expect(second - first).toBeGreaterThan(bound);
    expect(sets(answer)).toHaveLength(1);
  });

  it('an owner who puts another policy in that minute keeps it', async () => {
    const answer = await play((ticket, send) => [
      send('PT35S'),
      { advanceClock: 'PT20S' },
      ticket.ownerPuts(scene.lockOut(ticket.target)),
    ]);

    expect(sets(answer)).toHaveLength(1);
    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
    expect(endings(answer)).toMatchObject([
      { ending: 'succeeded', code: expect.stringMatching(/^restored(?:-then-replaced)?$/) },
    ]);
    expectToldOnce(answer);
  });
});
