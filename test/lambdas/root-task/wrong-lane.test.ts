import { PerhapsTakenError } from '../../../lambdas/refuse/refuse.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { recordApproval } from '../../../lambdas/root-task/steps/claim.ts';
import { GivenBucket } from '../given/bucket.ts';
import { GivenLane } from '../given/lane.ts';
import { givenAuthorized, givenEvent, givenRequest } from '../given/request.ts';
import { approvalOf, RootScene } from '../given/root-scene.ts';
import { claimedBy } from '../given/standing.ts';

const forQueues = {
  'detail.task': 'unlock-sqs-queue',
  'detail.target': { queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders' },
};
/** From when the given event was sent, a minute ago, until its own lane has had the time to take it. */
const untilTaken = 90_000;

/** An approval of the task for queues in the lane for buckets. */
async function astray(given: GivenLane, changes: Record<string, unknown> = {}) {
  given.happened.length = 0;
  return carryOut(givenEvent({ ...forQueues, ...changes }), new GivenBucket(given).task, given.lane);
}

afterEach(() => jest.restoreAllMocks());

describe('an approval in the lane of another root task', () => {
  it('is left for its own lane: nothing is opened, and nothing recorded while that may yet take it', async () => {
    const given = new GivenLane();
    await expect(astray(given)).rejects.toThrow(PerhapsTakenError);
    given.time += untilTaken - 1;
    await expect(astray(given)).rejects.toThrow(PerhapsTakenError);
    expect(given.happened).toEqual([]);
    expect(given.table.entries).toEqual([]);
  });

  it('is not answered twice where its own lane has taken it', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(forQueues), given.lane);
    expect(await astray(given)).toBeNull();
    given.time += untilTaken;
    expect(await astray(given)).toBeNull();
    expect(given.kinds).toEqual(['approved']);
    expect(given.happened).toEqual([]);
  });

  it('is refused where its own lane has not taken it in time', async () => {
    const given = new GivenLane();
    given.time += untilTaken;
    expect(await astray(given, { id: 'e1' })).toMatchObject({
      requestId: 'refused/e1',
      code: 'rule-could-not-decide',
    });
    expect(given.happened).toEqual(['record refused']);
  });

  it('is refused at once where a rule says no', async () => {
    const given = new GivenLane();
    expect(await astray(given, { account: '444444444444' })).toMatchObject({ code: 'wrong-sender-account' });
    expect(given.happened).toEqual(['record refused']);
  });
});

describe('an approval of the whole organization in the lane of one account', () => {
  const whole = approvalOf('audit-root-credentials', { 'detail.target': { organization: true } });

  it('opens nothing: it is left for what runs it across the organization', async () => {
    const scene = new RootScene();
    const carried = () => carryOut(whole, scene.tasks.audit, scene.given.lane);
    await expect(carried()).rejects.toThrow(PerhapsTakenError);
    expect(scene.given.happened).toEqual([]);
    await recordApproval(
      givenAuthorized({
        'detail.task': whole.detail.task,
        'detail.target': whole.detail.target,
        'detail.approvals': whole.detail.approvals,
      }),
      scene.given.lane,
    );
    scene.given.happened.length = 0;
    expect(await carried()).toBeNull();
    expect(scene.given.happened).toEqual([]);
  });

  it('is refused where nothing has taken it in time', async () => {
    const scene = new RootScene();
    scene.given.time += untilTaken;
    const receipt = await carryOut(whole, scene.tasks.audit, scene.given.lane);
    expect(receipt).toMatchObject({ ending: 'refused', code: 'rule-could-not-decide' });
    expect(scene.given.happened).toEqual(['record refused']);
  });
});
