import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import { sweep } from '../../../lambdas/give-up/sweep.ts';
import type { Sweeper } from '../../../lambdas/give-up/sweep-job.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import type { LockedRecorder } from '../../../lambdas/root-task/steps/under-lock.ts';
import { GivenBucket } from '../given/bucket.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent, givenRequest } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';
import { strict } from '../given/strict.ts';

const minute = 60_000;
const rest = 15 * minute;
const plenty = () => 60_000;
const noMachines = strict<Sweeper['machines']>('machines', {});
const noClosings = strict<Sweeper['closings']>('closings', {});

const ticket = (id: string) => ({ 'detail.ticket.id': id });
const nothing = { ended: 0, started: 0, failed: 0, complete: true };

const swept = (given: GivenLane, change: Partial<LockedRecorder> = {}, remaining = plenty) =>
  sweep({
    ...given.lane,
    machines: noMachines,
    closings: noClosings,
    remainingMilliseconds: remaining,
    ...change,
  });

/** Requests that were begun, each on its own target, and that nobody works on any more. */
async function givenBegun(...ids: string[]) {
  const given = new GivenLane();
  for (const id of ids) {
    const changes = { ...ticket(id), 'detail.target.bucketName': `bucket-${id.toLowerCase()}` };
    await claimedBy(givenRequest(changes), given.lane);
    given.time += 1;
  }
  return given;
}

const endedTickets = ({ table }: GivenLane) =>
  table.entries.flatMap((entry) => (entry.kind === 'ended' ? [entry.ticket?.id] : []));

describe('the sweep', () => {
  it('ends a request that has not moved for 15 minutes, and not a moment before', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    given.time += rest - 1;
    expect(await swept(given)).toEqual(nothing);
    given.time += 1;
    expect(await swept(given)).toEqual({ ended: 1, started: 0, failed: 0, complete: true });
    expect(given.table.entries.at(-1)).toMatchObject({
      kind: 'ended',
      ending: 'failed',
      code: 'gave-up',
      summary: expect.stringMatching(/has not moved for 15 minutes/),
    });
  });

  it('counts the rest from the last entry, not from the approval', async () => {
    const given = new GivenLane();
    const bucket = new GivenBucket(given);
    bucket.reads.push(new Error('SlowDown'));
    await expect(carryOut(givenEvent(), bucket.task, given.lane)).rejects.toThrow();
    given.time += 5 * minute;
    bucket.change = 'never arrives';
    await expect(carryOut(givenEvent(), bucket.task, given.lane)).rejects.toThrow();
    given.time += rest - 1;
    expect(await swept(given)).toEqual(nothing);
    given.time += 1;
    expect(await swept(given)).toMatchObject({ ended: 1 });
    expect(given.table.entries.at(-1)).toMatchObject({ summary: expect.stringContaining('entry 2') });
  });

  it('leaves alone what has ended, and what was refused', async () => {
    const given = new GivenLane();
    const { task } = new GivenBucket(given);
    await carryOut(givenEvent(), task, given.lane);
    await carryOut(givenEvent({ id: 'e2', source: 'other' }), task, given.lane);
    given.time += rest;
    given.happened.length = 0;
    expect(await swept(given)).toEqual(nothing);
    expect(given.happened).toEqual([]);
  });

  it('believes the table where the index does not show an ending yet', async () => {
    const given = new GivenLane();
    await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
    given.time += rest;
    given.table.isNotListedYet = ({ kind }) => kind === 'ended';
    expect(await swept(given)).toEqual(nothing);
    expect(given.kinds).toEqual(['approved', 'acting', 'ended']);
  });

  it('ends the rest of them once, however often it runs', async () => {
    const given = await givenBegun('A', 'B', 'C');
    given.time += rest;
    expect(await swept(given)).toEqual({ ended: 3, started: 0, failed: 0, complete: true });
    expect(await swept(given)).toEqual(nothing);
    expect(endedTickets(given)).toEqual(['A', 'B', 'C']);
  });

  it('ends what was begun in another month', async () => {
    const given = new GivenLane();
    given.time = Date.parse('2026-11-30T23:50:00.000Z');
    await claimedBy(givenRequest(), given.lane);
    given.time += rest;
    expect(await swept(given)).toMatchObject({ ended: 1 });
  });
});

describe('a request that moves while it is swept', () => {
  it('is left to whoever moved it', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    given.time += rest;
    const bucket = new GivenBucket(given);
    bucket.change = 'never arrives';
    const { deliveryLock } = given.lane;
    const holding: typeof deliveryLock.holding = async (request, run) => {
      await expect(carryOut(givenEvent(), bucket.task, given.lane)).rejects.toThrow();
      return deliveryLock.holding(request, run);
    };
    expect(await swept(given, { deliveryLock: { ...deliveryLock, holding } })).toMatchObject({
      ended: 0,
      failed: 0,
    });
    expect(given.kinds).toEqual(['approved', 'acting']);
  });

  it('is left to whoever holds its lock, and that is no failure', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    given.time += rest;
    const { deliveryLock } = given.lane;
    const holding: typeof deliveryLock.holding = async () => {
      throw new IdempotencyAlreadyInProgressError('a run holds it');
    };
    expect(await swept(given, { deliveryLock: { ...deliveryLock, holding } })).toMatchObject({
      ended: 0,
      failed: 0,
    });
    expect(given.kinds).toEqual(['approved']);
  });

  it('has nothing written behind the ending that it got', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    given.time += rest;
    const { deliveryLock } = given.lane;
    const holding: typeof deliveryLock.holding = async (request, run) => {
      await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
      return deliveryLock.holding(request, run);
    };
    expect(await swept(given, { deliveryLock: { ...deliveryLock, holding } })).toMatchObject({ failed: 0 });
    expect(given.kinds).toEqual(['approved', 'acting', 'ended']);
    expect(given.table.entries.at(-1)).toMatchObject({ code: 'unlocked' });
  });
});

describe('a sweep that cannot end them all', () => {
  it('ends the others of one whose chain does not add up, and says so', async () => {
    const given = await givenBegun('A', 'B', 'C');
    const [, tampered] = given.table.items;
    Object.assign(tampered ?? {}, { accountId: { S: '999999999999' } });
    given.time += rest;
    expect(await swept(given)).toEqual({ ended: 2, started: 0, failed: 1, complete: true });
    expect(endedTickets(given)).toEqual(['A', 'C']);
    expect(JSON.stringify(given.logged)).toContain('"rootTaskRequest":"jira/b/');
  });

  it('ends the others of one whose lock is held', async () => {
    const given = await givenBegun('A', 'B');
    given.time += rest;
    const { deliveryLock } = given.lane;
    const holding: typeof deliveryLock.holding = (request, run) =>
      request.ticket.ticket.id === 'A' ? Promise.reject(new Error('held')) : run();
    expect(await swept(given, { deliveryLock: { ...deliveryLock, holding } })).toEqual({
      ended: 1,
      started: 0,
      failed: 1,
      complete: true,
    });
  });

  it('stops in time, and says that it did', async () => {
    const given = await givenBegun('A', 'B', 'C');
    given.time += rest;
    const remaining = [10_000, 9_999];
    expect(await swept(given, {}, () => remaining.shift() ?? 0)).toEqual({
      ended: 1,
      started: 0,
      failed: 0,
      complete: false,
    });
    expect(endedTickets(given)).toEqual(['A']);
    expect(await swept(given)).toEqual({ ended: 2, started: 0, failed: 0, complete: true });
  });
});
