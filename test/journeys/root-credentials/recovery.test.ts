import { endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import type { Step } from '../scenes/scene.ts';
import { expectDoneOnce } from './expect-done.ts';
import { closing, itsTimeIsOver, opening } from './parts.ts';
import { everything, newKey, nobody, withoutPassword } from './root-users.ts';
import { openTheatre, type Played, type Theatre, type Ticket } from './theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const task = opening.task;
const codes = (answer: Played) => endings(answer).map(({ code }) => code);
const intendedOf = ({ trail }: Played): Readonly<Record<string, unknown>> =>
  Object(trail.find(({ kind }) => kind === 'acting')?.intended);
const openedNow = () => theatre.play(task, withoutPassword, ({ send }) => [send()]);

/** The order to close, as the schedule gives it, by who may invoke. */
const orderToClose = (closes: unknown) =>
  ({ invoke: { as: 'insider', function: 'close-root-password-recovery', event: { closes } } }) as const;

/** Somebody has all root credentials deleted a minute after the ticket came up. */
const deletedMeanwhile = ({ approvals, send }: Ticket): Step[] => [
  { advanceClock: 'PT1M' },
  send({
    task: 'delete-root-credentials',
    removeAfter: undefined,
    approvals: approvals(['lead@example.com', 'PT59S']),
  }),
];

describe('an opening', () => {
  it('is scheduled to be closed before anything is opened, and says until when', async () => {
    const answer = await openedNow();

    expectDoneOnce(answer, opening);
    const { closesAt, schedule } = intendedOf(answer);
    expect(answer.schedules).toEqual([
      {
        group: expect.any(String),
        name: schedule,
        expression: `at(${String(closesAt).slice(0, 19)})`,
        target: expect.stringMatching(/CloseRootPasswordRecovery/i),
      },
    ]);
    const names = answer.calls.map(({ operation }) => operation);
    expect(names.indexOf('CreateSchedule')).toBeLessThan(names.indexOf('CreateLoginProfile'));
    const acting = answer.trail.find(({ kind }) => kind === 'acting');
    const scheduled = answer.calls.find(({ operation }) => operation === 'CreateSchedule');
    expect(acting?.at.localeCompare(scheduled?.at ?? '')).toBeLessThanOrEqual(0);
    expect(answer.notifications[0]?.message).toContain(`OPEN until ${closesAt}`);
    const length = Date.parse(String(closesAt)) - Date.parse(answer.ticket.at('PT0S'));
    expect(length).toBeGreaterThanOrEqual(5 * 60_000);
    expect(length).toBeLessThan(6 * 60_000);
    await theatre.goOn(answer.ticket, [itsTimeIsOver]);
  });

  it('is refused to one approver, and for longer than the settings say', async () => {
    const answer = await theatre.play(
      task,
      () => nobody,
      ({ approvals, send }) => [
        send({ approvals: approvals(['lead@example.com', '-PT2M']) }),
        send({ removeAfter: 'P30D' }),
      ],
    );

    expect(codes(answer)).toEqual(['too-few-approvals', 'remove-after-too-long']);
    expectNothingOpened(answer);
    expect(answer.schedules).toEqual([]);
    expectToldOnce(answer);
  });

  it('comes to nothing when its closing cannot be scheduled, on any try', async () => {
    const never = { service: 'scheduler', operation: 'CreateSchedule', when: 'before', times: 100 } as const;
    const answer = await theatre.play(task, withoutPassword, ({ send }) => [send()], [
      { ...never, effect: 'serverError' },
    ]);

    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'gave-up' }]);
    expect(answer.calls.filter(({ operation }) => operation === 'CreateLoginProfile')).toEqual([]);
    expect(answer.user).toEqual(withoutPassword(answer.ticket.accountId));
    expectToldOnce(answer);
    // What was announced is looked after all the same: there is nothing to close.
    const later = await theatre.goOn(answer.ticket, [{ advanceClock: 'PT1H' }]);
    expect(codes(later)).toEqual(['password-recovery-was-closed']);
  });

  it('is opened once, until the first closing time, where the run died between schedule and password', async () => {
    const answer = await theatre.play(task, withoutPassword, ({ send }) => [send()], [
      { service: 'scheduler', operation: 'CreateSchedule', when: 'after', effect: 'crash' },
    ]);

    expectDoneOnce(answer, opening);
    const times = answer.trail
      .filter(({ kind }) => kind === 'acting')
      .map(({ intended }) => Reflect.get(Object(intended), 'closesAt'));
    expect(times).toHaveLength(2);
    expect(new Set(times).size).toBe(1);
    expect(answer.schedules).toHaveLength(1);
    await theatre.goOn(answer.ticket, [itsTimeIsOver]);
  });

  it('is not made a second time by a duplicate that comes when it is closed', async () => {
    const answer = await openedNow();
    await theatre.goOn(answer.ticket, [itsTimeIsOver]);
    const again = await theatre.goOn(answer.ticket, [answer.ticket.send(), { advanceClock: 'PT1M' }]);

    expect(again.trail).toEqual([]);
    expectNothingOpened(again);
    expect(again.user.password).toBeUndefined();
  });
});

