import { expectIntactChains } from './faults/expect-right.ts';
import { endings } from './given.ts';
import type { Fault } from './scenes/scene.ts';
import { firstScene } from './scenes/scenes.ts';
import { openTheatre, type Theatre } from './scenes/theatre.ts';

/** Who tells of an ending reads it in the trail, and does not care which root task it is of: one is enough. */
let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const publish = { service: 'sns', operation: 'Publish' } as const;
/** The first PutEvents of a story is the ticket system's. */
const putOutcome = { service: 'events', operation: 'PutEvents', skip: 1 } as const;

type Case = readonly [what: string, effect: Fault['effect'], when: Fault['when'], times: number];
const cases: Case[] = [
  ['dies before it', 'crash', 'before', 1],
  ['dies after it', 'crash', 'after', 1],
  ['is throttled', 'throttle', 'before', 4],
  ['gets an error', 'serverError', 'before', 4],
  ['gets an error for what was done', 'serverError', 'after', 3],
  ['gets no answer', 'timeout', 'before', 4],
  ['gets no answer to what was done', 'timeout', 'after', 3],
];

const playUnder = (fault: Fault) => theatre.play(firstScene, ({ send }) => [send()], [fault]);

async function unlockUnder(fault: Fault) {
  const answer = await playUnder(fault);
  expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
  expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
  expectIntactChains(answer);
  expect(answer.calls.filter(({ operation }) => operation === firstScene.change)).toHaveLength(1);
  expect(answer.deadLetters).toEqual([]);
  return answer;
}

/** Once where nothing was told before the failure, at least once where its answer was lost. */
function expectTold(messages: readonly unknown[], when: Fault['when']) {
  if (when === 'before') expect(messages).toHaveLength(1);
  else expect(messages.length).toBeGreaterThan(1);
}

it.each(cases)(
  'whoever tells on-call %s: the ending stands, the bus is told once',
  async (_, effect, when, times) => {
    const { notifications, outcomes } = await unlockUnder({ ...publish, effect, when, times });
    expectTold(notifications, when);
    expect(outcomes).toHaveLength(1);
  },
);

it.each(cases)(
  'whoever tells the bus %s: the ending stands, on-call is told once',
  async (_, effect, when, times) => {
    const { notifications, outcomes } = await unlockUnder({ ...putOutcome, effect, when, times });
    expect(notifications).toHaveLength(1);
    expectTold(outcomes, when);
  },
);

/** The lane reads twice before; behind that come those who tell, and what they read of the trail and of what was told. */
it.each([3, 4, 5])(
  'whoever tells dies at the %d. reading of a story: all are told once all the same',
  async (nth) => {
    const reading = { service: 'dynamodb', operation: 'GetItem', skip: nth - 1 } as const;
    const { notifications, outcomes } = await unlockUnder({ ...reading, effect: 'crash', when: 'before' });
    expect(notifications).toHaveLength(1);
    expect(outcomes).toHaveLength(1);
  },
);

it('an announcement that never gets through waits in a queue of its own, the other one is made', async () => {
  const answer = await playUnder({ ...publish, effect: 'serverError', when: 'before', times: 1000 });
  expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
  expect(answer.notifications).toEqual([]);
  expect(answer.outcomes).toHaveLength(1);
  // Of the stream one, with its place in it; the catch-up's runs that failed meanwhile wait there too.
  const ofStream = answer.deadLetters.filter(({ body }) =>
    JSON.stringify(body).includes('DDBStreamBatchInfo'),
  );
  expect(ofStream).toMatchObject([{ body: { DDBStreamBatchInfo: { batchSize: 1 } } }]);
  for (const { queue } of answer.deadLetters) expect(queue).toContain('NotifyFailures');
});
