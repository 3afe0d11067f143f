import { callsOf } from '../given.ts';
import { firstScene } from '../scenes/scenes.ts';
import { entryOf, type Ticket } from '../scenes/ticket.ts';
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

it('SNS is down for seven hours: on-call is told once it is back, the bus at once', async () => {
  const ticket = play.next();
  const before = (await givenUpBy('Notify')).length;
  play.faults(publish);
  await play.play(ticket.send({}, { settleFor: 'PT1M' }));
  expect((await play.of(ticket)).outcomes).toHaveLength(1);
  await play.play({ advanceClock: 'PT7H' });
  expect(await play.of(ticket)).toMatchObject({ notifications: [], outcomes: [{}] });
  expect((await givenUpBy('Notify')).length).toBeGreaterThan(before);

  play.faults();
  await play.play({ advanceClock: 'PT30M' });
  await expectToldOnce(play, ticket);
  await expectUnchangedEnding(ticket);
  await play.play({ advanceClock: 'PT2H' });
  await expectToldOnce(play, ticket);
});

it('the bus is down as well, and several tickets wait: each is told once on each channel', async () => {
  const tickets = [play.next(), play.next()];
  const entries = tickets.map((ticket) => entryOf(ticket.approval()));
  const before = (await givenUpBy('Publish')).length;
  play.faults(publish, putOutcome);
  await play.play({ putEvents: { as: 'ticketing', entries, settleFor: 'PT7H' } });
  for (const ticket of tickets)
    expect(await play.of(ticket)).toMatchObject({ notifications: [], outcomes: [] });
  expect((await givenUpBy('Publish')).length).toBeGreaterThan(before);

  play.faults();
  await play.play({ advanceClock: 'PT30M' });
  for (const ticket of tickets) {
    await expectToldOnce(play, ticket);
    await expectUnchangedEnding(ticket);
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
