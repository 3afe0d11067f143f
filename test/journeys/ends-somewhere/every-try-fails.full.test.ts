import type { FaultRequest } from '../../../sandbox/parts.ts';
import { callsOf } from '../given.ts';
import type { Scene, Step } from '../scenes/scene.ts';
import { everyScene, firstScene } from '../scenes/scenes.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { always, expectNothingWaits, expectToldOnce, openPlay, type Play } from './play.ts';

let play: Play;
const played: Ticket[] = [];
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.close());

type Effect = Exclude<FaultRequest['effect'], 'abort' | 'notTaken'>;

/** What was said last, as Lambda tells it of a run that failed so. */
const saidLast: Readonly<Record<Effect, RegExp>> = {
  serverError: /Internal(?:Server)?(?:Error|Failure)/,
  throttle: /Throttling/,
  timeout: /TimeoutError/,
  crash: /Runtime\.ExitError: .*Runtime exited/,
};

/** What is told of an effect is the same for every root task: one of them shows it. */
const effectsIn = (scene: Scene): Effect[] =>
  scene === firstScene ? (Object.keys(saidLast) as Effect[]) : ['serverError'];

/** Sends an approval, lets every try of it and of whoever gives it up go by, and looks at what became of it. */
async function endOf(ticket: Ticket, send: Step, ...faults: FaultRequest[]) {
  play.faults(...faults);
  await play.play(send);
  play.faults();
  await play.world.settle();
  played.push(ticket);
  await expectToldOnce(play, ticket);
  await expectNothingWaits(play);
  return play.of(ticket);
}

const forTenMinutes = { settleFor: 'PT10M' };

describe.each(everyScene)('$task', (scene) => {
  it.each(effectsIn(scene).filter((effect) => effect === 'serverError' || effect === 'crash'))(
    'before the approval was taken up (%s): refused, with the last error',
    async (effect) => {
      const ticket = play.next(scene);
      // Reading whose turn it is: a call that every run makes before its first entry, and the give-up does not.
      const reading = { service: 'dynamodb', operation: 'GetItem', effect, ...always };
      const { trail, notifications } = await endOf(ticket, ticket.send({}, forTenMinutes), reading);

      expect(trail).toMatchObject([{ kind: 'refused', code: 'never-begun' }]);
      expect(trail[0]?.requestId).toMatch(/^refused\//);
      expect(trail[0]?.refusedRequestId).toContain(`jira/${ticket.id.toLowerCase()}/`);
      expect(notifications[0]?.message).toMatch(saidLast[effect]);
    },
  );

  it.each(effectsIn(scene))(
    'after `approved` (%s): failed, with the last error, nothing opened',
    async (effect) => {
      const ticket = play.next(scene);
      const opened = callsOf(await play.answer(), 'sts', 'AssumeRoot');
      const opening = { service: 'sts', operation: 'AssumeRoot', effect, ...always };
      const { trail, notifications } = await endOf(ticket, ticket.send({}, forTenMinutes), opening);

      expect(trail).toMatchObject([
        { kind: 'approved' },
        { kind: 'ended', ending: 'failed', code: 'gave-up', after: null, session: null },
      ]);
      const summary = String(trail[1]?.summary);
      expect(summary).toMatch(saidLast[effect]);
      expect(summary).toContain(ticket.target);
      expect(summary).toContain('failed before anything was changed');
      expect(notifications[0]?.subject).toContain(`rootdesk failed: ${scene.task}`);
      expect(notifications[0]?.message).toContain(summary);
      expect(callsOf(await play.answer(), 'sts', 'AssumeRoot')).toBe(opened);
    },
  );

  it('after `acting`, the change sent and its answer lost: failed, and it says that nobody knows', async () => {
    const ticket = play.next(scene);
    const { trail, notifications } = await endOf(
      ticket,
      ticket.send({}, forTenMinutes),
      { service: scene.service, operation: scene.change, when: 'after', effect: 'crash' },
      { service: 'sts', operation: 'AssumeRoot', effect: 'serverError', ...always, skip: 1 },
    );

    expect(trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
    expect(trail[2]).toMatchObject({ ending: 'failed', code: 'gave-up' });
    expect(trail[2]?.summary).toContain('entry 2, which holds what was there before');
    expect(notifications[0]?.message).toContain('whether it was made is not known');
  });
});

it('an event that EventBridge could not hand over for hours is refused, with what EventBridge said', async () => {
  const ticket = play.next();
  const handOver = { service: 'lambda', operation: 'Invoke', effect: 'throttle', ...always } as const;
  const { trail, notifications } = await endOf(ticket, ticket.send({}, { settleFor: 'PT7H' }), handOver);

  expect(trail).toMatchObject([{ kind: 'refused', code: 'never-begun' }]);
  expect(notifications[0]?.message).toContain('THROTTLING');
});

it('a refusal that could not be recorded on any try is recorded after all', async () => {
  const ticket = play.next();
  const recording = { service: 'dynamodb', operation: 'PutItem', when: 'before', times: 9 } as const;
  const { trail } = await endOf(ticket, ticket.send({ task: 'unlock-everything' }), {
    ...recording,
    effect: 'serverError',
  });

  expect(trail).toMatchObject([{ kind: 'refused', code: 'malformed' }]);
});

it('and all of it stays as it is when every schedule has passed again', async () => {
  await play.play({ advanceClock: 'PT1H' });

  for (const ticket of played) await expectToldOnce(play, ticket);
});
