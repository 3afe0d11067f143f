import type { FailureQueues } from '../../../contract/environment.ts';
import { giveUp } from '../../../lambdas/give-up/give-up.ts';
import { WrongQueueError } from '../../../lambdas/give-up/request-of.ts';
import { PerhapsTakenError } from '../../../lambdas/refuse/refuse.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { GivenBucket } from '../given/bucket.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent, givenRequest, givenSettings } from '../given/request.ts';
import { approvalOf, RootScene } from '../given/root-scene.ts';
import { claimedBy } from '../given/standing.ts';

const { requestId } = givenRequest();
const lastError = 'TimeoutError: no answer';
const queueApproval = {
  'detail.task': 'unlock-sqs-queue',
  'detail.target': { queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders' },
};

/** Gives up an event of a lane's failure queue. */
function gaveUp(given: GivenLane, event: unknown, lane: FailureQueues[string] = 'unlock-s3-bucket') {
  given.happened.length = 0;
  return giveUp({ event, lastError }, lane, given.lane);
}

/** A lane after a run that died over its change. */
async function givenDeath(deletion: GivenBucket['change'] = 'answer lost') {
  const given = new GivenLane();
  const bucket = new GivenBucket(given);
  bucket.change = deletion;
  await expect(carryOut(givenEvent(), bucket.task, given.lane)).rejects.toThrow();
  return given;
}

describe('giving up a request that was begun', () => {
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
    const [, ended] = given.table.entries;
    expect(ended).toMatchObject({
      summary: expect.stringMatching(/before anything was changed\. Said last: TimeoutError: no answer$/),
      after: null,
      session: null,
      by: { function: 'lane', requestId: 'run-1' },
    });
  });

  it('says where its announced change is kept, and that its effect is not known', async () => {
    const given = await givenDeath();
    expect(await gaveUp(given, givenEvent())).toMatchObject({ sequence: 3, code: 'gave-up' });
    const said = JSON.stringify(given.table.entries.at(-1));
    expect(said).toMatch(/had announced its change \(entry 2, .*whether it was made is not known/);
    expect(said).toContain(lastError);
    expect(said).not.toContain('before anything was changed');
  });

  it('ends it though its approval has aged out, and whatever the settings say by now', async () => {
    const given = await givenDeath();
    given.time += 30 * 86_400_000;
    given.settings = givenSettings({ excludedAccountIds: ['156041421443'] });
    expect(await gaveUp(given, givenEvent())).toMatchObject({ requestId, code: 'gave-up' });
  });

  it('writes nothing behind an ending, and answers that', async () => {
    const given = new GivenLane();
    const receipt = await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
    expect(await gaveUp(given, givenEvent({ id: 'e2' }))).toEqual(receipt);
    expect(given.happened).toEqual([]);
  });

  it('gives it up once: its message may come again', async () => {
    const given = await givenDeath();
    const receipt = await gaveUp(given, givenEvent());
    expect(await gaveUp(given, givenEvent())).toEqual(receipt);
    expect(given.kinds).toEqual(['approved', 'acting', 'ended']);
  });

  it('refuses another detail under its approval, and leaves it to whoever works on it', async () => {
    const given = await givenDeath();
    expect(await gaveUp(given, givenEvent({ id: 'e2', 'detail.reason': 'another' }))).toMatchObject({
      requestId: 'refused/e2',
      code: 'changed-after-approval',
    });
    expect(given.kinds).toEqual(['approved', 'acting', 'refused']);
  });
});

describe('giving up a closing', () => {
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

describe('giving up an event that was not begun', () => {
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
  ])('refuses it for what is wrong with it where %s', async (_, changes, code) => {
    expect(await gaveUp(new GivenLane(), givenEvent(changes))).toMatchObject({ ending: 'refused', code });
  });
});

describe('an approval in the failure queue of another lane', () => {
  it.each<[FailureQueues[string], Record<string, unknown>]>([
    ['unlock-s3-bucket', queueApproval],
    ['unlock-sqs-queue', {}],
  ])('is left to a person (%s)', async (lane, changes) => {
    const given = new GivenLane();
    await expect(gaveUp(given, givenEvent(changes), lane)).rejects.toThrow(WrongQueueError);
    expect(given.table.entries).toEqual([]);
  });

  it('is no wrong one where it is its own', async () => {
    const given = new GivenLane();
    const event = givenEvent(queueApproval);
    expect(await gaveUp(given, event, 'unlock-sqs-queue')).toMatchObject({ code: 'never-begun' });
  });
});

describe('an event in the failure queue of the refusals', () => {
  const refused = (given: GivenLane, changes = {}) => gaveUp(given, givenEvent(changes), 'refusals');

  it('is refused as it would have been', async () => {
    expect(await refused(new GivenLane(), { 'detail.task': 'x' })).toMatchObject({ code: 'malformed' });
    expect(await refused(new GivenLane(), { source: 'other' })).toMatchObject({ code: 'unknown-source' });
  });

  it('waits for a lane that may yet take it, and is refused when none has', async () => {
    const given = new GivenLane();
    await expect(refused(given)).rejects.toThrow(PerhapsTakenError);
    given.time += 90_000;
    expect(await refused(given)).toMatchObject({ code: 'rule-could-not-decide' });
  });

  it('has an answer where a lane has taken it', async () => {
    const given = await givenDeath();
    expect(await refused(given)).toBeNull();
    expect(given.kinds).toEqual(['approved', 'acting']);
  });
});
