import { expectStruck, expectUnlockedOnce } from './expect-right.ts';
import { callsOfACleanRun, type Fault, faultAt, type LaneCall } from './lane-calls.ts';
import { openTickets, type Tickets } from './tickets.ts';

/** The SDK tries a call three times by itself. A deletion is sent once. */
const triesOf = ({ operation }: LaneCall) => (operation === 'DeleteBucketPolicy' ? 1 : 3);

/** The approval and the turn are written side by side: what strikes six times has struck one of them three times. */
const sideBySide = ({ operation, nth }: LaneCall) => operation === 'PutItem' && (nth === 2 || nth === 3);
const strikesForAWholeRun = (call: LaneCall) => (sideBySide(call) ? 6 : triesOf(call));

/** A lock whose taking lost its answer looks like another run's when it is tried again: it must lapse first. */
const locksItselfOut = ({ operation, nth }: LaneCall, when: Fault['when']) =>
  operation === 'PutItem' && nth === 1 && when === 'after';

/** The same for every call of the lane: a fault that a second try gets past, and one that only a second run does. */
export function describeFaultAtEveryCall(effect: Fault['effect'], when: Fault['when']): void {
  describe(`a ${effect} ${when}`, () => {
    let tickets: Tickets;
    beforeAll(async () => {
      tickets = await openTickets();
    });
    afterAll(() => tickets.close());

    async function expectUnlockedDespite(fault: Fault) {
      const answer = await tickets.unlockUnder([fault]);
      expectStruck(answer, [fault]);
      expectUnlockedOnce(answer, [fault]);
      return answer.logs.filter(({ message }) => String(message).startsWith('Invoke Error')).length;
    }

    const passing = callsOfACleanRun.filter((call) => triesOf(call) > 1);
    it.each(passing)('$what ($operation $nth), once', async (call) => {
      const failedRuns = await expectUnlockedDespite(faultAt(call, when, effect));
      expect(failedRuns).toBe(locksItselfOut(call, when) ? 1 : 0);
    });

    it.each(callsOfACleanRun)('$what ($operation $nth), for a whole run', async (call) => {
      const failedRuns = await expectUnlockedDespite(faultAt(call, when, effect, strikesForAWholeRun(call)));
      expect(failedRuns).toBeGreaterThan(0);
    });
  });
}
