import { accountRequestId } from '../../../contract/request-id.ts';
import { giveUp } from '../../../lambdas/give-up/give-up.ts';
import { sweep } from '../../../lambdas/give-up/sweep.ts';
import type { Sweeper } from '../../../lambdas/give-up/sweep-job.ts';
import { RunMachines } from '../../../lambdas/organization-run/adapters/run-machines.ts';
import { givenSettings } from '../given/request.ts';
import { strict } from '../given/strict.ts';
import { account, day, GivenOrganization, minute } from '../organization-run/given.ts';

const audit = 'audit-root-credentials';
const closings = strict<Sweeper['closings']>('closings', {});
const swept = (given: GivenOrganization) =>
  sweep({ ...given.parts, closings, remainingMilliseconds: () => 60_000 });

/** A run with one account begun, whose lane has died. */
async function givenStandingStill() {
  const given = new GivenOrganization();
  given.accounts = [account('400000000004'), account('500000000005')];
  const run = await given.begin(given.event(audit));
  const [item] = await given.plan(run);
  if (item === undefined) throw new Error('accounts are planned');
  given.table.beforePut = ({ kind }) => {
    if (kind === 'ended') throw new Error('the lane dies');
  };
  await expect(given.visit(run, item, audit)).rejects.toThrow('dies');
  given.table.beforePut = () => {};
  given.started.length = 0;
  return { given, run, own: accountRequestId(run, item.accountId) };
}

describe('a run that stands still', () => {
  it('is seen to being at work, and its accounts are left to it', async () => {
    const { given, own, run } = await givenStandingStill();
    given.time += 15 * minute - 1;
    expect(await swept(given)).toMatchObject({ started: 0, ended: 0 });
    given.time += 1;
    expect(await swept(given)).toEqual({ ended: 0, started: 1, failed: 0, complete: true });
    expect(given.started).toEqual([expect.stringMatching(/-1$/)]);
    expect((await given.trail.head(own))?.kind).toBe('approved');
    expect((await given.trail.head(run))?.kind).toBe('planned');
  });

  it('is started by its next name where an execution has come to its end', async () => {
    const { given } = await givenStandingStill();
    given.time += 15 * minute;
    await swept(given);
    given.over.add(given.started[0] ?? '');
    await swept(given);
    expect(given.started.map((name) => name.slice(-2))).toEqual(['-1', '-2']);
  });

  it('is given up when ten have, and says that no report tells of its accounts', async () => {
    const { given, own, run } = await givenStandingStill();
    given.time += 15 * minute;
    await swept(given);
    const name = (given.started[0] ?? '').slice(0, -1);
    for (let number = 1; number <= 10; number += 1) given.over.add(`${name}${number}`);
    expect(await swept(given)).toMatchObject({ ended: 2, started: 0 });
    expect(await given.trail.head(run)).toMatchObject({
      code: 'gave-up',
      summary: expect.stringMatching(/no report tells of them\. Said last: .* 10 times/),
    });
    // Nobody is left to end what the run had begun.
    expect(await given.trail.head(own)).toMatchObject({ code: 'gave-up', parentRequestId: run });
  });

  it('is given up after fourteen days', async () => {
    const { given, run } = await givenStandingStill();
    given.time += 14 * day;
    expect(await swept(given)).toMatchObject({ started: 1 });
    given.time += 1;
    await swept(given);
    expect(await given.trail.head(run)).toMatchObject({ code: 'gave-up' });
  });

  it('is given up where its root task was disabled since: nobody visits its accounts any more', async () => {
    const { given, own, run } = await givenStandingStill();
    given.time += 15 * minute;
    const machines = new RunMachines('eu-central-1', {});
    const parts = { ...given.parts, machines, closings, remainingMilliseconds: () => 60_000 };
    expect(await sweep(parts)).toEqual({ ended: 2, started: 0, failed: 0, complete: true });
    expect(await given.trail.head(run)).toMatchObject({
      code: 'gave-up',
      summary: expect.stringContaining('disabled the root task since'),
    });
    expect(await given.trail.head(own)).toMatchObject({ code: 'gave-up', parentRequestId: run });
  });

  it('counts as failed where it cannot be started', async () => {
    const { given } = await givenStandingStill();
    given.time += 15 * minute;
    const start = async () => {
      throw new Error('StateMachineDoesNotExist');
    };
    const parts = { ...given.parts, machines: { start }, closings, remainingMilliseconds: () => 60_000 };
    expect(await sweep(parts)).toMatchObject({ failed: 1 });
  });
});

describe('the failure queue of the runs', () => {
  const failed = (event: unknown) => ({ event, lastError: 'TimeoutError: no answer' });
  const order = { scheduledAudit: true, at: '2026-11-20T06:00:00Z' };
  const enabled = givenSettings({ organizationRuns: { scheduledAudit: { enabled: true } } });

  it('holds approvals of runs: one that was not begun is refused', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit);
    expect(await giveUp(failed(event), 'organization-runs', given.parts)).toMatchObject({
      code: 'never-begun',
    });
  });

  it('leaves a run that was begun to the sweep: it may well be at work', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit);
    await given.begin(event);
    expect(await giveUp(failed(event), 'organization-runs', given.parts)).toBeNull();
    expect(given.kinds).toEqual(['approved']);
  });

  it('holds audits by schedule: one that was not begun is refused, so that somebody hears of it', async () => {
    const given = new GivenOrganization();
    given.settings = enabled;
    expect(await giveUp(failed(order), 'organization-runs', given.parts)).toMatchObject({
      requestId: 'refused/scheduled-audit-2026-11-20T06-00-00-000Z',
      code: 'never-begun',
    });
    given.time += minute;
    expect(
      await giveUp(failed({ ...order, at: '2026-11-19T06:00:00Z' }), 'organization-runs', given.parts),
    ).toMatchObject({ code: 'approval-too-old' });
  });

  it('holds nothing of a lane, and a lane holds nothing of it', async () => {
    const given = new GivenOrganization();
    const ofLane = given.event(audit, { 'detail.target': { accountId: '400000000004' } });
    await expect(giveUp(failed(ofLane), 'organization-runs', given.parts)).rejects.toThrow('failure queue');
    await expect(giveUp(failed(given.event(audit)), audit, given.parts)).rejects.toThrow('failure queue');
    expect(await giveUp(failed(order), audit, given.parts)).toMatchObject({ code: 'malformed' });
  });
});
