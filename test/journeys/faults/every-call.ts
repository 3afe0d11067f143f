import { callsOf, endings, expectToldOnce } from '../given.ts';
import type { Fault, Scene } from '../scenes/scene.ts';
import { everyScene, firstScene } from '../scenes/scenes.ts';
import { openTheatre, type Theatre } from '../scenes/theatre.ts';
import { expectIntactChains, expectStruck, expectUnlockedOnce } from './expect-right.ts';
import { callsOfACleanRun, faultAt, type LaneCall } from './lane-calls.ts';

type Row = LaneCall & { readonly task: string; readonly scene: Scene };

/**
 * The calls of a clean run. Up to the root session, and in what is written down, every lane is the same code with the
 * same clients: that part is walked once, with the first root task. In the session each has calls of its own.
 */
const rows: readonly Row[] = everyScene.flatMap((scene) =>
  callsOfACleanRun(scene)
    .filter(({ service }) => scene === firstScene || service === scene.service)
    .map((call) => ({ ...call, scene, task: scene.task })),
);

const isChange = ({ operation, scene }: Row) => operation === scene.change;
const isSwitch = ({ service }: Row) => service === 'ssm';

/** The SDK tries a call three times by itself, the switch and STS five times. A change is sent once. */
function triesOf(row: Row): number {
  if (isChange(row)) return 1;
  return isSwitch(row) || row.service === 'sts' ? 5 : 3;
}

/** Two of one operation at the same time: what strikes six times has struck one of them three times. */
const sideBySide = ({ operation, nth }: LaneCall) =>
  operation === 'GetItem' || (operation === 'PutItem' && (nth === 2 || nth === 3));
const strikesForAWholeRun = (row: Row) => (sideBySide(row) ? 6 : triesOf(row));

/** A lock whose taking lost its answer looks like another run's when it is tried again: it must lapse first. */
const locksItselfOut = ({ operation, nth }: LaneCall, when: Fault['when']) =>
  operation === 'PutItem' && nth === 1 && when === 'after';

/** The ending is in the trail though its answer was lost: who tells of it writes that down, and may be struck instead. */
const othersMayBeStruck = ({ operation, nth }: LaneCall, when: Fault['when']) =>
  operation === 'PutItem' && nth === 5 && when === 'after';

/**
 * To the SDK, whatever had no effect is the same: it tries again. That this alone is enough is shown by one of them for
 * each call; strikes that outlast a run begin with one strike in any case.
 */
const isTriedOnceHere = (effect: Fault['effect'], when: Fault['when']) =>
  when === 'after' || effect === 'throttle';

/** The same for every call of the lane: a fault that a second try gets past, and one that only a second run does. */
export function describeFaultAtEveryCall(effect: Fault['effect'], when: Fault['when']): void {
  describe(`a ${effect} ${when}`, () => {
    let theatre: Theatre;
    beforeAll(async () => {
      theatre = await openTheatre();
    });
    afterAll(() => theatre.close());

    async function unlockUnder({ scene }: Row, fault: Fault) {
      const answer = await theatre.play(scene, ({ send }) => [send()], [fault]);
      expectStruck(answer, [fault]);
      return answer;
    }

    async function expectUnlockedDespite(row: Row, fault: Fault) {
      const answer = await unlockUnder(row, fault);
      expectUnlockedOnce(answer, [fault]);
      return answer.logs.filter(({ message }) => String(message).startsWith('Invoke Error')).length;
    }

    const passing = isTriedOnceHere(effect, when) ? rows.filter((row) => triesOf(row) > 1) : [];
    if (passing.length > 0)
      it.each(passing)('$task: $what ($operation $nth), once', async (row) => {
        const failedRuns = await expectUnlockedDespite(row, faultAt(row, when, effect));
        expect(failedRuns).toBe(locksItselfOut(row, when) ? 1 : 0);
      });

    const failing = rows.filter((row) => !isSwitch(row));
    it.each(failing)('$task: $what ($operation $nth), for a whole run', async (row) => {
      const failedRuns = await expectUnlockedDespite(
        row,
        faultAt(row, when, effect, strikesForAWholeRun(row)),
      );
      if (!othersMayBeStruck(row, when)) expect(failedRuns).toBeGreaterThan(0);
    });

    /** A switch that cannot be read counts as thrown: the request ends, and no run is needed to end it. */
    it.each(rows.filter(isSwitch))('$task: $what ($nth), until it gives up: stopped', async (row) => {
      const answer = await unlockUnder(row, faultAt(row, when, effect, triesOf(row)));
      expect(endings(answer)).toMatchObject([
        row.nth === 1
          ? { ending: 'refused', code: 'root-tasks-stopped' }
          : { ending: 'failed', code: 'stopped' },
      ]);
      expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(0);
      expect(answer.policy).toEqual(row.scene.lockOut(answer.ticket.target));
      expectIntactChains(answer);
      expectToldOnce(answer);
      expect(answer.deadLetters).toEqual([]);
    });
  });
}
