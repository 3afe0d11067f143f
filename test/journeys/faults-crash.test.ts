import { expectStruck, expectUnlockedOnce } from './faults/expect-right.ts';
import { callsOfACleanRun, callsOfARetry, type Fault, faultAt, laneCalls } from './faults/lane-calls.ts';
import { openTickets, type Tickets } from './faults/tickets.ts';

const sorted = (calls: readonly object[]) => calls.map((call) => JSON.stringify(call)).sort();
const withoutWords = ({ what: _, ...call }: (typeof callsOfACleanRun)[number]) => call;

/** The first run dies when it has sent the deletion and S3 has not got it yet. */
const firstDeath: Fault = {
  service: 's3',
  operation: 'DeleteBucketPolicy',
  when: 'before',
  effect: 'crash',
  times: 1,
};

let tickets: Tickets;
beforeAll(async () => {
  tickets = await openTickets();
});
afterAll(() => tickets.close());

describe('the calls of the lane', () => {
  it('of a clean run are the ones below', async () => {
    const answer = await tickets.unlockUnder([]);
    expect(sorted(laneCalls(answer))).toEqual(sorted(callsOfACleanRun.map(withoutWords)));
    expectUnlockedOnce(answer, []);
  });

  it('of a retry are the ones below', async () => {
    const answer = await tickets.unlockUnder([firstDeath]);
    const ofFirstRun = callsOfACleanRun.slice(0, 11);
    expect(sorted(laneCalls(answer))).toEqual(sorted([...ofFirstRun, ...callsOfARetry].map(withoutWords)));
  });
});

describe.each(['before', 'after'] as const)('a run that dies %s', (when) => {
  it.each(callsOfACleanRun)('$what ($operation $nth) is finished by its retry', async (call) => {
    const fault = faultAt(call, when, 'crash');
    const answer = await tickets.unlockUnder([fault]);
    expectStruck(answer, [fault]);
    expectUnlockedOnce(answer, [fault]);
  });
});

/** To die before a call is, for the trail, to have died after the one before it: here one of the two is enough. */
describe('a retry that dies after', () => {
  it.each(callsOfARetry)('$what ($operation $nth) is finished by the next', async (call) => {
    const fault = faultAt(call, 'after', 'crash');
    const answer = await tickets.unlockUnder([firstDeath, fault]);
    expectStruck(answer, [firstDeath, fault]);
    expectUnlockedOnce(answer, [fault]);
  });
});
