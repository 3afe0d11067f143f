import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { PassingDenialError } from '../../../../lambdas/root-task/steps/lasting.ts';
import { verify } from '../../../../lambdas/root-task/steps/verify.ts';
import {
  deniedInSession,
  GivenBucket,
  lockingPolicy,
  noSuchBucket,
  repairedPolicy,
} from '../../given/bucket.ts';
import { GivenLane, rootSession } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

/** Reads back what a run left, where S3 answers the reads as given and the policy as it is after them. */
async function verified(reads: GivenBucket['reads'], { left = null as string | null, after = 0 } = {}) {
  const given = new GivenLane();
  const bucket = new GivenBucket(given);
  const request = givenRequest();
  const claimed = await claimedBy(request, given.lane);
  const inspected = await bucket.task.inspect(rootSession, request.target);
  if (inspected.kind !== 'inspected') throw new Error('the bucket can be inspected');
  bucket.reads.push(...reads);
  bucket.policy = left;
  given.time += after;
  const acting = {
    at: new Date(given.time - after).toISOString(),
    before: policyStateOf(lockingPolicy),
    intended: noPolicy,
    diagnosis: null,
  };
  const verdict = await verify(claimed, inspected, acting, bucket.task, given.lane);
  const waits = given.happened.filter((what) => what.startsWith('wait'));
  return { code: verdict.ending.code, after: verdict.after, waits };
}

describe('verify', () => {
  it('believes a policy that is gone at once', async () => {
    expect(await verified([])).toEqual({ code: 'unlocked', after: noPolicy, waits: [] });
  });

  it('waits for a deletion that shows late, a little longer each time', async () => {
    const late = [lockingPolicy, lockingPolicy, lockingPolicy, lockingPolicy];
    expect(await verified(late)).toEqual({
      code: 'unlocked',
      after: noPolicy,
      waits: ['wait 1000', 'wait 2000', 'wait 4000', 'wait 8000'],
    });
  });

  it('says so when the same policy stays, whatever order S3 gives it in', async () => {
    const { Version, Statement } = JSON.parse(lockingPolicy);
    const { code, after, waits } = await verified([], { left: JSON.stringify({ Statement, Version }) });
    expect(code).toBe('policy-back');
    expect(after?.policy).not.toBeNull();
    expect(waits).toHaveLength(4);
  });

  it('says so when another policy was put, and keeps what it read', async () => {
    expect(await verified([lockingPolicy], { left: repairedPolicy })).toEqual({
      code: 'unlocked-then-replaced',
      after: policyStateOf(repairedPolicy),
      waits: ['wait 1000'],
    });
  });

  it('never calls done what it could not read', async () => {
    const failed = noSuchBucket(givenRequest().target);
    expect(await verified([failed])).toMatchObject({ code: 'not-read-back', after: null });
  });

  it('has a denial tried again until it has lasted', async () => {
    await expect(verified([deniedInSession])).rejects.toThrow(PassingDenialError);
    expect(await verified([deniedInSession], { after: 150_000 })).toMatchObject({
      code: 'not-read-back',
      after: null,
    });
  });

  it('leaves to a retry what broke', async () => {
    await expect(verified([new Error('SlowDown')])).rejects.toThrow('SlowDown');
  });
});
