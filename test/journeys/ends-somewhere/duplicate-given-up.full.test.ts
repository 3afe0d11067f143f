import { callsOf } from '../given.ts';
import { everyScene, firstScene } from '../scenes/scenes.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { failuresOf, lastEvent } from './failure-messages.ts';
import { expectNothingWaits, expectToldOnce, openPlay, type Play } from './play.ts';

/** Told soon after each call of the live run: that is when the duplicate is given up. */
let atCall: ((operation: string) => void) | null = null;
let play: Play;
beforeAll(async () => {
  play = await openPlay({}, (call) => atCall?.(call.operation));
});
afterAll(() => play.close());
afterEach(() => {
  atCall = null;
  play.faults();
});

/** Every delivery of the event but one has failed three times; the one that is left is at work. */
async function giveUpWhile(ticket: Ticket, nth: number): Promise<string> {
  let calls = 0;
  let met = '';
  atCall = (operation) => {
    if (operation === 'PutEvents') return;
    calls += 1;
    if (calls !== nth) return;
    met = operation;
    failuresOf(play.world, ticket.scene).gaveUp(lastEvent(play.world));
  };
  await play.play(ticket.send());
  atCall = null;
  return met;
}

describe.each(everyScene)('$task', (scene) => {
  // A run makes some fifteen calls. The calls of whoever gives up count as well once it has begun.
  it.each(scene === firstScene ? [1, 2, 4, 6, 8, 10, 12, 14] : [2, 8, 14])(
    'a duplicate that is given up at call %i of the live run fails nothing',
    async (nth) => {
      const ticket = play.next(scene);
      const met = await giveUpWhile(ticket, nth);

      expect(met).not.toBe('');
      const { trail } = await play.of(ticket);
      expect(trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
      expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
      await expectNothingWaits(play);
    },
  );
});

it('a duplicate that is given up while the live run waits for its retry ends the request, and the retry changes nothing', async () => {
  const ticket = play.next();
  const opening = {
    service: 'sts',
    operation: 'AssumeRoot',
    when: 'before',
    effect: 'serverError',
    times: 5,
  } as const;
  play.faults(opening);
  await play.play(ticket.send({}, { settleFor: 'PT20S' }));
  const changed = callsOf(await play.answer(), firstScene.service, firstScene.change);
  failuresOf(play.world, firstScene).gaveUp(lastEvent(play.world));
  await play.world.settle();

  expect((await play.of(ticket)).trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
  expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'failed', code: 'gave-up' });
  expect(callsOf(await play.answer(), firstScene.service, firstScene.change)).toBe(changed);
});

it('a duplicate that is given up after the ending adds nothing, however often', async () => {
  const ticket = play.next();
  await play.play(ticket.send());
  const event = lastEvent(play.world);
  for (const _ of [1, 2, 3]) failuresOf(play.world, firstScene).gaveUp(event);
  await play.world.settle();
  // The lock has forgotten the request by then, the trail has not.
  await play.play({ advanceClock: 'P3D' });
  failuresOf(play.world, firstScene).gaveUp(event);
  await play.world.settle();

  expect((await play.of(ticket)).trail).toHaveLength(3);
  expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
  await expectNothingWaits(play);
});
