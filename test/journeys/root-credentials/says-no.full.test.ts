import { callsOf, endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import {
  type Change,
  changed,
  controlledBy,
  denyAssumeRoot,
  ownAccount,
} from '../permanent-failures/organization.ts';
import type { Fault } from '../scenes/scene.ts';
import { start, stop } from '../stop/switch.ts';
import { askedParts } from './parts.ts';
import { openTheatre, type Theatre } from './theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
/** Of many refusals in five minutes, on-call is told together. */
beforeEach(() => theatre.pass('PT5M'));
afterAll(() => theatre.close());

/** What AWS says no to before a session is opened; the account is that of the story. */
const failures: readonly (readonly [code: string, says: RegExp, change: Change])[] = [
  [
    'root-credentials-management-not-enabled',
    /enable-organizations-root-credentials-management/,
    (organization) => {
      organization.features = ['RootSessions'];
    },
  ],
  [
    'trusted-access-off',
    /enable-aws-service-access/,
    (organization) => {
      organization.trustedAccess = false;
    },
  ],
  [
    'account-not-active',
    /SUSPENDED/,
    (_, member) => {
      member.state = 'SUSPENDED';
    },
  ],
  ['assume-root-denied', /one of these/, controlledBy(denyAssumeRoot, ownAccount)],
];

describe.each(askedParts)('$task', ({ task, userBefore }) => {
  it.each(failures)('ends in plain words: %s', async (code, says, change) => {
    const { ticket } = await theatre.play(task, userBefore, () => []);
    const restore = changed(theatre.world, change, ticket.accountId);
    const answer = await theatre.goOn(ticket, [ticket.send()]).finally(restore);

    expect(endings(answer)).toMatchObject([{ ending: 'failed', code, remedy: expect.any(String) }]);
    expect(answer.notifications[0]?.message).toMatch(says);
    expectToldOnce(answer);
    expectNothingOpened(answer);
    expect(answer.schedules).toEqual([]);
    expect(answer.user).toEqual(userBefore(ticket.accountId));
  });

  it('is refused while all root tasks are stopped, and goes through when it is sent again', async () => {
    const { ticket } = await theatre.play(task, userBefore, () => []);
    const refused = await theatre.goOn(ticket, [stop, ticket.send(), start]);
    expect(endings(refused)).toMatchObject([{ ending: 'refused', code: 'root-tasks-stopped' }]);
    expectNothingOpened(refused);

    const again = await theatre.goOn(ticket, [ticket.send({ dryRun: true })]);
    expect(endings(again)).toMatchObject([{ ending: 'rehearsed' }]);
  });

  it('is given up, and somebody is told, when every try of it fails', async () => {
    const fails: Fault = {
      service: 'sts',
      operation: 'AssumeRoot',
      when: 'before',
      effect: 'serverError',
      times: 1_000,
    };
    const answer = await theatre.play(task, userBefore, ({ send }) => [send()], [fails]);

    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'gave-up' }]);
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(0);
    expect(answer.user).toEqual(userBefore(answer.ticket.accountId));
    expectToldOnce(answer);
    expect(answer.deadLetters).toEqual([]);
  });
});
