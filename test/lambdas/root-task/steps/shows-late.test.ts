import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { NotYetVisibleError } from '../../../../lambdas/root-task/steps/not-yet-visible.ts';
import { verify } from '../../../../lambdas/root-task/steps/verify.ts';
import { unlockSqsQueue } from '../../../../lambdas/root-task/tasks/unlock-sqs-queue.ts';
import { GivenBucket, lockingPolicy, repairedPolicy } from '../../given/bucket.ts';
import { GivenLane, rootSession } from '../../given/lane.ts';
import { givenEvent, givenRequest } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

/** As SQS says: a change of a policy shows within 60 seconds. */
const { showing } = unlockSqsQueue();
const bound = 60_000;
const patience = showing.patience.reduce((sum, wait) => sum + wait, 0);
const late = (reads: number) => Array.from({ length: reads }, () => lockingPolicy);

it('is what SQS gives, and fits into a run', () => {
  expect(showing.bound).toBe(bound);
  expect(patience).toBe(31_000);
});

/** Reads a target back, so long after the change was announced. */
async function verified(after: number, reads: GivenBucket['reads'], left: string | null = null) {
  const given = new GivenLane();
  const bucket = new GivenBucket(given, showing);
  const request = givenRequest();
  const claimed = await claimedBy(request, given.lane);
  const inspected = await bucket.task.inspect(rootSession, request.target);
  if (inspected.kind !== 'inspected') throw new Error('the target can be inspected');
  bucket.reads.push(...reads);
  bucket.policy = left;
  const acting = {
    at: new Date(given.time - after).toISOString(),
    before: policyStateOf(lockingPolicy),
    intended: noPolicy,
    diagnosis: null,
  };
  const verdict = await verify(claimed, inspected, acting, bucket.task, given.lane);
  return {
    code: verdict.ending.code,
    after: verdict.after,
    reads: given.happened.filter((w) => w === 'read'),
  };
}

describe('reading back before AWS says that a change shows', () => {
  it.each([
    ['the same policy', lockingPolicy],
    ['another policy', repairedPolicy],
  ])('believes nothing of %s: it is read again by a retry', async (_, policy) => {
    await expect(verified(0, [], policy)).rejects.toThrow(NotYetVisibleError);
    await expect(verified(bound - patience, [], policy)).rejects.toThrow('not yet visible');
  });

  it('believes the change whenever it is seen', async () => {
    expect(await verified(0, [])).toMatchObject({ code: 'unlocked', after: noPolicy });
    expect(await verified(0, [repairedPolicy, ...late(5)])).toMatchObject({ code: 'unlocked' });
    expect(await verified(2 * bound, late(6))).toMatchObject({ code: 'unlocked' });
  });
});

describe('reading back after that', () => {
  it('says that the same policy is back, after all of its patience', async () => {
    const { code, reads } = await verified(bound - patience + 1, [], lockingPolicy);
    expect(code).toBe('policy-back');
    expect(reads).toHaveLength(1 + showing.patience.length + 1);
  });

  it('says that another policy was put, at once', async () => {
    expect(await verified(bound + 1, [], repairedPolicy)).toMatchObject({
      code: 'unlocked-then-replaced',
      after: policyStateOf(repairedPolicy),
      reads: ['read', 'read'],
    });
  });

  it('says it of a policy that is still there when the time has come', async () => {
    expect(await verified(bound - 1_000, [repairedPolicy, repairedPolicy], repairedPolicy)).toMatchObject({
      code: 'unlocked-then-replaced',
    });
  });
});

function givenScene() {
  const given = new GivenLane();
  const bucket = new GivenBucket(given, showing);
  const run = async () => (await carryOut(givenEvent(), bucket.task, given.lane))?.code;
  /** A run that dies over the change, and the time until the next. */
  const dies = async (deletion: GivenBucket['change'], milliseconds: number) => {
    bucket.change = deletion;
    await expect(run()).rejects.toThrow();
    bucket.change = 'works';
    given.time += milliseconds;
    given.happened.length = 0;
  };
  return { given, bucket, run, dies };
}

describe('a run whose change does not show', () => {
  it('ends nothing, and its retry says what has become of it', async () => {
    const { bucket, given, run } = givenScene();
    bucket.reads.push(...late(8));
    await expect(run()).rejects.toThrow(NotYetVisibleError);
    expect(given.kinds).toEqual(['approved', 'acting']);
    given.time += 60_000;
    expect(await run()).toBe('unlocked');
    expect(given.happened.filter((what) => what === 'delete')).toHaveLength(1);
    expect(given.kinds).toEqual(['approved', 'acting', 'ended']);
  });
});

describe('a retry that sees another policy', () => {
  it('says nothing of it until the change would show: it may be an older one', async () => {
    const { bucket, dies, given, run } = givenScene();
    await dies('answer lost', 30_000);
    bucket.reads.push(repairedPolicy);
    await expect(run()).rejects.toThrow(NotYetVisibleError);
    given.time += 60_000;
    expect(await run()).toBe('unlocked');
  });

  it('leaves it alone from then on', async () => {
    const { bucket, dies, run } = givenScene();
    await dies('answer lost', bound + 1);
    bucket.policy = repairedPolicy;
    expect(await run()).toBe('target-changed');
  });
});

describe('a retry that sees what was there before', () => {
  it.each([0, 30_000, bound])('does nothing %i ms after the announced change', async (milliseconds) => {
    const { bucket, dies, given, run } = givenScene();
    await dies('never arrives', milliseconds);
    await expect(run()).rejects.toThrow(NotYetVisibleError);
    expect(given.happened).toEqual(['take turn', 'assume root', 'read']);
    expect(bucket.policy).toBe(lockingPolicy);
  });

  it('acts again once the change would show, and two reads apart say that it was not made', async () => {
    const { dies, given, run } = givenScene();
    await dies('never arrives', bound + 1);
    expect(await run()).toBe('unlocked');
    expect(given.happened).toEqual([
      'take turn',
      'assume root',
      'read',
      'wait 5000',
      'read',
      'record acting',
      'delete',
      'read',
      'record ended',
    ]);
  });

  it('acts on nothing where the second read shows another policy', async () => {
    const { bucket, dies, given, run } = givenScene();
    await dies('never arrives', bound + 1);
    given.meanwhile = () => {
      bucket.policy = repairedPolicy;
    };
    expect(await run()).toBe('target-changed');
    expect(bucket.policy).toBe(repairedPolicy);
  });
});

describe('a retry that sees the change', () => {
  it.each([0, bound + 1])('says that it was made, %i ms after it was announced', async (milliseconds) => {
    const { dies, given, run } = givenScene();
    await dies('answer lost', milliseconds);
    expect(await run()).toBe('unlocked');
    expect(given.happened).not.toContain('delete');
    expect(given.kinds).toEqual(['approved', 'acting', 'ended']);
  });
});
