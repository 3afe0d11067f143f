import type { Context } from 'aws-lambda';
import { DeliveryLock } from '../../../lambdas/root-task/adapters/delivery-lock.ts';
import type { Power } from '../../../lambdas/root-task/adapters/kill-switch.ts';
import type { Lane } from '../../../lambdas/root-task/lane.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { GivenBucket, lockingPolicy } from '../given/bucket.ts';
import { GivenDynamoDb } from '../given/dynamodb.ts';
import { denied, GivenLane, rootSession } from '../given/lane.ts';
import { givenEvent, givenRequest } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';
import { strict } from '../given/strict.ts';

const { requestId } = givenRequest();
const running: Power = { kind: 'running' };
const stopped: Power = { kind: 'stopped', why: 'the parameter says "stopped"' };
const otherTicket = { 'detail.ticket.id': 'SEC-2' };

function givenScene() {
  const given = new GivenLane();
  const bucket = new GivenBucket(given);
  /** Carries an event out while the switch says one thing after the other. */
  const run = async (event: unknown, powers: Power[], change: Partial<Lane> = {}) => {
    given.powers = powers;
    given.happened.length = 0;
    return carryOut(event, bucket.task, { ...given.lane, ...change });
  };
  return { given, bucket, run };
}

describe('the kill switch in a run', () => {
  it('is read before anything is recorded, and again right before the root session', async () => {
    const { given, run } = givenScene();
    const read = async () => {
      given.happened.push('read switch');
      return running;
    };
    await run(givenEvent(), [], { killSwitch: { read } });
    const noted = ['read switch', 'record approved', 'assume root'];
    expect(given.happened.filter((what) => noted.includes(what))).toEqual([
      'read switch',
      'record approved',
      'read switch',
      'assume root',
    ]);
    expect(given.happened.indexOf('assume root') - given.happened.lastIndexOf('read switch')).toBe(1);
  });
});

describe('root tasks that are stopped when an event arrives', () => {
  it.each([false, true])('refuse a new approval and open nothing (rehearsal: %s)', async (dryRun) => {
    const { given, run } = givenScene();
    const receipt = await run(givenEvent({ id: 'e1', 'detail.dryRun': dryRun }), [stopped]);
    expect(receipt).toMatchObject({
      requestId: 'refused/e1',
      ending: 'refused',
      code: 'root-tasks-stopped',
    });
    expect(given.happened).toEqual(['record refused']);
    expect(given.table.entries).toMatchObject([
      {
        reasons: [{ code: 'root-tasks-stopped', message: expect.stringContaining(stopped.why) }],
        refusedRequestId: dryRun ? givenRequest({ 'detail.dryRun': true }).requestId : requestId,
      },
    ]);
  });

  it('refuse it without waiting for another request that is at work on the target', async () => {
    const { given, run } = givenScene();
    await claimedBy(givenRequest(otherTicket), given.lane);
    expect(await run(givenEvent(), [stopped])).toMatchObject({ code: 'root-tasks-stopped' });
  });

  it('refuse an event for good: its next delivery is not carried out, even once they run again', async () => {
    const { given, run } = givenScene();
    const refused = await run(givenEvent({ id: 'e1' }), [stopped]);
    expect(await run(givenEvent({ id: 'e1' }), [running])).toEqual(refused);
    expect(given.happened).toEqual([]);
    expect(await run(givenEvent({ id: 'e2' }), [running])).toMatchObject({ requestId, code: 'unlocked' });
  });

  it('leave a refusal for other reasons as it is', async () => {
    const { run } = givenScene();
    expect(await run(givenEvent({ account: '444444444444' }), [stopped])).toMatchObject({
      code: 'wrong-sender-account',
    });
    expect(await run(givenEvent({ id: 'e2', 'detail.reason': '' }), [stopped])).toMatchObject({
      code: 'malformed',
    });
  });

  it('end a request that was begun before', async () => {
    const { given, run } = givenScene();
    given.session = denied('Somebody is changing the delegation just now.');
    await expect(run(givenEvent(), [running, running])).rejects.toThrow('delegation');
    given.session = rootSession;
    expect(await run(givenEvent(), [stopped])).toMatchObject({
      requestId,
      ending: 'failed',
      code: 'stopped',
    });
    expect(given.happened).toEqual(['record ended']);
    expect(given.table.entries.at(-1)).toMatchObject({ summary: expect.stringContaining(stopped.why) });
  });

  it('end one that had announced its change, behind that, and do not look what became of it', async () => {
    const { bucket, given, run } = givenScene();
    bucket.change = 'never arrives';
    await expect(run(givenEvent(), [])).rejects.toThrow('timeout');
    expect(await run(givenEvent(), [stopped])).toMatchObject({ sequence: 3, code: 'stopped' });
    expect(given.happened).toEqual(['record ended']);
    expect(bucket.policy).toBe(lockingPolicy);
  });

  it('end it also where another request has taken its turn on the target', async () => {
    const { bucket, given, run } = givenScene();
    bucket.reads.push(new Error('SlowDown'));
    await expect(run(givenEvent(), [])).rejects.toThrow('SlowDown');
    given.time += 60_000;
    await claimedBy(givenRequest(otherTicket), given.lane);
    await expect(run(givenEvent(), [running])).rejects.toThrow('is at work on the target');
    expect(await run(givenEvent(), [stopped])).toMatchObject({ requestId, code: 'stopped' });
  });

  it('answer an ended request with its ending', async () => {
    const { given, run } = givenScene();
    const receipt = await run(givenEvent(), []);
    expect(await run(givenEvent({ id: 'e2' }), [stopped])).toEqual(receipt);
    expect(given.happened).toEqual([]);
  });
});

describe('root tasks that are stopped while a run is on its way', () => {
  it.each([false, true])('end it before its root session (rehearsal: %s)', async (dryRun) => {
    const { bucket, given, run } = givenScene();
    const receipt = await run(givenEvent({ 'detail.dryRun': dryRun }), [running, stopped]);
    expect(receipt).toMatchObject({ ending: 'failed', code: 'stopped' });
    expect(given.kinds).toEqual(['approved', 'ended']);
    expect(given.happened).not.toContain('assume root');
    expect(bucket.policy).toBe(lockingPolicy);
  });

  it('end it also where the task role was denied, which would be tried again', async () => {
    const { given, run } = givenScene();
    given.role = denied('no', 'task-role');
    expect(await run(givenEvent(), [running, stopped])).toMatchObject({ code: 'stopped' });
  });
});

describe('an approval that was refused because root tasks were stopped', () => {
  let dynamodb: GivenDynamoDb;
  beforeAll(async () => {
    dynamodb = await GivenDynamoDb.withTable('Locks', 'id');
  });
  afterAll(() => dynamodb.close());

  it('has used nothing up, the lock neither: sent again once they run, it goes through', async () => {
    const { given, run } = givenScene();
    const deliveryLock = new DeliveryLock(dynamodb.client, 'Locks', 3600);
    deliveryLock.registerInvocation(strict<Context>('context', { getRemainingTimeInMillis: () => 50_000 }));
    const refused = await run(givenEvent({ id: 'e1' }), [stopped], { deliveryLock });
    expect(refused).toMatchObject({ code: 'root-tasks-stopped' });
    const done = await run(givenEvent({ id: 'e2' }), [], { deliveryLock });
    expect(done).toMatchObject({ requestId, code: 'unlocked' });
    expect(await run(givenEvent({ id: 'e3' }), [stopped], { deliveryLock })).toEqual(done);
    expect(given.kinds).toEqual(['refused', 'approved', 'acting', 'ended']);
  });
});
