import { findAccount } from '../../../sandbox/aws/organization.ts';
import type { CallRecord } from '../../../sandbox/parts.ts';
import { always } from '../ends-somewhere/play.ts';
import { start, stop } from '../stop/switch.ts';
import { accounts, company, units } from './company.ts';
import { type Desk, openDesk, sessionsIn } from './desk.ts';
import { classesOf, expectAddsUp, expectTrue } from './expect-run.ts';
import type { RunTold } from './run-told.ts';

/** In one world: what the settings exclude, and an audit every hour that no ticket asks for. */
const settings = {
  excludedAccountIds: [accounts.ofSettings],
  organizationRuns: { scheduledAudit: { enabled: true, schedule: 'cron(0 * * * ? *)' }, maxConcurrency: 3 },
};

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ organization: company, settings });
});
afterAll(() => desk.close());

/** The account is closed as soon as a plan that names it is stored, before anybody comes to it. */
function closesAfterItsPlan(accountId: string): void {
  const { aws, organization } = desk.play.world;
  const account = organization.accounts.find(({ id }) => id === accountId);
  if (account === undefined) throw new Error('no account to close');
  const isPlanned = () =>
    aws.calls.some(({ operation, resource }) => operation === 'PutObject' && resource.includes('/plans/'));
  Object.defineProperty(account, 'state', {
    enumerable: true,
    get: () => (isPlanned() ? 'CLOSED' : 'ACTIVE'),
  });
}

describe('an audit of an organization with every kind of trouble', () => {
  let calls: readonly CallRecord[];
  let told: RunTold;
  beforeAll(async () => {
    closesAfterItsPlan(accounts.closing);
    const audit = desk.audit({ target: { excludedAccounts: [accounts.ofTicket, '999999999999'] } });
    calls = await desk.during([audit.send]);
    told = await desk.told(audit);
  });

  it('puts each account in exactly one class', () => {
    expect(classesOf(told)).toEqual({
      clean: [accounts.clean, accounts.sender],
      'with-credentials': [accounts.old, accounts.oneDenied],
      unknown: [accounts.perhaps],
      failed: [accounts.unreadable, accounts.closing],
      'left-out': [
        accounts.suspended,
        accounts.ofTicket,
        accounts.ofSettings,
        accounts.management,
        accounts.own,
      ],
    });
    expect(told.ending).toMatchObject({ ending: 'succeeded', code: 'organization-audited-in-part' });
  });

  it('says of each that it left out why, and of each that failed what AWS said', () => {
    const why = (id: string) => told.rows.get(id)?.leftOut?.reason;
    expect(why(accounts.suspended)).toBe('not-active');
    expect(why(accounts.ofTicket)).toBe('excluded-by-ticket');
    expect(why(accounts.ofSettings)).toBe('excluded-by-settings');
    expect(why(accounts.management)).toBe('management-account');
    expect(why(accounts.own)).toBe('own-account');
    expect(told.rows.get(accounts.unreadable)?.ending).toMatchObject({
      code: 'root-credentials-unreadable',
      summary: expect.stringContaining('service control policy'),
    });
    expect(told.rows.get(accounts.closing)?.ending).toMatchObject({
      code: 'account-not-active',
      summary: expect.stringContaining('CLOSED'),
    });
  });

  it('calls unknown what was denied, and nothing else', () => {
    expect(expectTrue(told, desk.play.world.organization)).toBe(2 + 4);
    const { credentials } = told.rows.get(accounts.oneDenied) ?? {};
    expect(credentials?.accessKeys).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('iam:ListAccessKeys'),
    });
    expect(credentials?.password.state).toBe('present');
    expect(told.rows.get(accounts.perhaps)?.credentials?.mfaDevices.state).toBe('unknown');
    expect(told.csv.find(({ AccountId }) => AccountId === accounts.unreadable)).toMatchObject({
      AccountPasswordPresent: 'unknown',
      AccountAccessKeysPresent: 'unknown',
    });
  });

  it('has one ending and one message, and its three files say what the trail says', () => {
    expectAddsUp(told, desk.play.world.organization);
    expect(told.notifications[0]?.message).toContain(
      '2 accounts clean, 2 with credentials, 1 unknown, 5 left out, 2 failed',
    );
    expect(told.executions).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('opens one session in each account that it reads, and none elsewhere', () => {
    const visited = [
      accounts.old,
      accounts.clean,
      accounts.oneDenied,
      accounts.perhaps,
      accounts.unreadable,
      accounts.sender,
    ];
    expect(sessionsIn(calls)).toEqual(Object.fromEntries(visited.map((id) => [id, 1])));
  });

  it('logs the ids of the ticket that no account has', async () => {
    const { logs } = await desk.play.answer();
    expect(logs).toContainEqual(expect.objectContaining({ ticket: ['999999999999'], level: 'WARN' }));
  });
});

