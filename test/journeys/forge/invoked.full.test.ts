import { rootTaskNames } from '../../../contract/root-tasks.ts';
import { failuresOf } from '../ends-somewhere/failure-messages.ts';
import { always, expectToldOnce, openPlay, type Play } from '../ends-somewhere/play.ts';
import { callsOf } from '../given.ts';
import type { Step } from '../scenes/scene.ts';
import { account } from '../scenes/scene.ts';
import { firstScene } from '../scenes/scenes.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { organization } from './accounts.ts';
import { approvalEvent, queueEvent, streamEvent } from './made-up-events.ts';

/** What an administrator of the account in which rootdesk runs invokes, and with what. */
const invoke = (name: string, event: unknown): Step => ({ invoke: { as: 'insider', function: name, event } });

function attempts(play: Play, ticket: Ticket): Readonly<Record<string, Step>> {
  const approval = approvalEvent(play.world, ticket);
  const { queue } = failuresOf(play.world, firstScene);
  return {
    'the lane, with the account of the ticket system': invoke('unlock-s3-bucket', approval),
    'the give-up': invoke('GiveUp', queueEvent(play.world, approval, queue.arn)),
    'the sweep': invoke('Sweep', {}),
    'the refusals': invoke('Refusals', approval),
    'whoever tells on-call': invoke('Notify', streamEvent(play.world, ticket)),
    'whoever tells the bus': invoke('Publish', streamEvent(play.world, ticket)),
    'the digest': invoke('Digest', {}),
  };
}
const names = [
  'the lane, with the account of the ticket system',
  'the give-up',
  'the sweep',
  'the refusals',
  'whoever tells on-call',
  'whoever tells the bus',
  'the digest',
];

describe('without the service control policy, an administrator of the account may invoke', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay({ organization: organization({ protectedByScp: false }) });
  });
  afterAll(() => play.close());
  afterEach(() => play.faults());
  const attempt = (ticket: Ticket, name: string) => play.play(attempts(play, ticket)[name] ?? {});

  it('the lane: it believes the made-up event, is held to the rules, and all of it is recorded and told', async () => {
    const ticket = play.next();
    await attempt(ticket, 'the lane, with the account of the ticket system');

    const { trail } = await play.of(ticket);
    expect(trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
    // That nothing on the bus has this event's id is how it shows.
    const onTheBus = play.world.journal.events.map(({ event }) => event.id);
    expect(onTheBus).not.toContain(Reflect.get(Object(trail[0]?.envelope), 'eventId'));
    await expectToldOnce(play, ticket);
  });

  it('the lane, from the account itself: refused, recorded and told', async () => {
    const ticket = play.next();
    await play.play(invoke('unlock-s3-bucket', approvalEvent(play.world, ticket, '222222222222')));

    expect(await expectToldOnce(play, ticket)).toMatchObject({ code: 'wrong-sender-account' });
  });

  it("the other root task's lane with this one's approval: refused", async () => {
    const ticket = play.next();
    await play.play(invoke('unlock-sqs-queue', approvalEvent(play.world, ticket)));

    expect(await expectToldOnce(play, ticket)).toMatchObject({ kind: 'refused' });
  });

  it('the give-up: it can end a request that waits for its retry, which is recorded; one that has ended it cannot', async () => {
    const ended = play.next();
    await play.play(ended.send());
    const event = play.world.journal.events.findLast(({ event: one }) => one.source !== 'rootdesk')?.event;
    const { queue } = failuresOf(play.world, firstScene);
    await play.play(invoke('GiveUp', queueEvent(play.world, event, queue.arn)));
    expect(await expectToldOnce(play, ended)).toMatchObject({ ending: 'succeeded' });

    const waiting = play.next();
    play.faults({ service: 'sts', operation: 'AssumeRoot', effect: 'serverError', ...always });
    await play.play(waiting.send({}, { settleFor: 'PT20S' }));
    const begun = play.world.journal.events.findLast(({ event: one }) => one.source !== 'rootdesk')?.event;
    await play.play(invoke('GiveUp', queueEvent(play.world, begun, queue.arn)));
    const ending = await expectToldOnce(play, waiting);
    expect(ending).toMatchObject({ ending: 'failed', code: 'gave-up' });
    expect(ending.summary).toContain('nobody said this');
  });

  it('the sweep and the digest: they do what they do anyway', async () => {
    const ticket = play.next();
    await play.play(ticket.send());
    const before = (await play.answer()).trail;
    await attempt(ticket, 'the sweep');
    await attempt(ticket, 'the digest');

    expect((await play.answer()).trail).toEqual(before);
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
  });

  it('the refusals with an approval that is right: not while a lane may take it, then it is refused and used up by nothing', async () => {
    const ticket = play.next();
    await attempt(ticket, 'the refusals');

    expect(await expectToldOnce(play, ticket)).toMatchObject({ code: 'rule-could-not-decide' });
    await play.play(ticket.send());
    expect((await play.of(ticket)).endings).toMatchObject([{}, { ending: 'succeeded' }]);
  });
});

