import { expectIntactChains } from './faults/expect-right.ts';
import type { Fault } from './faults/lane-calls.ts';
import { openTickets, type Tickets } from './faults/tickets.ts';
import { endings } from './given.ts';

let tickets: Tickets;
beforeAll(async () => {
  tickets = await openTickets();
});
afterAll(() => tickets.close());

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

async function unlockUnder(fault: Fault) {
  const answer = await tickets.unlockUnder([fault]);
  expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
  expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
  expectIntactChains(answer);
  expect(answer.calls.filter(({ operation }) => operation === 'DeleteBucketPolicy')).toHaveLength(1);
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

it('whoever tells on-call cannot read the approval at first: on-call is told once all the same', async () => {
  const reading = { service: 'dynamodb', operation: 'GetItem', skip: 1 } as const;
  const { notifications, outcomes } = await unlockUnder({
    ...reading,
    effect: 'crash',
    when: 'before',
    times: 1,
  });
  expect(notifications).toHaveLength(1);
  expect(outcomes).toHaveLength(1);
});

it('an announcement that never gets through waits in a queue of its own, the other one is made', async () => {
  const answer = await tickets.unlockUnder([
    { ...publish, effect: 'serverError', when: 'before', times: 1000 },
  ]);
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