describe('an audit of some organizational units', () => {
  it('visits what is below them, units of units as well, each once', async () => {
    const audit = desk.audit({ target: { organizationalUnitIds: [units.below, units.all] } });
    const calls = await desk.during([audit.send]);
    const told = await desk.told(audit);
    expect(sessionsIn(calls)).toEqual({ [accounts.old]: 1, [accounts.clean]: 1 });
    expect([...told.rows.keys()].sort()).toEqual([accounts.old, accounts.clean]);
    expect(told.ending?.code).toBe('organization-audited');
  });

  it('that is not there visits nobody, and says why', async () => {
    const audit = desk.audit({ target: { organizationalUnitIds: ['ou-root-none'] } });
    expect(sessionsIn(await desk.during([audit.send]))).toEqual({});
    const told = await desk.told(audit);
    expect(told.ending).toMatchObject({ ending: 'failed', code: 'organization-not-listed' });
    expect(told.notifications).toHaveLength(1);
  });

  it('in which all are left out ends with nobody visited', async () => {
    const audit = desk.audit({ target: { organizationalUnitIds: [units.other] } });
    expect(sessionsIn(await desk.during([audit.send]))).toEqual({});
    const told = await desk.told(audit);
    expect(classesOf(told)).toEqual({ 'left-out': [accounts.ofSettings] });
    expect(told.ending?.code).toBe('organization-audited');
  });
});

describe('somebody stops all root tasks', () => {
  afterEach(() => desk.play.play(start));
  const target = { excludedAccounts: [accounts.closing] };

  it('while a run is half-way: what is left ends as stopped, and the run ends and says so', async () => {
    const audit = desk.audit({ target });
    const sent = { putEvents: { ...audit.send.putEvents, settleFor: 'PT10S' } } as typeof audit.send;
    const denied = {
      service: 'sts',
      operation: 'AssumeRoot',
      effect: 'serverError',
      skip: 3,
      ...always,
    } as const;
    const before = await desk.during([sent], [denied]);
    expect(Object.keys(sessionsIn(before))).toHaveLength(3);
    expect((await desk.told(audit)).ending).toBeUndefined();

    expect(sessionsIn(await desk.during([stop]))).toEqual({});
    const told = await desk.told(audit);
    const stopped = [...told.rows.values()].filter(({ ending }) => ending?.code === 'stopped');
    expect(stopped).toHaveLength(4);
    for (const row of stopped) expect(row.class).toBe('failed');
    expect(told.outcome?.counts.failed).toBeGreaterThanOrEqual(4);
    expect(told.ending?.code).toBe('organization-audited-in-part');
    expectAddsUp(told, desk.play.world.organization);
    expectTrue(told, desk.play.world.organization);
  });

  it('before it begins: refused, and nobody is asked for a list', async () => {
    await desk.play.play(stop);
    const audit = desk.audit({ target });
    const calls = await desk.during([audit.send]);
    const told = await desk.told(audit);
    expect(told.refusals).toMatchObject([{ code: 'root-tasks-stopped' }]);
    expect(calls.filter(({ service }) => ['organizations', 'states'].includes(service))).toEqual([]);
  });
});

describe('an audit by schedule', () => {
  const fire = () => desk.during([{ advanceClock: 'PT1H' }]);
  async function scheduled(): Promise<RunTold[]> {
    const { trail } = await desk.play.answer();
    const ids = trail
      .filter(
        ({ requestId, kind }) =>
          kind === 'approved' && requestId.startsWith('rootdesk/') && !requestId.includes('/accounts/'),
      )
      .map(({ requestId }) => requestId);
    const all = await Promise.all(ids.map((requestId) => desk.told({ id: 'scheduled-audit', requestId })));
    return all.map((told) => ({
      ...told,
      notifications: told.notifications.filter(({ message }) => message.includes(told.requestId)),
      outcomes: told.outcomes.filter(({ requestId }) => requestId === told.requestId),
    }));
  }

  it('needs no ticket, is approved by nobody, and is one run with one message', async () => {
    const account = findAccount(desk.play.world.organization, accounts.closing);
    Object.defineProperty(account, 'state', { value: 'ACTIVE', writable: true, enumerable: true });
    const calls = await fire();
    const [told, ...others] = await scheduled();
    if (told === undefined) throw new Error('no audit by schedule');
    expect(others).toEqual([]);
    expect(told.entries[0]).toMatchObject({
      authorizedBy: { required: 0, counted: [] },
      task: 'audit-root-credentials',
    });
    expectAddsUp(told, desk.play.world.organization);
    expectTrue(told, desk.play.world.organization);
    expect(Object.values(sessionsIn(calls)).every((times) => times === 1)).toBe(true);
  });

  it('tells by name, and before all else, what was not there the last time; not what nobody could read then', async () => {
    const { organization } = desk.play.world;
    await desk.play.play(
      { createRootCredential: { accountId: accounts.clean, accessKey: { id: 'AKIAI44QH8DHBEXAMPLE' } } },
      {
        createRootCredential: {
          accountId: accounts.perhaps,
          mfaDevice: { serialNumber: `arn:aws:iam::${accounts.perhaps}:mfa/root` },
        },
      },
    );
    // What had denied a read is lifted: the device may have been there all the time.
    await desk.play.play({ changeAccount: { accountId: accounts.perhaps, serviceControlPolicies: [] } });
    await fire();
    const [first, told] = await scheduled();
    if (told === undefined) throw new Error('no second audit by schedule');
    expect(told.outcome).toMatchObject({ appeared: 1, previous: first?.requestId });
    expect(told.ending?.summary).toMatch(
      /^NEW root credentials since .*billing \(100000000002\): access key AKIAI44QH8DHBEXAMPLE\. /,
    );
    expect(told.notifications[0]?.message).toContain('AKIAI44QH8DHBEXAMPLE');
    expect(told.rows.get(accounts.perhaps)?.appeared).toEqual([]);
    expect(told.rows.get(accounts.perhaps)?.class).toBe('with-credentials');
    expectTrue(told, organization);

    await fire();
    const third = (await scheduled())[2];
    expect(third?.outcome).toMatchObject({ appeared: 0, previous: told.requestId });
  });
});
