import type { FaultRequest } from '../../../sandbox/parts.ts';
import { type Desk, openDesk, type Request, sessionsIn } from './desk.ts';
import { expectAddsUp, expectTrue } from './expect-run.ts';

/** The same with more of them: `npm run bench -- organization`. */
const accounts = 200;

/** One call in twenty of these fails, before or after it did what it was asked. */
const faults: FaultRequest[] = ['sts', 'iam', 'dynamodb'].flatMap((service, index) =>
  (['throttle', 'serverError'] as const).map((effect) => ({
    service,
    operation: '*',
    when: effect === 'throttle' ? ('before' as const) : ('after' as const),
    effect,
    rate: 0.025,
    seed: 10 * index + effect.length,
  })),
);
const abortHalfWay: FaultRequest = {
  service: 'states',
  operation: 'RunChild',
  when: 'before',
  effect: 'abort',
  skip: accounts / 2,
};

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({
    organization: {
      accounts: [],
      generate: {
        accounts,
        seed: 11,
        withPassword: 0.3,
        withAccessKeys: 0.2,
        deniedByScp: 0.05,
        suspended: 0.05,
      },
    },
  });
});
afterAll(() => desk.close());

/** Every account in one class, by what is really there; gives how many accounts nobody knows all of. */
async function expectRight(request: Request): Promise<number> {
  const { organization } = desk.play.world;
  const told = await desk.told(request);
  expectAddsUp(told, organization);
  expectTrue(told, organization);
  const denied = organization.accounts.filter(
    ({ serviceControlPolicies, state }) => state === 'ACTIVE' && serviceControlPolicies.length > 0,
  );
  for (const { id } of denied)
    expect(told.rows.get(id)).toMatchObject({
      class: 'failed',
      ending: { code: 'root-credentials-unreadable' },
    });
  const suspended = organization.accounts.filter(({ state }) => state !== 'ACTIVE');
  expect(told.outcome?.counts.leftOut).toBe(suspended.length + 2);
  return (
    [...told.rows.values()].filter((row) => row.class === 'failed' || row.class === 'unknown').length -
    denied.length
  );
}

it('an audit while one call in twenty fails, stopped half-way: it goes on, each account is in one class, and nothing is absent that is there', async () => {
  const audit = desk.audit();
  const before = await desk.during([audit.send], [...faults, abortHalfWay]);
  const chains = [...(await desk.told(audit)).accounts];
  const done = chains.filter(([, chain]) => chain.at(-1)?.kind === 'ended').map(([id]) => id);
  expect(done.length).toBeGreaterThan(accounts / 4);
  expect(done.length).toBeLessThan((3 * accounts) / 4);
  expect(Object.keys(sessionsIn(before)).length).toBeGreaterThanOrEqual(done.length / 2);

  // Nobody sends anything: the sweep starts it again, and nobody who is done is done again.
  const after = await desk.during([{ advanceClock: 'PT1H' }], faults);
  expect(Object.keys(sessionsIn(after)).filter((id) => done.includes(id))).toEqual([]);
  // What several tries in a row did not read is unknown; it is hardly ever more than that.
  expect(await expectRight(audit)).toBeLessThan(accounts / 20);
});
