import { OtherDetailError } from '../../../lambdas/root-task/adapters/delivery-lock.ts';
import { SessionClients } from '../../../lambdas/root-task/adapters/session-clients.ts';
import type { Lane } from '../../../lambdas/root-task/lane.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { GivenBucket, lockingPolicy, pipelineArn } from '../given/bucket.ts';
import { denied, GivenLane, rootSession } from '../given/lane.ts';
import { givenEvent, givenRequest } from '../given/request.ts';

const requestId = givenRequest().requestId;
const later = { approver: 'second.lead@example.com', approvedAt: '2026-11-20T09:59:00Z' };
const withLater = { 'detail.approvals': [...givenEvent().detail.approvals, later] };

function givenScene() {
  const given = new GivenLane();
  const bucket = new GivenBucket(given);
  return {
    given,
    bucket,
    run: (event: unknown, change: Partial<Lane> = {}) =>
      carryOut(event, bucket.task, { ...given.lane, ...change }),
  };
}

describe('an event that cannot be taken', () => {
  it.each([
    ['is no event', null, 'malformed'],
    ['is malformed', givenEvent({ 'detail.task': 'x' }), 'malformed'],
    ['is too large', givenEvent({ 'detail.reason': 'a'.repeat(40_000) }), 'too-large'],
    [
      'is deeper than anything',
      givenEvent({ 'detail.reason': JSON.parse('['.repeat(9e4) + ']'.repeat(9e4)) }),
      'too-large',
    ],
    ['fails a rule', givenEvent({ account: '444444444444' }), 'wrong-sender-account'],
  ])('because it %s is recorded, and opens nothing', async (_, event, code) => {
    const { given, run } = givenScene();
    expect(await run(event)).toMatchObject({ ending: 'refused', code });
    expect(given.happened).toEqual(['record refused']);
  });

  it('uses nothing up: sent again once it is right, it goes through', async () => {
    const { run } = givenScene();
    await run(givenEvent({ 'detail.reason': '' }));
    expect(await run(givenEvent({ id: 'another' }))).toMatchObject({ requestId, code: 'unlocked' });
  });
});

describe('the same approval', () => {
  it('a year later is answered with its ending, and opens nothing', async () => {
    const { bucket, given, run } = givenScene();
    const receipt = await run(givenEvent());
    bucket.policy = lockingPolicy;
    given.time += 365 * 86_400_000;
    given.happened.length = 0;
    expect(await run(givenEvent({ id: 'redelivered' }))).toEqual(receipt);
    expect(given.happened).toEqual([]);
    expect(bucket.policy).toBe(lockingPolicy);
  });

  it('in another spelling of its ticket is the same request', async () => {
    const { given, run } = givenScene();
    await run(givenEvent());
    const spelt = { id: 'e2', 'detail.ticket.system': 'Jira', 'detail.ticket.id': 'sec-1234' };
    expect(await run(givenEvent(spelt))).toMatchObject({ requestId, code: 'unlocked' });
    expect(given.happened.filter((what) => what === 'delete')).toHaveLength(1);
  });

  it('with a further approver has no second effect', async () => {
    const { given, run } = givenScene();
    await run(givenEvent());
    expect(await run(givenEvent({ id: 'e2', ...withLater }))).toMatchObject({
      code: 'approval-already-used',
    });
    expect(given.kinds).toEqual(['approved', 'acting', 'ended', 'refused']);
    expect(given.table.entries.at(-1)).toMatchObject({
      requestId: 'refused/e2',
      refusedRequestId: requestId,
    });
  });

  it('with another detail is refused also where only the lock notices', async () => {
    const { given, run } = givenScene();
    await run(givenEvent());
    const deliveryLock = {
      ...given.lane.deliveryLock,
      holding: () => Promise.reject(new OtherDetailError('other payload')),
    };
    expect(await run(givenEvent({ id: 'e2', 'detail.reason': 'x' }), { deliveryLock })).toMatchObject({
      code: 'changed-after-approval',
    });
  });

  it('is tried again where the lock notices another detail before the trail holds any', async () => {
    const { given, run } = givenScene();
    const deliveryLock = {
      ...given.lane.deliveryLock,
      holding: () => Promise.reject(new OtherDetailError('other payload')),
    };
    await expect(run(givenEvent(), { deliveryLock })).rejects.toThrow(OtherDetailError);
  });
});

describe('an approval given before another request worked on the target', () => {
  it('is superseded, and opens nothing', async () => {
    const { given, run } = givenScene();
    await run(givenEvent({ 'detail.ticket.id': 'SEC-1' }));
    given.happened.length = 0;
    expect(await run(givenEvent())).toMatchObject({ ending: 'superseded', code: 'newer-request' });
    expect(given.happened).toEqual(['record approved', 'record ended']);
  });
});

describe('a request that was begun and never came to its target', () => {
  const day = 86_400_000;

  it.each([
    ['is finished within three days', 3 * day, { ending: 'succeeded', code: 'unlocked' }],
    ['is ended after them, and opens nothing', 3 * day + 1, { ending: 'failed', code: 'out-of-time' }],
  ])('%s', async (_, milliseconds, expected) => {
    const { given, run } = givenScene();
    given.session = denied('Somebody is changing the delegation just now.');
    await expect(run(givenEvent())).rejects.toThrow('delegation');
    given.session = rootSession;
    given.time += milliseconds;
    given.happened.length = 0;
    expect(await run(givenEvent())).toMatchObject(expected);
    expect(given.happened.includes('assume root')).toBe(expected.ending === 'succeeded');
  });
});

describe('a session that AWS does not open', () => {
  it('ends the request where the cause is named', async () => {
    const { given, run } = givenScene();
    given.session = denied('Service not enabled for AWS Organizations.');
    expect(await run(givenEvent())).toMatchObject({ ending: 'failed', code: 'trusted-access-off' });
    expect(given.kinds).toEqual(['approved', 'ended']);
  });

  it('is asked for only once the approval is in the trail', async () => {
    const { given, run } = givenScene();
    given.table.beforePut = () => {
      throw new Error('InternalServerError');
    };
    await expect(run(givenEvent())).rejects.toThrow('InternalServerError');
    expect(given.happened).not.toContain('assume root');
  });
});

describe('what a run says', () => {
  it('holds no value of the policy in its words or its log, nor a secret anywhere', async () => {
    const { given, run } = givenScene();
    const receipt = await run(givenEvent());
    const said = JSON.stringify([given.logged, given.table.entries, receipt]);
    expect(said).not.toContain('never-to-be-seen');
    const ended = given.table.entries.at(-1);
    const words = ended?.kind === 'ended' ? [ended.summary, ended.remedy] : [];
    expect(words).toHaveLength(2);
    expect(JSON.stringify([given.logged, words, receipt])).not.toContain(pipelineArn);
  });
});

describe('the clients of the root session', () => {
  function givenClients(given: GivenLane) {
    const clients = new SessionClients();
    const client = clients.keep({ destroy: jest.fn<void, []>() });
    given.session = { ...rootSession, clients };
    return client;
  }

  it('are destroyed when the request has ended', async () => {
    const { given, run } = givenScene();
    const client = givenClients(given);
    expect(await run(givenEvent())).toMatchObject({ code: 'unlocked' });
    expect(client.destroy).toHaveBeenCalledTimes(1);
  });

  it('are destroyed when the work throws', async () => {
    const { bucket, given, run } = givenScene();
    const client = givenClients(given);
    bucket.reads.push(new Error('S3 failed'));
    await expect(run(givenEvent())).rejects.toThrow('S3 failed');
    expect(client.destroy).toHaveBeenCalledTimes(1);
  });
});