/** Orders as a run, or the schedule of an opening, gives them: whoever may invoke may send them to any lane. */
describe('an order that nobody gave', () => {
  let play: Play;
  let audited: string;
  beforeAll(async () => {
    play = await openPlay({ organization: organization({ protectedByScp: false }) });
    const ticket = play.next();
    await play.play(
      ticket.send({ task: 'audit-root-credentials', target: { accountId: account } }),
      ticket.send(),
    );
    audited = (await play.of(ticket)).trail[0]?.requestId ?? '';
  });
  afterAll(() => play.close());
  beforeEach(() => play.play({ advanceClock: 'PT6M' }));

  const lanes = rootTaskNames.map((task) => ({ task }));

  it.each(lanes)(
    '$task: every order of an account or of a closing is refused, and opens nothing',
    async ({ task }) => {
      const before = await play.answer();
      // What was refused once is the same refusal when it comes again: no two lanes get the same order.
      const nothing = `jira/sec-0/${task}`;
      const part = rootTaskNames.indexOf(task) + 1;
      const orders = [
        { parentRequestId: nothing, accountId: account, part: 1 },
        { parentRequestId: audited, accountId: account, part },
        { parentRequestId: audited, accountId: '222222222222', part },
        { closes: nothing },
        ...(task === 'close-root-password-recovery' ? [{ closes: audited }] : []),
      ];
      await play.play(...orders.map((order) => invoke(task, order)));

      const { trail, calls } = await play.answer();
      const added = trail.filter(({ requestId }) => !before.trail.some((one) => one.requestId === requestId));
      expect(added).toHaveLength(orders.length);
      for (const { kind, code } of added) expect([kind, code]).toEqual(['refused', codeFor(code)]);
      const opened = calls.slice(before.calls.length).filter(({ service }) => service === 'sts');
      expect(opened).toEqual([]);
    },
  );

  /** To a lane that takes no such orders, one is an approval of which nothing is understood. */
  const codeFor = (code: unknown) => (code === 'malformed' ? 'malformed' : 'not-ordered');
});

describe('with the service control policy', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay({ organization: organization({ protectedByScp: true }) });
  });
  afterAll(() => play.close());

  it.each(names)('nobody invokes %s', async (name) => {
    const ticket = play.next();
    const before = await play.answer();
    await play.play(attempts(play, ticket)[name] ?? {});

    const { calls, trail, notifications, outcomes, objects } = await play.answer();
    expect(calls.at(-1)).toMatchObject({ service: 'lambda', operation: 'Invoke', allowed: false });
    expect({ trail, notifications, outcomes, objects }).toEqual({
      trail: before.trail,
      notifications: before.notifications,
      outcomes: before.outcomes,
      objects: before.objects,
    });
  });

  it('an honest ticket goes through, from the bus to the digest of the day', async () => {
    const ticket = play.next();
    await play.play(ticket.send(), ticket.administratorTries);
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
    const { tries } = await play.answer();
    expect(tries.at(-1)).toMatchObject({ allowed: true });

    await play.play({ advanceClock: 'P1D' });
    expect((await play.answer()).objects).not.toEqual([]);
  });

  it('a ticket that fails on every try is given up, and one that is refused is told', async () => {
    const failing = play.next();
    play.faults({ service: 'sts', operation: 'AssumeRoot', effect: 'serverError', ...always });
    await play.play(failing.send({}, { settleFor: 'PT10M' }));
    play.faults();
    await play.world.settle();
    expect(await expectToldOnce(play, failing)).toMatchObject({ ending: 'failed', code: 'gave-up' });

    const wrong = play.next();
    const opened = callsOf(await play.answer(), 'sts', 'AssumeRoot');
    await play.play(wrong.send({ task: 'unlock-everything' }));
    expect(await expectToldOnce(play, wrong)).toMatchObject({ ending: 'refused' });
    expect(callsOf(await play.answer(), 'sts', 'AssumeRoot')).toBe(opened);
  });

  it('nobody but who breaks the glass turns the switch', async () => {
    const glass = 'arn:aws:iam::222222222222:role/break-glass';
    await play.play({ setParameter: { as: 'insider', value: 'stopped' } });
    const first = play.next();
    await play.play(first.send());
    expect(await expectToldOnce(play, first)).toMatchObject({ ending: 'succeeded' });

    await play.play({ setParameter: { as: glass, value: 'stopped' } });
    const second = play.next();
    await play.play(second.send());
    expect(await expectToldOnce(play, second)).toMatchObject({ code: 'root-tasks-stopped' });
  });
});
