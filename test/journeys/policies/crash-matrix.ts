import { expectStruck } from '../faults/expect-right.ts';
import { faultAt, type LaneCall, laneCalls } from '../faults/lane-calls.ts';
import { endings, expectToldOnce } from '../given.ts';
import type { Fault } from '../scenes/scene.ts';
import type { Act } from './crash-acts.ts';
import {
  type CrashTheatre,
  expectNoOtherDocument,
  expectPutOnce,
  openCrashTheatre,
} from './crash-theatre.ts';

const sorted = (calls: readonly object[]) => calls.map((call) => JSON.stringify(call)).sort();
const withoutWords = ({ what: _, ...call }: LaneCall) => call;

/** From the first call of the root session on, and what is written down beside it. */
const inSession = ({ scene }: Act, { service, operation, nth }: LaneCall) =>
  service === scene.service ||
  operation === 'UpdateItem' ||
  (operation === 'PutItem' && nth > 3) ||
  (operation === 'Query' && nth > 3);

const changeOf = ({ scene }: Act, more: Pick<Fault, 'when' | 'effect'>): Fault => ({
  service: scene.service,
  operation: scene.change,
  times: 1,
  ...more,
});

const secondDeathsOf = ({ scene }: Act) =>
  [
    ['finding the target', scene.find, 2],
    ['declaring its attempt', 'PutItem', 7],
    ['the change', scene.change, 2],
    ['reading back', scene.read, 4],
    ['recording the ending', 'PutItem', 8],
  ] as const;

const brokenChanges = [
  ['is throttled', 'throttle', 'before'],
  ['has no effect, by an error of AWS', 'serverError', 'before'],
  ['has its effect, and an error of AWS for an answer', 'serverError', 'after'],
  ['has no effect, and no answer', 'timeout', 'before'],
  ['has its effect, and no answer', 'timeout', 'after'],
] as const;

const beforeTheOwner = [
  ['dies before the change', 'before', 'crash'],
  ['dies after the change', 'after', 'crash'],
  ['had no answer to a change that was made', 'after', 'timeout'],
] as const;

/**
 * Dies before and after the calls of a run, as `faults-crash.test.ts` does it to a removal: to die before a call is to
 * have died after the one before it, but for calls on the target. `wholeOf` says whose way up to the session is walked.
 */
export function describeCrashesOf(acts: readonly Act[], wholeOf: (act: Act) => boolean): void {
  const callsOf = (act: Act) => act.calls.filter((call) => wholeOf(act) || inSession(act, call));
  const deathsOf = (act: Act) => [
    ...callsOf(act)
      .filter(({ service }) => service === act.scene.service)
      .map((call) => ({ ...call, when: 'before' as const })),
    ...callsOf(act).map((call) => ({ ...call, when: 'after' as const })),
  ];
  const storiesOf = (act: Act) =>
    1 + deathsOf(act).length + secondDeathsOf(act).length + brokenChanges.length + beforeTheOwner.length;

  let theatre: CrashTheatre;
  beforeAll(async () => {
    theatre = await openCrashTheatre(acts, storiesOf);
  });
  afterAll(() => theatre.close());

  describe.each(acts)('$what', (act) => {
    it('makes these calls when nothing goes wrong', async () => {
      const answer = await theatre.play(act, []);
      expect(sorted(laneCalls(answer))).toEqual(sorted(act.calls.map(withoutWords)));
      expectPutOnce(answer, []);
    });

    it.each(deathsOf(act))(
      'that dies $when $what ($operation $nth) is finished by its retry',
      async ({ when, ...call }) => {
        const fault = faultAt(call, when, 'crash');
        const answer = await theatre.play(act, [fault]);
        expectStruck(answer, [fault]);
        expectPutOnce(answer, [fault]);
      },
    );

    /** The first run dies with the change on its lips; its retry behind what it does about it. */
    it.each(secondDeathsOf(act))(
      'whose retry dies after %s is finished by the next',
      async (what, operation, nth) => {
        const service = operation === 'PutItem' ? 'dynamodb' : act.scene.service;
        const first = changeOf(act, { when: 'before', effect: 'crash' });
        const second = faultAt({ what, service, operation, nth }, 'after', 'crash');
        const answer = await theatre.play(act, [first, second]);
        expectStruck(answer, [first, second]);
        expectPutOnce(answer, [second]);
      },
    );

    it.each(brokenChanges)(
      'whose change %s: the retry looks first, and it is done once',
      async (_, effect, when) => {
        const fault = changeOf(act, { when, effect });
        const answer = await theatre.play(act, [fault]);
        expectStruck(answer, [fault]);
        expectPutOnce(answer, [fault]);
        expect(answer.trail.filter(({ kind }) => kind === 'acting')).toHaveLength(when === 'after' ? 1 : 2);
      },
    );

    it.each(beforeTheOwner)(
      'that %s, and the owner puts another policy: that one is left alone',
      async (_, when, effect) => {
        const owners = (name: string) => ({ ...act.scene.repaired(name), Id: 'OfTheOwner' });
        const answer = await theatre.play(act, [changeOf(act, { when, effect })], (ticket) => [
          act.send(ticket, 'PT30S'),
          ticket.ownerPuts(owners(ticket.target)),
        ]);

        expect(answer.policy).toEqual(owners(answer.target));
        expect(endings(answer)).toMatchObject([{ ending: 'superseded', code: 'target-changed' }]);
        expect(answer.calls.filter(({ operation }) => operation === act.scene.change)).toHaveLength(1);
        expectNoOtherDocument(answer);
        expectToldOnce(answer);
      },
    );
  });
}