describe('its closing', () => {
  it('comes at its time by itself: what was made since goes, what was there before stays', async () => {
    const answer = await closing.play(theatre);

    expectDoneOnce(answer, closing);
    const [approved, , ended] = answer.trail;
    expect(approved).toMatchObject({ closes: ended?.closes });
    expect(ended?.requestId).toBe(`${ended?.closes}/closing/1`);
    expect(answer.notifications[0]?.message).toContain('CLOSED');
    expect(answer.schedules).toEqual([]);
  });

  it('comes to nothing before the time, whoever orders it', async () => {
    const opened = await openedNow();
    const { requestId } = opened.trail[0] ?? {};
    const early = await theatre.goOn(opened.ticket, [orderToClose(requestId), orderToClose(requestId)]);

    expect(early.trail).toEqual([]);
    expectNothingOpened(early);
    expect(early.user.password).toBeDefined();
    const closed = await theatre.goOn(opened.ticket, [itsTimeIsOver]);
    expect(codes(closed)).toEqual(['password-recovery-closed']);
  });

  it('is done once, however often it is ordered after its time', async () => {
    const opened = await openedNow();
    const { requestId } = opened.trail[0] ?? {};
    await theatre.goOn(opened.ticket, [itsTimeIsOver]);
    const again = await theatre.goOn(opened.ticket, [
      opened.ticket.makes({ accessKey: { id: newKey } }),
      [orderToClose(requestId), orderToClose(requestId)],
    ]);

    expect(again.trail).toEqual([]);
    expect(again.user.accessKeys.map(({ id }) => id)).toContain(newKey);
  });

  it('says so where somebody has taken the password away before', async () => {
    const opened = await openedNow();
    const deleted = await theatre.goOn(opened.ticket, [...deletedMeanwhile(opened.ticket)]);
    expect(codes(deleted)).toEqual(['root-credentials-deleted']);
    const closed = await theatre.goOn(opened.ticket, [itsTimeIsOver]);

    expect(endings(closed)).toMatchObject([
      { ending: 'nothing-to-do', code: 'password-recovery-was-closed' },
    ]);
  });

  it('is not out of date whatever came between: a later deletion leaves a password made anew to it', async () => {
    const opened = await openedNow();
    await theatre.goOn(opened.ticket, [
      ...deletedMeanwhile(opened.ticket),
      opened.ticket.makes({ password: true }),
    ]);
    const closed = await theatre.goOn(opened.ticket, [itsTimeIsOver]);

    expect(codes(closed)).toEqual(['password-recovery-closed']);
    expect(closed.user.password).toBeUndefined();
  });

  it('an order that no opening stands behind is refused, recorded and told, and opens nothing', async () => {
    const audited = await theatre.play('audit-root-credentials', everything, ({ send }) => [send()]);
    const rehearsed = await theatre.play(
      task,
      () => nobody,
      ({ send }) => [send({ dryRun: true })],
    );
    for (const closes of ['jira/sec-0/nothing', audited.trail[0]?.requestId, rehearsed.trail[0]?.requestId]) {
      await theatre.pass('PT5M');
      const forged = await theatre.goOn(audited.ticket, [orderToClose(closes)]);
      expect(endings(forged)).toMatchObject([{ ending: 'refused', code: 'not-ordered' }]);
      expectNothingOpened(forged);
      expectToldOnce(forged);
    }
  });
});
