import { expectIntactChains } from '../faults/expect-right.ts';
import { callsOf, endings, expectToldOnce } from '../given.ts';
import { openTheatre, type Played, type Theatre } from '../scenes/theatre.ts';
import { entryOf, type Ticket } from '../scenes/ticket.ts';
import {
  evenIfNotLocked,
  everyRestore,
  hashOf,
  later,
  restore,
  restoreDetail,
  takenAway,
  unlockingOf,
} from './restore-acts.ts';

/** Tickets of their own for one target: one wants a policy back, another wants the one away that is there. */
let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

function expectSound(answer: Played): void {
  expectIntactChains(answer);
  expectToldOnce(answer);
  expect(answer.deadLetters).toEqual([]);
}

describe.each(everyRestore)('$task and an unlocking', ({ scene }) => {
  /** Locked again since the policy was taken away that is wanted back. */
  const lockedSince = (ticket: Ticket) => [
    ...takenAway(ticket, scene.repaired(ticket.target)),
    ticket.lockedAgain,
  ];
  const approvedAt = (ticket: Ticket, approved: string) => ({
    approvals: ticket.approvals(['lead@example.com', approved]),
  });
  const overTheLock = (ticket: Ticket, approved: string) => ({
    earlierRequest: unlockingOf(ticket),
    approved,
    policySha256: hashOf(scene.lockOut(ticket.target)),
  });

  it('at once: one does its work, the other is superseded, whichever is first', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ...lockedSince(ticket),
      {
        putEvents: {
          as: 'ticketing',
          entries: [
            entryOf(ticket.another().approval(approvedAt(ticket, 'PT8M'))),
            entryOf(restoreDetail(ticket, overTheLock(ticket, 'PT8M'))),
          ],
        },
      },
      ticket.administratorTries,
    ]);

    const [, done, overtaken, ...others] = endings(answer);
    expect(others).toEqual([]);
    expect(done).toMatchObject({
      ending: 'succeeded',
      code: expect.stringMatching(/^(?:unlocked|restored)$/),
    });
    expect(overtaken).toMatchObject({ ending: 'superseded', code: 'newer-request' });
    expect(answer.policy).toEqual(done?.code === 'restored' ? scene.repaired(answer.ticket.target) : null);
    expect(answer.trail.filter(({ kind }) => kind === 'acting')).toHaveLength(2);
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(2);
    expect(answer.tries).toMatchObject([{ allowed: true }]);
    expectSound(answer);
  });

  it('that came after the approval of the restore: what was approved is out of date', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ...lockedSince(ticket),
      ticket.another().send(approvedAt(ticket, 'PT8M')),
      later,
      restore(ticket, { ...overTheLock(ticket, 'PT7M'), policySha256: 'none' }),
    ]);

    expect(endings(answer).slice(1)).toMatchObject([
      { code: 'unlocked' },
      { ending: 'superseded', code: 'newer-request' },
    ]);
    expect(answer.policy).toBeNull();
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(2);
    expectSound(answer);
  });

  it('that was approved before the restore: what was restored stays', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ...lockedSince(ticket),
      restore(ticket, overTheLock(ticket, 'PT8M')),
      later,
      ticket.another().send({ ...evenIfNotLocked, ...approvedAt(ticket, 'PT7M') }),
    ]);

    expect(endings(answer).slice(1)).toMatchObject([
      { code: 'restored' },
      { ending: 'superseded', code: 'newer-request' },
    ]);
    expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
    expectSound(answer);
  });
});
