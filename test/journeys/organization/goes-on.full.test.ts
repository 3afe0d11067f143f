import type { CallRecord, FaultRequest } from '../../../sandbox/parts.ts';
import { always } from '../ends-somewhere/play.ts';
import { start, stop } from '../stop/switch.ts';
import { rootUser } from './company.ts';
import { type Desk, openDesk, type Request, sessionsIn } from './desk.ts';
import { expectAddsUp, expectTrue } from './expect-run.ts';
import type { RunTold } from './run-told.ts';

const units = { two: 'ou-root-two1', many: 'ou-root-many' };
const two = ['500000000001', '500000000002'];
const many = Array.from({ length: 25 }, (_, index) => String(600_000_000_000 + index));

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({
    organization: {
      organizationalUnits: Object.values(units).map((id) => ({ id, name: id })),
      accounts: [
        ...two.map((id) => ({ id, organizationalUnitId: units.two })),
        ...many.map((id, index) => ({
          id,
          organizationalUnitId: units.many,
          ...(index % 5 === 0 && { rootUser: rootUser(index, id) }),
        })),
      ],
      // More than go into one part of a plan, and nobody has to visit them.
      generate: { accounts: 260, suspended: 1, seed: 4 },
    },
  });
});
afterAll(() => desk.close());

const auditOf = (unit: string) => desk.audit({ target: { organizationalUnitIds: [unit] } });
const restedFor = (request: Request, settleFor: string): Request['send'] => ({
  putEvents: { as: 'ticketing', ...request.send.putEvents, settleFor },
});
const within = (ids: readonly string[]) => ({
  accounts: desk.play.world.organization.accounts.filter(({ id }) => ids.includes(id)),
});
const each = (ids: readonly string[], times: number) => Object.fromEntries(ids.map((id) => [id, times]));

async function expectWhole(request: Request, ids: readonly string[]): Promise<RunTold> {
  const told = await desk.told(request);
  expectAddsUp(told, within(ids));
  expectTrue(told, within(ids));
  return told;
}

/** From the so-manieth on, no root session can be opened. */
const noMoreSessionsAfter = (skip: number): FaultRequest => ({
  service: 'sts',
  operation: 'AssumeRoot',
  effect: 'serverError',
  skip,
  ...always,
});
const abortAt = (skip: number): FaultRequest => ({
  service: 'states',
  operation: 'RunChild',
  when: 'before',
  effect: 'abort',
  skip,
});

describe('the same approval', () => {
  it('delivered ten times, sent again during the run and after it: no account twice', async () => {
    const audit = auditOf(units.many);
    const before = await desk.during(
      [restedFor({ ...audit, send: audit.sendOften(10) }, 'PT10S')],
      [noMoreSessionsAfter(12)],
    );
    expect(Object.keys(sessionsIn(before))).toHaveLength(12);
    const during = await desk.during([audit.sendOften(3)]);
    const after = await desk.during([audit.sendOften(2)]);
    expect(sessionsIn([...before, ...during, ...after])).toEqual(each(many, 1));
    expect(sessionsIn(after)).toEqual({});
    const told = await expectWhole(audit, many);
    expect(told.executions).toMatchObject([{ status: 'SUCCEEDED' }]);
  });
});

describe('a run whose state machine was stopped half-way', () => {
  it('goes on where it was when the approval is sent again: no account twice', async () => {
    const audit = auditOf(units.many);
    const before = await desk.during([audit.send], [abortAt(14)]);
    const done = Object.keys(sessionsIn(before));
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(many.length);
    expect((await desk.told(audit)).ending).toBeUndefined();

    const after = await desk.during([audit.send]);
    expect(sessionsIn([...before, ...after])).toEqual(each(many, 1));
    const told = await expectWhole(audit, many);
    expect(told.executions).toMatchObject([{ status: 'ABORTED' }, { status: 'SUCCEEDED' }]);
  });

  it('goes on where nobody sends anything: the sweep starts it again', async () => {
    const audit = auditOf(units.many);
    const before = await desk.during([audit.send], [abortAt(7)]);
    const after = await desk.during([{ advanceClock: 'PT45M' }]);
    expect(sessionsIn([...before, ...after])).toEqual(each(many, 1));
    await expectWhole(audit, many);
  });

  it('ends with what is left as stopped, where all root tasks were stopped meanwhile', async () => {
    const audit = auditOf(units.many);
    const before = await desk.during([audit.send], [abortAt(14)]);
    const after = await desk.during([stop, audit.send]);
    await desk.play.play(start);
    expect(sessionsIn(after)).toEqual({});
    const told = await expectWhole(audit, many);
    const stopped = [...told.rows.values()].filter(({ ending }) => ending?.code === 'stopped');
    expect(stopped).toHaveLength(many.length - Object.keys(sessionsIn(before)).length);
  });
});

