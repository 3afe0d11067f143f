import type { Answer } from '../../sandbox/scenario/answer.ts';
import { expectIntactChains } from './faults/expect-right.ts';
import { callsOf, endings, expectToldOnce } from './given.ts';
import { everyScene } from './scenes/scenes.ts';
import { openTheatre, type Theatre } from './scenes/theatre.ts';
import { entryOf, type Ticket } from './scenes/ticket.ts';

/** Tickets of their own, all for one target. */
let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const sendAll = (tickets: readonly Ticket[], changes: Record<string, unknown> = {}) => ({
  putEvents: { as: 'ticketing' as const, entries: tickets.map(({ approval }) => entryOf(approval(changes))) },
});
const sorted = (answer: Answer) =>
  endings(answer)
    .map(({ ending }) => ending)
    .sort();

describe.each(everyScene)('$task: two tickets for one target', (scene) => {
  const changesIn = (answer: Answer) => callsOf(answer, scene.service, scene.change);

  it('at once: one unlocks, the other is superseded', async () => {
    const answer = await theatre.play(scene, (ticket) => [sendAll([ticket, ticket.another()])]);

    expect(changesIn(answer)).toBe(1);
    expect(sorted(answer)).toEqual(['succeeded', 'superseded']);
    expect(answer.deadLetters).toEqual([]);
    expectToldOnce(answer);
  });

  it.each([
    ['in the order of their approvals', '-PT2M', '-PT1M'],
    ['the later approved one first', '-PT1M', '-PT2M'],
  ])(
    "%s, the second after the owner's repair: superseded, and the repaired policy stays",
    async (_, one, two) => {
      const answer = await theatre.play(scene, (ticket) => [
        ticket.send({ approvals: ticket.approvals(['lead@example.com', one]) }),
        ticket.ownerPuts(scene.repaired(ticket.target)),
        ticket.another().send({ approvals: ticket.approvals(['lead@example.com', two]) }),
      ]);

      expect(endings(answer)).toMatchObject([
        { ending: 'succeeded' },
        { ending: 'superseded', code: 'newer-request' },
      ]);
      expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
      expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
      expectToldOnce(answer);
    },
  );

  it('both approved by a clock that runs ahead: still only one acts', async () => {
    const answer = await theatre.play(scene, (ticket) => {
      const approvals = ticket.approvals(['lead@example.com', 'PT4M']);
      const { putEvents } = sendAll([ticket, ticket.another()], { approvals });
      return [{ putEvents: { ...putEvents, settleFor: 'PT20S' } }, ticket.lockedAgain];
    });

    expect(changesIn(answer)).toBe(1);
    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
  });

  it('the second approved after the first was done: it goes through', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ticket.send(),
      ticket.lockedAgain,
      { advanceClock: 'PT10M' },
      ticket.another().send({ approvals: ticket.approvals(['lead@example.com', 'PT5M']) }),
    ]);

    expect(endings(answer).map(({ ending }) => ending)).toEqual(['succeeded', 'succeeded']);
  });
});

describe.each(everyScene)('$task: twenty tickets at once for one target', (scene) => {
  it('have one effect, and an ending each, told once each', async () => {
    const letters = Array.from({ length: 19 }, (_, index) => String.fromCodePoint(66 + index));
    const answer = await theatre.play(scene, (ticket) => {
      const tickets = [ticket, ...letters.map((letter) => ticket.another(letter))];
      return [[sendAll(tickets.slice(0, 10)), sendAll(tickets.slice(10))]];
    });

    expect(callsOf(answer, scene.service, scene.change)).toBe(1);
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
    expect(sorted(answer)).toEqual(['succeeded', ...letters.map(() => 'superseded')]);
    expect(answer.trail.filter(({ kind }) => kind === 'acting')).toHaveLength(1);
    expectIntactChains(answer);
    expectToldOnce(answer);
    expect(answer.deadLetters).toEqual([]);
    expect(answer.policy).toBeNull();
  });
});
