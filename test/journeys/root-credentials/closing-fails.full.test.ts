import type { Answer } from '../../../sandbox/scenario/answer.ts';
import { endings, expectToldOnce } from '../given.ts';
import { changed, controlledBy, denyRoot, ownAccount } from '../permanent-failures/organization.ts';
import type { Step } from '../scenes/scene.ts';
import { start, stop } from '../stop/switch.ts';
import { opening } from './parts.ts';
import { withoutPassword } from './root-users.ts';
import { openTheatre, type Played, type Theatre, type Ticket } from './theatre.ts';

/** What keeps a closing from being made, and what lifts that; everything else is the same for all of them. */
let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** The scheduled closing has come and gone by then, and the sweep has come some times. */
const aWhile: Step = { advanceClock: 'PT65M' };

interface Obstacle {
  readonly what: string;
  readonly begins: (ticket: Ticket) => readonly Step[];
  readonly ends: (ticket: Ticket) => readonly Step[];
}

const trustedAccess = (isOn: boolean) => () => {
  theatre.world.organization.trustedAccess = isOn;
  return [];
};

const obstacles: readonly Obstacle[] = [
  {
    what: 'an SCP denies iam:DeleteLoginProfile',
    begins: ({ becomes }) => [
      becomes({ serviceControlPolicies: [allow, denyRoot('iam:DeleteLoginProfile')] }),
    ],
    ends: ({ becomes }) => [becomes({ serviceControlPolicies: [allow] })],
  },
  { what: 'all root tasks are stopped', begins: () => [stop], ends: () => [start] },
  { what: 'trusted access is off', begins: trustedAccess(false), ends: trustedAccess(true) },
];

const ofClosing = (answer: Answer) =>
  endings(answer).filter(({ requestId }) => requestId.includes('/closing/'));

function expectPagedEvery15Minutes({ notifications, trail, ...answer }: Played): void {
  const failed = ofClosing({ notifications, trail, ...answer });
  expect(failed.length).toBeGreaterThanOrEqual(3);
  for (const ending of failed)
    expect(ending).toMatchObject({ ending: 'failed', code: 'password-recovery-open' });
  // Each is a request of its own, and each is told by itself.
  expect(new Set(failed.map(({ requestId }) => requestId)).size).toBe(failed.length);
  for (const { hash, requestId } of failed)
    expect(
      notifications.filter(({ message }) => message.includes(hash) && message.includes(requestId)),
    ).toHaveLength(1);
  const times = failed.map(({ at }) => Date.parse(at));
  for (const [index, at] of times.entries()) {
    const earlier = times[index - 1];
    if (earlier !== undefined) expect(at - earlier).toBeLessThan(31 * 60_000);
  }
}

describe.each(obstacles)('the closing fails because $what', ({ begins, ends }) => {
  it('on-call is told again and again that recovery is open, until it is closed, once', async () => {
    const opened = await theatre.play(opening.task, withoutPassword, ({ send }) => [send()]);
    const { ticket } = opened;
    const failing = await theatre.goOn(ticket, [...begins(ticket), aWhile]);
    expect(failing.user.password).toBeDefined();
    expectPagedEvery15Minutes(failing);

    const closed = await theatre.goOn(ticket, [...ends(ticket), { advanceClock: 'PT31M' }]);
    expect(ofClosing(closed).at(-1)).toMatchObject({ ending: 'succeeded', code: 'password-recovery-closed' });
    expect(ofClosing(closed).filter(({ ending }) => ending === 'succeeded')).toHaveLength(1);
    expect(closed.user.password).toBeUndefined();

    const quiet = await theatre.goOn(ticket, [{ advanceClock: 'PT16M' }]);
    expect(quiet.trail).toEqual([]);
    expect(quiet.notifications).toEqual([]);
  });
});

const notTheSchedule = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Action: 'lambda:InvokeFunction',
      Resource: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*Closings*' } },
    },
  ],
};

it('the schedule may invoke nothing any more: on-call is told, and the sweep closes', async () => {
  const { ticket } = await theatre.play(opening.task, withoutPassword, ({ send }) => [send()]);
  const restore = changed(theatre.world, controlledBy(notTheSchedule, ownAccount), ownAccount);
  const closed = await theatre.goOn(ticket, [{ advanceClock: 'PT40M' }]).finally(restore);

  expect(ofClosing(closed)).toMatchObject([
    { ending: 'failed', code: 'password-recovery-open' },
    { ending: 'succeeded', code: 'password-recovery-closed' },
  ]);
  expectToldOnce(closed);
  expect(closed.user.password).toBeUndefined();
});

it('Scheduler cannot hand over for some minutes: it closes late, once', async () => {
  const { ticket } = await theatre.play(opening.task, withoutPassword, ({ send }) => [send()]);
  const handOver = { service: 'lambda', operation: 'Invoke', when: 'before', effect: 'throttle' } as const;
  const closed = await theatre.goOn(ticket, [{ advanceClock: 'PT9M' }], [{ ...handOver, times: 7 }]);

  expect(ofClosing(closed)).toMatchObject([{ code: 'password-recovery-closed' }]);
  expectToldOnce(closed);
  expect(closed.user.password).toBeUndefined();
});

it('every run of the closing dies: on-call is told that recovery is open, and the next closing does it', async () => {
  const { ticket } = await theatre.play(opening.task, withoutPassword, ({ send }) => [send()]);
  const dying = await theatre.goOn(
    ticket,
    [{ advanceClock: 'PT14M' }],
    [{ service: 'iam', operation: 'DeleteLoginProfile', when: 'before', effect: 'crash', times: 3 }],
  );
  expect(ofClosing(dying)).toMatchObject([{ ending: 'failed', code: 'password-recovery-open' }]);
  expect(dying.notifications[0]?.message).toContain('is NOT closed');

  const closed = await theatre.goOn(ticket, [{ advanceClock: 'PT31M' }]);
  expect(ofClosing(closed)).toMatchObject([{ code: 'password-recovery-closed' }]);
  expect(closed.user.password).toBeUndefined();
});
