import { callsOf } from '../given.ts';
import { firstScene } from '../scenes/scenes.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { always, expectToldOnce, openPlay, type Play } from './play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.close());
afterEach(() => play.faults());

const publish = { service: 'sns', operation: 'Publish', effect: 'serverError', ...always } as const;
/** The first PutEvents of a story is the ticket system's. */
const putOutcome = {
  service: 'events',
  operation: 'PutEvents',
  effect: 'serverError',
  ...always,
  skip: 1,
} as const;

// Seven hours are longer than the stream's 30 retries last, which is some four.

async function expectUnchangedEnding(ticket: Ticket) {
  const { trail } = await play.of(ticket);
  expect(trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
  expect(trail[2]).toMatchObject({ ending: 'succeeded' });
}

/** What was put aside for a person, because the stream gave it up. */
async function givenUpBy(announcer: string) {
  const { deadLetters } = await play.answer();
  return deadLetters.filter(
    ({ queue, body }) => queue.includes(`${announcer}Failures`) && 'DDBStreamBatchInfo' in Object(body),
  );
}

it('SNS is down for hours, then the bus as well: each channel is told once when it is back, or at once', async () => {
  const first = play.next();
  const before = { notify: (await givenUpBy('Notify')).length, publish: (await givenUpBy('Publish')).length };
  play.faults(publish);
  await play.play(first.send({}, { settleFor: 'PT1M' }));
  expect(await play.of(first)).toMatchObject({ notifications: [], outcomes: [{}] });
  const second = play.next();
  play.faults(publish, putOutcome);
  await play.play(second.send({}, { settleFor: 'PT7H' }));
  expect(await play.of(first)).toMatchObject({ notifications: [], outcomes: [{}] });
  expect(await play.of(second)).toMatchObject({ notifications: [], outcomes: [] });
  expect((await givenUpBy('Notify')).length).toBeGreaterThan(before.notify);
  expect((await givenUpBy('Publish')).length).toBeGreaterThan(before.publish);

  play.faults();
  for (const duration of ['PT30M', 'PT1H']) {
    await play.play({ advanceClock: duration });
    for (const ticket of [first, second]) {
      await expectToldOnce(play, ticket);
      await expectUnchangedEnding(ticket);
    }
  }
});

it('what was told cannot be remembered at first: it is told again, and never not at all', async () => {
  const ticket = play.next();
  const changed = callsOf(await play.answer(), firstScene.service, firstScene.change);
  // The lane's own five writes and one more pass, the announcers' memory fails for a while.
  play.faults({
    service: 'dynamodb',
    operation: 'PutItem',
    when: 'before',
    effect: 'serverError',
    times: 12,
    skip: 5,
  });
  await play.play(ticket.send());

  const { endings, notifications, outcomes } = await play.of(ticket);
  expect(endings).toMatchObject([{ ending: 'succeeded' }]);
  expect(notifications.length).toBeGreaterThanOrEqual(1);
  expect(outcomes.length).toBeGreaterThanOrEqual(1);
  expect(notifications.length + outcomes.length).toBeGreaterThan(2);
  expect(callsOf(await play.answer(), firstScene.service, firstScene.change)).toBe(changed + 1);
});
