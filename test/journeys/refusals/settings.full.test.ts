import { endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import { excluded, ownSettings } from '../own-settings.ts';
import { openTheatre, type Theatre } from '../scenes/theatre.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { unlockS3BucketScene } from '../scenes/unlock-s3-bucket.ts';
import { unlockSqsQueueScene } from '../scenes/unlock-sqs-queue.ts';

/** Settings that exclude an account, disable one root task, and ask for two approvals of the other. */
let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre({ settings: ownSettings });
});
afterAll(() => theatre.close());

const approvedByTwo = ({ approvals }: Ticket) =>
  approvals(['lead@example.com', '-PT10M'], ['second.lead@example.com', '-PT2M']);

it('can exclude accounts', async () => {
  const answer = await theatre.play(unlockS3BucketScene, (ticket) => [
    ticket.send({
      approvals: approvedByTwo(ticket),
      target: unlockS3BucketScene.target(ticket.target, excluded),
    }),
  ]);

  expect(endings(answer)).toMatchObject([{ ending: 'refused', reasons: [{ code: 'excluded-account' }] }]);
  expectNothingOpened(answer);
  expectToldOnce(answer);
});

it('can disable root tasks: their approvals are refused all the same', async () => {
  const answer = await theatre.play(unlockSqsQueueScene, ({ send }) => [send()]);

  expect(endings(answer)).toMatchObject([{ ending: 'refused', reasons: [{ code: 'task-disabled' }] }]);
  expectNothingOpened(answer);
  expectToldOnce(answer);
});

it('can ask for two approvals', async () => {
  const answer = await theatre.play(unlockS3BucketScene, ({ send }) => [send()]);

  expect(endings(answer)).toMatchObject([{ ending: 'refused', reasons: [{ code: 'too-few-approvals' }] }]);
  expectNothingOpened(answer);
});

it('of which the second decides', async () => {
  const answer = await theatre.play(unlockS3BucketScene, (ticket) => [
    ticket.send({ approvals: approvedByTwo(ticket) }, { deliveries: 2 }),
  ]);

  expect(endings(answer)).toMatchObject([{ ending: 'succeeded' }]);
  expect(answer.trail[0]?.requestId.endsWith(answer.ticket.at('-PT2M'))).toBe(true);
  expect(answer.policy).toBeNull();
});
