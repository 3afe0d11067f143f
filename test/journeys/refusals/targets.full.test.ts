import { openTheatre, type Theatre } from '../scenes/theatre.ts';
import { unlockS3BucketScene } from '../scenes/unlock-s3-bucket.ts';
import { unlockSqsQueueScene } from '../scenes/unlock-sqs-queue.ts';
import { expectRefused } from './expect-refused.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
/** Of many refusals in five minutes, on-call is told together. */
beforeEach(() => theatre.pass('PT5M'));
afterAll(() => theatre.close());

interface Case {
  readonly name: string;
  readonly target: unknown;
  readonly codes?: readonly string[];
  readonly paths?: readonly string[];
  readonly says?: readonly RegExp[];
}

const arn = 'arn:aws:sqs:eu-west-1:156041421443:orders';
const arnIsDue = {
  paths: ['detail.target.queueArn'],
  says: [/^expected the ARN of an SQS queue, for example "arn:aws:sqs:.*" \(a name or URL is not enough\)/],
};

const queues: readonly Case[] = [
  { name: 'a name where an ARN is due', target: { queueArn: 'orders' }, ...arnIsDue },
  {
    name: 'a URL where an ARN is due',
    target: { queueArn: 'https://sqs.eu-west-1.amazonaws.com/156041421443/orders' },
    ...arnIsDue,
  },
  { name: 'the ARN of a topic', target: { queueArn: arn.replace(':sqs:', ':sns:') }, ...arnIsDue },
  { name: 'an ARN without a Region', target: { queueArn: arn.replace('eu-west-1', '') }, ...arnIsDue },
  { name: 'an ARN with a wildcard', target: { queueArn: `${arn}*` }, ...arnIsDue },
  { name: 'an ARN with a line break behind it', target: { queueArn: `${arn}\n` }, ...arnIsDue },
  { name: 'a list of ARNs', target: { queueArn: [arn] }, ...arnIsDue },
  {
    name: 'an account beside the ARN that differs from the one in it',
    target: { queueArn: arn, accountId: '888888888888' },
    paths: ['detail.target.accountId'],
    says: [/leave this out: the queue's account is the one in queueArn.*888888888888/],
  },
  {
    name: 'an account beside the ARN, though it is the same',
    target: { queueArn: arn, accountId: '156041421443' },
    paths: ['detail.target.accountId'],
    says: [/leave this out/],
  },
  {
    name: 'a Region beside the ARN',
    target: { queueArn: arn, region: 'eu-north-1' },
    paths: ['detail.target.region'],
    says: [/leave this out: the queue's Region is the one in queueArn/],
  },
  {
    name: 'a bucket',
    target: { accountId: '156041421443', bucketName: 'project-prod-1' },
    codes: ['malformed', 'malformed', 'malformed'],
    paths: ['detail.target.queueArn', 'detail.target.bucketName', 'detail.target.accountId'],
  },
  {
    name: "another partition's ARN",
    target: { queueArn: arn.replace('arn:aws:', 'arn:aws-cn:').replace('eu-west-1', 'cn-north-1') },
    codes: ['other-partition'],
  },
];

const buckets: readonly Case[] = [
  {
    name: 'an account id that is a JSON number',
    target: { accountId: 156041421443, bucketName: 'project-prod-1' },
    paths: ['detail.target.accountId'],
    says: [/in quotes.*found 156041421443/],
  },
  {
    name: 'the ARN of a bucket where its name is due',
    target: { accountId: '156041421443', bucketName: 'arn:aws:s3:::project-prod-1' },
    paths: ['detail.target.bucketName'],
    says: [/expected the name of an S3 bucket/],
  },
  {
    name: 'a queue',
    target: { queueArn: arn },
    codes: ['malformed', 'malformed', 'malformed'],
    paths: ['detail.target.accountId', 'detail.target.bucketName', 'detail.target.queueArn'],
  },
  {
    name: 'a directory bucket',
    target: { accountId: '156041421443', bucketName: 'fast--eun1-az1--x-s3' },
    codes: ['directory-bucket'],
  },
];

describe.each([
  { scene: unlockS3BucketScene, task: unlockS3BucketScene.task, cases: buckets },
  { scene: unlockSqsQueueScene, task: unlockSqsQueueScene.task, cases: queues },
])('$task is refused with the field and what to do about it', ({ scene, cases }) => {
  it.each(cases)('$name', async ({ target, codes = ['malformed'], ...expected }) => {
    const answer = await theatre.play(scene, ({ send }) => [send({ target })]);

    expectRefused(answer, answer.ticket.approval({ target }), { codes, ...expected });
  });
});
