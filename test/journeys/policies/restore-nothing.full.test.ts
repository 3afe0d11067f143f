import { expectIntactChains } from '../faults/expect-right.ts';
import { endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import { account, type Fault } from '../scenes/scene.ts';
import { openTheatre, type Played, type Plot, type Theatre } from '../scenes/theatre.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { unlockS3BucketScene as scene } from '../scenes/unlock-s3-bucket.ts';
import { unlockSqsQueueScene } from '../scenes/unlock-sqs-queue.ts';
import { later, requestOf, restore, unlockingOf } from './restore-acts.ts';

/** Requests from which no policy can be taken. What is found out about them is the same code for both services. */
let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

interface Earlier {
  readonly what: string;
  /** What happened before on the ticket, and with what it came to its end. */
  readonly plot: (ticket: Ticket) => Plot;
  readonly code: string;
  readonly request: (ticket: Ticket) => string;
  readonly why: string;
}

const audit = { task: 'audit-root-credentials', target: { accountId: account } };
const ofAQueue = {
  task: unlockSqsQueueScene.task,
  target: unlockSqsQueueScene.target(unlockSqsQueueScene.nameOf(1)),
};
const neverLocked = (ticket: Ticket) => ticket.ownerPuts(scene.repaired(ticket.target));

const earlierRequests: readonly Earlier[] = [
  {
    what: 'one that never was',
    plot: ({ send }) => [send()],
    code: 'unlocked',
    request: (ticket) => unlockingOf(ticket, {}).replace(/[^/]+$/, '2026-01-01T00:00:00.000Z'),
    why: 'the trail holds no such request',
  },
  {
    what: 'a refusal of the same ticket',
    plot: ({ send }) => [send({ requestedBy: 'lead@example.com' })],
    code: 'requester-approved',
    request: (ticket) => unlockingOf(ticket, { requestedBy: 'lead@example.com' }),
    why: 'the trail holds no such request',
  },
  {
    what: 'one about another bucket',
    plot: (ticket) => [ticket.send({ target: scene.target(scene.nameOf(110)) })],
    code: 'unlocked',
    request: (ticket) => unlockingOf(ticket, { target: scene.target(scene.nameOf(110)) }),
    why: 'it was about something else than this bucket',
  },
  {
    what: 'one about a queue',
    plot: (ticket) => [ticket.send(ofAQueue)],
    code: 'unlocked',
    request: (ticket) => unlockingOf(ticket, ofAQueue),
    why: 'it was about something else than this bucket',
  },
  {
    what: 'an audit of the account',
    plot: (ticket) => [ticket.send(audit)],
    code: 'audited-clean',
    request: (ticket) => unlockingOf(ticket, audit),
    why: 'it was about something else than this bucket',
  },
  {
    what: 'a rehearsal',
    plot: (ticket) => [ticket.send({ dryRun: true })],
    code: 'would-unlock',
    request: (ticket) => unlockingOf(ticket, { dryRun: true }),
    why: 'it never changed anything',
  },
  {
    what: 'one that was refused because nobody was locked out',
    plot: (ticket) => [neverLocked(ticket), ticket.send()],
    code: 'nobody-locked-out',
    request: (ticket) => unlockingOf(ticket, {}),
    why: 'it never changed anything',
  },
  {
    what: 'one that found no policy',
    plot: (ticket) => [ticket.ownerPuts(null), ticket.send()],
    code: 'no-policy',
    request: (ticket) => unlockingOf(ticket, {}),
    why: 'it never changed anything',
  },
];

const codes = (answer: Played) => endings(answer).map(({ code }) => code);

describe('restore-s3-bucket-policy: there is nothing to put back from', () => {
  it.each(earlierRequests)(
    '$what: refused, and no session is opened',
    async ({ plot, request, code, why }) => {
      const before = await theatre.play(scene, (ticket) => [...plot(ticket), later]);
      const { ticket } = before;
      expect(codes(before)).toEqual([code]);
      const asked = { earlierRequest: request(ticket), approved: 'PT8M' };
      const answer = await theatre.goOn(ticket, [
        restore(ticket, { ...asked, letter: 'T', dryRun: true }),
        restore(ticket, asked),
      ]);

      expect(endings(answer)).toMatchObject([
        { ending: 'rehearsed', code: 'would-not-act', summary: expect.stringContaining(why) },
        { ending: 'refused', code: 'nothing-to-restore', summary: expect.stringContaining(why) },
      ]);
      expect(answer.policy).toEqual(before.policy);
      expectNothingOpened(answer);
      expectIntactChains(answer);
      expectToldOnce(answer);
      expect(answer.deadLetters).toEqual([]);
    },
  );

  const crash = (when: Fault['when']): Fault => ({
    service: scene.service,
    operation: scene.change,
    when,
    effect: 'crash',
  });
  const unlockRestoreCodes = (answer: Played, ticket: Ticket) => {
    const asked = requestOf(ticket.approval());
    const own = endings(answer).find(({ requestId }) => requestId === asked);
    const others = endings(answer).filter((one) => one !== own);
    return [own?.code, ...others.map(({ code }) => code)];
  };

  it('one that is still at work: the restore waits for its turn, and is out of date then', async () => {
    const answer = await theatre.play(
      scene,
      (ticket) => [
        ticket.send({}, { settleFor: 'PT20S' }),
        restore(ticket, { earlierRequest: unlockingOf(ticket, {}), approved: 'PT10S' }),
      ],
      [crash('before')],
    );

    expect(unlockRestoreCodes(answer, answer.ticket)).toEqual(['unlocked', 'newer-request']);
    expect(answer.policy).toBeNull();
    expect(answer.calls.filter(({ operation }) => operation === 'PutBucketPolicy')).toEqual([]);
    expectToldOnce(answer);
  });

  it('one that is still at work, rehearsed: it says so at once', async () => {
    const answer = await theatre.play(
      scene,
      (ticket) => [
        ticket.send({}, { settleFor: 'PT20S' }),
        restore(ticket, { earlierRequest: unlockingOf(ticket, {}), approved: 'PT10S', dryRun: true }, 'PT5S'),
      ],
      [crash('after')],
    );

    expect(endings(answer)[0]).toMatchObject({
      code: 'would-not-act',
      summary: expect.stringContaining('it is still at work'),
    });
    await theatre.goOn(answer.ticket, [later]);
  });

  it('one that was overtaken: nobody can say what it left', async () => {
    const before = await theatre.play(
      scene,
      (ticket) => [ticket.send({}, { settleFor: 'PT30S' }), neverLocked(ticket), later],
      [crash('after')],
    );
    const { ticket } = before;
    expect(codes(before)).toEqual(['target-changed']);
    const answer = await theatre.goOn(ticket, [
      restore(ticket, { earlierRequest: unlockingOf(ticket, {}), approved: 'PT8M' }),
    ]);

    expect(endings(answer)).toMatchObject([
      {
        code: 'nothing-to-restore',
        summary: expect.stringContaining('it ended as superseded (target-changed)'),
      },
    ]);
    expect(answer.policy).toEqual(scene.repaired(ticket.target));
    expectNothingOpened(answer);
  });
});