/** By what a clean run of two accounts calls, in its order; a test below holds the numbers to it. */
const deaths: readonly (readonly [string, string, string, number, FaultRequest['when']])[] = [
  ['the begin function took its lock', 'dynamodb', 'PutItem', 1, 'after'],
  ['the begin function read the chain', 'dynamodb', 'Query', 1, 'after'],
  ['the begin function records the approval', 'dynamodb', 'PutItem', 2, 'before'],
  ['the begin function recorded the approval', 'dynamodb', 'PutItem', 2, 'after'],
  ['the begin function starts the run', 'states', 'StartExecution', 1, 'before'],
  ['the begin function started the run', 'states', 'StartExecution', 1, 'after'],
  ['the begin function released its lock', 'dynamodb', 'DeleteItem', 1, 'after'],
  ['the plan function read the run', 'dynamodb', 'Query', 2, 'after'],
  ['the plan function listed accounts', 'organizations', 'ListAccountsForParent', 1, 'after'],
  ['the plan function records the plan', 'dynamodb', 'PutItem', 3, 'before'],
  ['the plan function recorded the plan', 'dynamodb', 'PutItem', 3, 'after'],
  ['the plan function stores the list', 's3', 'PutObject', 1, 'before'],
  ['the plan function stored the list', 's3', 'PutObject', 1, 'after'],
  ['the collate function read the run', 'dynamodb', 'Query', 9, 'after'],
  ['the collate function read an account', 'dynamodb', 'Query', 12, 'after'],
  ['the collate function stores the first file', 's3', 'PutObject', 2, 'before'],
  ['the collate function stored the second file', 's3', 'PutObject', 3, 'after'],
  ['the collate function stored the report', 's3', 'PutObject', 4, 'after'],
  ['the collate function records the ending', 'dynamodb', 'PutItem', 10, 'before'],
  ['the collate function recorded the ending', 'dynamodb', 'PutItem', 10, 'after'],
];

const functionOf = ({ principal }: CallRecord) =>
  /Runs(Begin|Plan|Collate)Function/.exec(principal)?.[1] ?? null;

/** The n-th call of an operation, whoever makes it. */
const nthOf = (calls: readonly CallRecord[], operation: string, nth: number) =>
  calls.filter((call) => call.operation === operation)[nth - 1];

describe('a run in which a function dies', () => {
  let clean: readonly CallRecord[];
  beforeAll(async () => {
    // The second of two: with an audit before it that changes are told against.
    await desk.during([auditOf(units.two).send]);
    clean = await desk.during([auditOf(units.two).send]);
  });

  async function expectFinished(fault: FaultRequest): Promise<RunTold> {
    const audit = auditOf(units.two);
    const calls = [...(await desk.during([audit.send], [fault]))];
    if ((await desk.told(audit)).ending === undefined)
      calls.push(...(await desk.during([{ advanceClock: 'PT45M' }])));
    expect(calls.filter(({ error }) => error === 'crash')).toHaveLength(fault.effect === 'crash' ? 1 : 0);
    const told = await expectWhole(audit, two);
    for (const { class: name } of told.rows.values()) expect(name).toBe('clean');
    expect(told.ending?.code).toBe('organization-audited');
    expect(
      calls.filter(({ operation, error }) => operation === 'AssumeRoot' && error === null).length,
    ).toBeLessThanOrEqual(two.length + Number(fault.service === 'iam'));
    return told;
  }

  it.each(deaths)(
    'as %s (%s %s %d, %s): it is finished all the same, and no account is done twice',
    async (what, service, operation, nth, when) => {
      const meant = /^the (\w+) function/.exec(what)?.[1];
      expect(functionOf(nthOf(clean, operation, nth) as CallRecord)?.toLowerCase()).toBe(meant);
      await expectFinished({ service, operation, when, effect: 'crash', skip: nth - 1 });
    },
  );

  it('as a lane reads an account: the account is read again', () =>
    expectFinished({ service: 'iam', operation: 'GetLoginProfile', when: 'after', effect: 'crash' }));

  it.each([
    ['the plan', 0],
    ['an account', 1],
    ['the collating', 3],
  ])('as the answer of %s is lost on the way to the state machine', (_, skip) =>
    expectFinished({
      service: 'lambda',
      operation: 'InvokeFunction',
      when: 'after',
      effect: 'serverError',
      skip,
    }),
  );
});

describe('a plan of several parts', () => {
  it('of which only the first was recorded is gone on with: each account is in it once, one that has come since as well', async () => {
    const { accounts } = desk.play.world.organization;
    const audit = desk.audit();
    // The lock, the approval, the first part of the plan; then the function dies.
    const before = await desk.during(
      [restedFor(audit, 'PT5S')],
      [{ service: 'dynamodb', operation: 'PutItem', when: 'after', effect: 'crash', skip: 2 }],
    );
    expect(sessionsIn(before)).toEqual({});
    expect((await desk.told(audit)).plan).toMatchObject([{ part: 1, last: false }]);
    accounts.push({
      id: '700000000001',
      state: 'ACTIVE',
      serviceControlPolicies: [],
      buckets: [],
      queues: [],
    });

    await desk.play.world.settle();
    const told = await expectWhole(
      audit,
      accounts.map(({ id }) => id),
    );
    expect(told.plan).toMatchObject([
      { part: 1, last: false },
      { part: 2, last: true },
    ]);
    expect(told.rows.get('700000000001')?.class).toBe('clean');
  });
});
