import { callsOf } from '../given.ts';
import { everyScene } from '../scenes/scenes.ts';
import { always, expectNothingWaits, expectToldOnce, openPlay, type Play } from './play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.close());
afterEach(() => play.faults());

/** Lambda's own delivery to a failure destination fails without a word. */
const lost = {
  service: 'lambda',
  operation: 'DeliverToDestination',
  effect: 'serverError',
  ...always,
} as const;
const neverOpened = { service: 'sts', operation: 'AssumeRoot', effect: 'serverError', ...always } as const;

/** What lanes lost so, as only the sandbox can tell. */
const lostInTheLog = async () =>
  (await play.answer()).logs.filter(({ message }) =>
    /Unlock.* could not send to its failure destination/.test(String(message)),
  );

describe.each(everyScene)('$task', (scene) => {
  it('a failure whose delivery is lost: the sweep ends the request after 15 minutes, told once', async () => {
    const ticket = play.next(scene);
    play.faults(lost, neverOpened);
    const before = (await lostInTheLog()).length;
    await play.play(ticket.send({}, { settleFor: 'PT5M' }));
    play.faults();
    expect((await lostInTheLog()).length).toBe(before + 1);
    expect((await play.of(ticket)).trail.map(({ kind }) => kind)).toEqual(['approved']);

    await play.play({ advanceClock: 'PT5M' });
    expect((await play.of(ticket)).endings).toEqual([]);

    await play.play({ advanceClock: 'PT25M' });
    const ending = await expectToldOnce(play, ticket);
    expect(ending).toMatchObject({ ending: 'failed', code: 'gave-up' });
    expect(ending.summary).toContain('has not moved for 15 minutes');
    expect(Date.parse(ending.at) - Date.parse(ticket.at('PT0S'))).toBeGreaterThanOrEqual(15 * 60_000);
    await play.play({ advanceClock: 'PT1H' });
    expect((await play.of(ticket)).trail).toHaveLength(2);
    await expectToldOnce(play, ticket);
  });

  it('a run that dies with its lock on: the retry goes on once the lock has lapsed', async () => {
    const ticket = play.next(scene);
    play.faults({ service: scene.service, operation: scene.change, when: 'before', effect: 'crash' });
    await play.play(ticket.send());

    const { trail } = await play.of(ticket);
    expect(trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'acting', 'ended']);
    expect(Date.parse(String(trail[2]?.at)) - Date.parse(String(trail[1]?.at))).toBeGreaterThanOrEqual(
      55_000,
    );
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
  });

  it('a run that dies with its lock on and whose retries never come: the sweep takes the lapsed lock', async () => {
    const ticket = play.next(scene);
    const { service, change } = scene;
    const dies = { service, operation: change, effect: 'crash', ...always } as const;
    const changed = callsOf(await play.answer(), service, change);
    play.faults(dies, lost);
    await play.play(ticket.send({}, { settleFor: 'PT5M' }));
    play.faults();
    expect((await play.of(ticket)).endings).toEqual([]);

    await play.play({ advanceClock: 'PT30M' });
    const ending = await expectToldOnce(play, ticket);
    expect(ending).toMatchObject({ ending: 'failed', code: 'gave-up' });
    expect(ending.summary).toContain('whether it was made is not known');
    expect(callsOf(await play.answer(), service, change)).toBe(changed);
    await expectNothingWaits(play);
  });
});

it('what remains: an event that was never begun and whose failure is lost has an alarm and no entry', async () => {
  const ticket = play.next();
  play.faults(lost, { service: 'dynamodb', operation: 'GetItem', effect: 'serverError', ...always });
  const before = (await lostInTheLog()).length;
  await play.play(ticket.send({}, { settleFor: 'PT5M' }));
  play.faults();
  await play.play({ advanceClock: 'PT1H' });

  // Nothing is left of it that a sweep could find. DestinationDeliveryFailures is all that tells of it.
  expect((await play.of(ticket)).trail).toEqual([]);
  expect((await lostInTheLog()).length).toBe(before + 1);
  // Its ticket system sends it again once it gets no answer: nothing was used up.
  await play.play(ticket.send());
  expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
});

it('the sweep itself fails for an hour: it ends the request when it gets through', async () => {
  const ticket = play.next();
  play.faults(lost, neverOpened);
  await play.play(ticket.send({}, { settleFor: 'PT5M' }));
  play.faults({ service: 'dynamodb', operation: 'Query', effect: 'serverError', ...always });
  await play.play({ advanceClock: 'PT1H' });
  expect((await play.of(ticket)).endings).toEqual([]);

  play.faults();
  await play.play({ advanceClock: 'PT30M' });
  expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'failed', code: 'gave-up' });
  const { deadLetters } = await play.answer();
  expect(deadLetters.some(({ queue }) => queue.includes('SweepFailures'))).toBe(true);
});
