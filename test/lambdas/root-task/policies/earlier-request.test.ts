import { policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { lookUpEarlier } from '../../../../lambdas/root-task/policies/earlier-request.ts';
import { GivenBucket, harmlessPolicy, lockingPolicy } from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenEvent, givenRequest } from '../../given/request.ts';

const earlierId = 'jira/sec-1234/unlock-s3-bucket/156041421443/project-prod-1/2026-11-20T09:58:00.000Z';

const restoreOf = (earlierRequest: string, more: Record<string, unknown> = {}) =>
  givenRequest({
    'detail.task': 'restore-s3-bucket-policy',
    'detail.ticket.id': 'SEC-2',
    'detail.earlierRequest': earlierRequest,
    ...more,
  });

async function givenEarlier(
  changes: Record<string, unknown> = {},
  prepare: (b: GivenBucket) => void = () => {},
) {
  const given = new GivenLane();
  const bucket = new GivenBucket(given);
  prepare(bucket);
  await carryOut(givenEvent(changes), bucket.task, given.lane).catch(() => null);
  return { given, bucket };
}

describe('what an earlier request found', () => {
  it('is the policy before its first attempt, and what it left after its last', async () => {
    const { given } = await givenEarlier();
    expect(await lookUpEarlier(restoreOf(earlierId), given.trail)).toEqual({
      kind: 'found',
      found: policyStateOf(lockingPolicy),
      left: { policy: null, sha256: null },
    });
  });

  it('is left repaired where it was repaired', async () => {
    const { bucket, given } = await givenEarlier({ 'detail.remedy': 'repair' });
    expect(await lookUpEarlier(restoreOf(earlierId), given.trail)).toMatchObject({
      kind: 'found',
      found: { policy: lockingPolicy },
      left: { policy: bucket.policy },
    });
    expect(bucket.policy).not.toBeNull();
  });

  it.each<[string, Record<string, unknown>, (bucket: GivenBucket) => void, RegExp]>([
    ['it never was', { 'detail.ticket.id': 'SEC-3' }, () => {}, /no such request/],
    ['it found none', {}, (b) => Object.assign(b, { policy: null }), /never changed anything/],
    ['it was refused', {}, (b) => Object.assign(b, { policy: harmlessPolicy }), /never changed anything/],
    ['it is still at work', {}, (b) => Object.assign(b, { change: 'answer lost' }), /still at work/],
    [
      'it failed',
      {},
      (b) => {
        const failed = {
          kind: 'failed',
          ending: { ending: 'failed', code: 'gave-up', summary: '', remedy: '' },
        };
        Object.assign(b, { change: failed });
      },
      /ended as failed \(gave-up\)/,
    ],
  ])('is nothing where %s', async (_, changes, prepare, why) => {
    const { given } = await givenEarlier(changes, prepare);
    const earlier = await lookUpEarlier(restoreOf(earlierId), given.trail);
    expect(earlier).toEqual({ kind: 'none', why: expect.stringMatching(why) });
  });

  it('is what it found, however it ended, where the approval names what is there now', async () => {
    const { given } = await givenEarlier({}, (b) => {
      const failed = {
        kind: 'failed',
        ending: { ending: 'failed', code: 'gave-up', summary: '', remedy: '' },
      };
      Object.assign(b, { change: failed });
    });
    const request = givenRequest({
      'detail.task': 'restore-s3-bucket-policy',
      'detail.earlierRequest': earlierId,
      'detail.policySha256': 'none',
    });
    expect((await lookUpEarlier(request, given.trail)).kind).toBe('found');
  });

  it.each<[string, Record<string, unknown>]>([
    ['bucket', { 'detail.target.bucketName': 'project-prod-2' }],
    ['account', { 'detail.target.accountId': '444455556666' }],
    [
      'kind',
      {
        'detail.task': 'restore-sqs-queue-policy',
        'detail.target': { queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders' },
      },
    ],
  ])('is nothing where it is of another %s', async (_, more) => {
    const { given } = await givenEarlier();
    expect(await lookUpEarlier(restoreOf(earlierId, more), given.trail)).toMatchObject({
      why: expect.stringContaining('something else'),
    });
  });

  it('is not believed where its chain does not add up', async () => {
    const { given } = await givenEarlier();
    const acting = given.table.items[1];
    if (acting?.before?.M?.policy === undefined) throw new Error('the attempt holds the policy');
    acting.before.M.policy = { S: harmlessPolicy };
    expect(await lookUpEarlier(restoreOf(earlierId), given.trail)).toMatchObject({
      why: expect.stringContaining('does not add up'),
    });
    acting.sequence = { S: 'two' };
    expect(await lookUpEarlier(restoreOf(earlierId), given.trail)).toMatchObject({
      why: expect.stringContaining('does not add up'),
    });
  });

  it('is tried again where the trail does not answer', async () => {
    const read = async () => Promise.reject(new Error('ThrottlingException'));
    await expect(lookUpEarlier(restoreOf(earlierId), { read })).rejects.toThrow('ThrottlingException');
  });
});
