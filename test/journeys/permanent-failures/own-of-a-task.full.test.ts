import { callsOf, endings, expectToldOnce } from '../given.ts';
import { openTheatre, type Theatre } from '../scenes/theatre.ts';
import { unlockS3BucketScene } from '../scenes/unlock-s3-bucket.ts';
import { unlockSqsQueueScene } from '../scenes/unlock-sqs-queue.ts';
import { changed, controlledBy, denyRoot, joinedByOther, otherAccount } from './organization.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

it('a bucket of another account is told from one that is nowhere', async () => {
  const scene = unlockS3BucketScene;
  const restore = changed(theatre.world, joinedByOther);
  const answer = await theatre
    .play(scene, ({ send, target }) => [send({ target: scene.target(target, otherAccount) })])
    .finally(restore);

  expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'bucket-of-another-account' }]);
  expect(answer.notifications[0]?.message).toMatch(/belongs to another account/);
  expectToldOnce(answer);
  expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
});

describe('a queue is the one that its ARN names, and no other', () => {
  const scene = unlockSqsQueueScene;

  it('not one of that name in another account', async () => {
    const restore = changed(theatre.world, joinedByOther);
    const answer = await theatre
      .play(scene, ({ send, target }) => [send({ target: scene.target(target, otherAccount) })])
      .finally(restore);

    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'no-such-queue' }]);
    expect(answer.notifications[0]?.message).toContain(`in account ${otherAccount} does not exist`);
    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
  });

  it('not one of that name in another Region', async () => {
    const elsewhere = (target: string) => ({
      queueArn: `arn:aws:sqs:eu-central-1:156041421443:${target}`,
    });
    const answer = await theatre.play(scene, ({ send, target }) => [send({ target: elsewhere(target) })]);

    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'no-such-queue' }]);
    expect(answer.notifications[0]?.message).toContain('in eu-central-1 in account');
    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
  });

  it('found though an SCP keeps root from asking for its URL: SQS says then that there is none', async () => {
    const restore = changed(theatre.world, controlledBy(denyRoot('sqs:GetQueueUrl')));
    const answer = await theatre.play(scene, ({ send }) => [send()]).finally(restore);

    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expect(callsOf(answer, 'sqs', 'ListQueues')).toBe(1);
    expect(answer.policy).toBeNull();
  });
});
