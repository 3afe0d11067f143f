import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import type { FailureQueues } from '../../../contract/environment.ts';
import { giveUp } from '../../../lambdas/give-up/give-up.ts';
import { WrongQueueError } from '../../../lambdas/give-up/request-of.ts';
import { PerhapsTakenError } from '../../../lambdas/refuse/refuse.ts';
import type { Lane } from '../../../lambdas/root-task/lane.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { ChainMovedError } from '../../../lambdas/shared/trail.ts';
import { GivenBucket } from '../given/bucket.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent, givenRequest, givenSettings } from '../given/request.ts';
import { approvalOf, RootScene } from '../given/root-scene.ts';
import { claimedBy } from '../given/standing.ts';
import { strict } from '../given/strict.ts';

const { requestId } = givenRequest();
const lastError = 'TimeoutError: no answer';
const queueApproval = {
  'detail.task': 'unlock-sqs-queue',
  'detail.target': { queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders' },
};

/** Gives up an event of a failure queue. */
function gaveUp(given: GivenLane, event: unknown, lane: FailureQueues[string] = 'unlock-s3-bucket') {
  given.happened.length = 0;
  return giveUp({ event, lastError }, lane, given.lane);
}

/** A lane after a run that died over its change. */
async function givenDeath() {
  const given = new GivenLane();
  const bucket = new GivenBucket(given);
  bucket.change = 'answer lost';
  await expect(carryOut(givenEvent(), bucket.task, given.lane)).rejects.toThrow();
  return given;
}

describe('giveUp, of a request that was begun', () => {
  it('ends it as failed, with the last error, and says that nothing was changed', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    expect(await gaveUp(given, givenEvent())).toMatchObject({
      requestId,
      sequence: 2,
      ending: 'failed',
      code: 'gave-up',
    });
    expect(given.happened).toEqual(['record ended']);
    expect(given.table.entries[1]).toMatchObject({
      summary: expect.stringMatching(/before anything was changed\. Said last: TimeoutError: no answer$/),
      after: null,
      session: null,
      by: { function: 'lane', requestId: 'run-1' },
    });
  });

  it('says where its announced change is kept, and that its effect is not known; once, however often', async () => {
    const given = await givenDeath();
    const receipt = await gaveUp(given, givenEvent());
    expect(receipt).toMatchObject({ sequence: 3, code: 'gave-up' });
    const said = JSON.stringify(given.table.entries.at(-1));
    expect(said).toMatch(/had announced its change \(entry 2, .*whether it was made is not known/);
    expect(said).toContain(lastError);
    expect(said).not.toContain('before anything was changed');
    expect(await gaveUp(given, givenEvent())).toEqual(receipt);
    expect(given.kinds).toEqual(['approved', 'acting', 'ended']);
  });

  it('ends it though its approval has aged out, and whatever the settings say by now', async () => {
    const given = await givenDeath();
    given.time += 30 * 86_400_000;
    given.settings = givenSettings({ excludedAccountIds: ['156041421443'] });
    expect(await gaveUp(given, givenEvent())).toMatchObject({ requestId, code: 'gave-up' });
  });

  it('writes nothing behind an ending, and returns that', async () => {
    const given = new GivenLane();
    const receipt = await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
    expect(await gaveUp(given, givenEvent({ id: 'e2' }))).toEqual(receipt);
    expect(given.happened).toEqual([]);
  });

  it('refuses another detail under its approval, and leaves the request to its lane', async () => {
    const given = await givenDeath();
    expect(await gaveUp(given, givenEvent({ id: 'e2', 'detail.reason': 'another' }))).toMatchObject({
      requestId: 'refused/e2',
      code: 'changed-after-approval',
    });
    expect(given.kinds).toEqual(['approved', 'acting', 'refused']);
  });

  it.each([
    ['has ended', 2],
    ['has announced a change', 1],
  ])('throws and writes nothing when the request %s meanwhile', async (_, seen) => {
    const given = new GivenLane();
    await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
    const before = structuredClone(given.table.entries);
    const trail = strict<Lane['trail']>('trail', {
      read: async (id) => (await given.trail.read(id)).slice(0, seen),
      get: (id, sequence) => given.trail.get(id, sequence),
      append: (...entry) => given.trail.append(...entry),
    });
    const moved = giveUp({ event: givenEvent(), lastError }, 'unlock-s3-bucket', { ...given.lane, trail });
    await expect(moved).rejects.toThrow(ChainMovedError);
    expect(given.table.entries).toEqual(before);
  });

  it.each([true, false])('throws and writes nothing while a run holds the lock (begun: %s)', async (isBegun) => {
    const given = new GivenLane();
    if (isBegun) await claimedBy(givenRequest(), given.lane);
    const before = structuredClone(given.table.entries);
    const holding: Lane['deliveryLock']['holding'] = async () => {
      throw new IdempotencyAlreadyInProgressError('a run holds it');
    };
    const deliveryLock = { ...given.lane.deliveryLock, holding };
    const held = giveUp({ event: givenEvent(), lastError }, 'unlock-s3-bucket', { ...given.lane, deliveryLock });
    await expect(held).rejects.toThrow('a run holds it');
    expect(given.table.entries).toEqual(before);
  });
});

describe('giveUp, of a closing', () => {
  afterEach(() => jest.restoreAllMocks());

  it('ends it as failed when it was never begun, and says that recovery is open', async () => {
    const scene = new RootScene();
    const opening = await scene.run('allow', approvalOf('allow-root-password-recovery'));
    scene.given.time += 12 * 3_600_000;
    const closing = { closes: opening.requestId };
    expect(await gaveUp(scene.given, closing, 'close-root-password-recovery')).toMatchObject({
      requestId: `${opening.requestId}/closing/1`,
      ending: 'failed',
      code: 'password-recovery-open',
    });
  });
});

describe('giveUp, of an event that was not begun', () => {
  it('refuses it, with the last error', async () => {
    const given = new GivenLane();
    expect(await gaveUp(given, givenEvent({ id: 'e1' }))).toMatchObject({
      requestId: 'refused/e1',
      code: 'never-begun',
    });
    expect(given.table.entries).toMatchObject([
      {
        refusedRequestId: requestId,
        reasons: [{ code: 'never-begun', message: expect.stringContaining(lastError) }],
      },
    ]);
  });

  it('uses nothing up: sent again, the approval goes through', async () => {
    const given = new GivenLane();
    await gaveUp(given, givenEvent({ id: 'e1' }));
    const receipt = await carryOut(givenEvent({ id: 'e2' }), new GivenBucket(given).task, given.lane);
    expect(receipt).toMatchObject({ requestId, code: 'unlocked' });
  });

  it.each([
    ['it is malformed', { 'detail.reason': '' }, 'malformed'],
    ['a rule says no', { account: '444444444444' }, 'wrong-sender-account'],
    ['it is too old by now', { 'detail.approvals.0.approvedAt': '2026-10-01T00:00:00Z' }, 'approval-too-old'],
  ])('refuses it for what is wrong with it when %s', async (_, changes, code) => {
    expect(await gaveUp(new GivenLane(), givenEvent(changes))).toMatchObject({ ending: 'refused', code });
  });

  it.each<[FailureQueues[string], object]>([
    ['unlock-s3-bucket', queueApproval],
    ['unlock-sqs-queue', {}],
  ])('leaves an approval of another lane in the failure queue of %s to a person', async (lane, changes) => {
    const given = new GivenLane();
    await expect(gaveUp(given, givenEvent({ ...changes }), lane)).rejects.toThrow(WrongQueueError);
    expect(given.table.entries).toEqual([]);
    const own = lane === 'unlock-s3-bucket' ? {} : queueApproval;
    expect(await gaveUp(given, givenEvent(own), lane)).toMatchObject({ code: 'never-begun' });
  });
});

describe('giveUp, of an event in the failure queue of the refusals', () => {
  const refused = (given: GivenLane, changes = {}) => gaveUp(given, givenEvent(changes), 'refusals');

  it('refuses it as it would have been', async () => {
    expect(await refused(new GivenLane(), { 'detail.task': 'x' })).toMatchObject({ code: 'malformed' });
    expect(await refused(new GivenLane(), { source: 'other' })).toMatchObject({ code: 'unknown-source' });
  });

  it('waits for a lane that may yet take it, and refuses it when none has', async () => {
    const given = new GivenLane();
    await expect(refused(given)).rejects.toThrow(PerhapsTakenError);
    given.time += 90_000;
    expect(await refused(given)).toMatchObject({ code: 'rule-could-not-decide' });
  });

  it('returns null when a lane has taken it', async () => {
    const given = await givenDeath();
    expect(await refused(given)).toBeNull();
    expect(given.kinds).toEqual(['approved', 'acting']);
  });
});
