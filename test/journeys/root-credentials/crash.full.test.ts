import { expectStruck } from '../faults/expect-right.ts';
import { faultAt } from '../faults/lane-calls.ts';
import { type Call, callsOfACleanRun, laneCalls } from './calls.ts';
import { expectDoneOnce } from './expect-done.ts';
import { everyPart, leaveClosed, opening } from './parts.ts';
import { openTheatre, type Played, type Theatre } from './theatre.ts';

const sorted = (calls: readonly object[]) => calls.map((call) => JSON.stringify(call)).sort();

describe.each(everyPart)('$task', (part) => {
  const { changes, task } = part;
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  });
  afterAll(() => theatre.close());

  /** However an opening came about: it has one schedule, the first closing time is kept, and it is closed by it. */
  async function expectClosedInTime(answer: Played) {
    if (task !== opening.task) return;
    const times = answer.trail
      .filter(({ kind }) => kind === 'acting')
      .map(({ intended }) => Reflect.get(Object(intended), 'closesAt'));
    expect(new Set(times).size).toBe(1);
    expect(answer.schedules).toMatchObject([{ expression: `at(${String(times[0]).slice(0, 19)})` }]);
    await leaveClosed(theatre, answer);
    const { user, schedules } = await theatre.goOn(answer.ticket, []);
    expect(user.password).toBeUndefined();
    expect(schedules).toEqual([]);
  }

  it('the calls of a clean run are the ones that are listed', async () => {
    const answer = await part.play(theatre);
    expect(sorted(laneCalls(answer))).toEqual(sorted(callsOfACleanRun(task)));
    await expectClosedInTime(answer);
  });

  /**
   * To die before a call is, for the trail and for IAM, to have died after the one before it; and to have read leaves
   * nothing. So dying after each call that writes or opens something would be enough. The first of each kind of change
   * is died before all the same: of a change only AWS knows whether it was made.
   */
  const isChange = ({ operation, service }: Call) =>
    changes[operation] !== undefined || service === 'scheduler';
  const leavesSomething = (call: Call) =>
    isChange(call) || ['PutItem', 'UpdateItem', 'AssumeRoot'].includes(call.operation);
  const calls = callsOfACleanRun(task).filter(leavesSomething);
  const deaths = [
    ...calls
      .filter((call) => isChange(call) && call.nth === 1)
      .map((call) => ({ ...call, when: 'before' as const })),
    ...calls.map((call) => ({ ...call, when: 'after' as const })),
  ];

  it.each(deaths)(
    'a run that dies $when $operation $nth is finished by its retry',
    async ({ when, ...call }) => {
      const fault = faultAt({ what: '', ...call }, when, 'crash');
      const answer = await part.play(theatre, [fault]);
      expectStruck(answer, [fault]);
      expectDoneOnce(answer, part, [fault]);
      await expectClosedInTime(answer);
    },
  );
});
