import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { queueTarget } from '../../../../contract/target.ts';
import { noPolicy } from '../../../../lambdas/resource-policy.ts';
import { restoring } from '../../../../lambdas/root-task/policies/restoring.ts';
import { unlocking } from '../../../../lambdas/root-task/policies/unlocking.ts';
import { restoreS3BucketPolicy } from '../../../../lambdas/root-task/tasks/restore-s3-bucket-policy.ts';
import { restoreSqsQueuePolicy } from '../../../../lambdas/root-task/tasks/restore-sqs-queue-policy.ts';
import { unlockS3Bucket } from '../../../../lambdas/root-task/tasks/unlock-s3-bucket.ts';
import { unlockSqsQueue } from '../../../../lambdas/root-task/tasks/unlock-sqs-queue.ts';
import { rootSession } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { answering } from '../../given/sent.ts';

const bucket = givenRequest().target;
const queue = queueTarget.parse({ queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders' });

afterEach(() => jest.restoreAllMocks());

describe('the root tasks on resource policies', () => {
  it.each([
    [unlockS3Bucket('eu-central-1'), unlocking, 'unlock-s3-bucket'],
    [restoreS3BucketPolicy('eu-central-1'), restoring, 'restore-s3-bucket-policy'],
    [unlockSqsQueue(), unlocking, 'unlock-sqs-queue'],
    [restoreSqsQueuePolicy(), restoring, 'restore-sqs-queue-policy'],
  ])('each have a verb and a name of their own (%#)', (task, verb, name) => {
    expect(task).toMatchObject({ name, verb });
    expect(task.prepare).toBe(verb.prepare);
  });

  it('find a bucket in the same way, whatever the verb', async () => {
    answering(S3Client, (command) =>
      command === 'ListBucketsCommand'
        ? { Buckets: [{ Name: 'project-prod-1', BucketRegion: 'eu-north-1' }] }
        : { Policy: '<xml>' },
    );
    const inspected = await restoreS3BucketPolicy('eu-central-1').inspect(rootSession, bucket);
    expect(inspected).toMatchObject({ ending: { code: 'policy-unreadable' } });
  });

  it('find a queue in the same way, whatever the verb', async () => {
    answering(SQSClient, (command) =>
      command === 'GetQueueUrlCommand'
        ? { QueueUrl: 'https://queue.example/156041421443/orders' }
        : { Attributes: { QueueArn: queue.queueArn } },
    );
    const inspected = await restoreSqsQueuePolicy().inspect(rootSession, queue);
    expect(inspected).toMatchObject({ kind: 'inspected', before: noPolicy });
  });

  it('are handed targets of their own kind only', async () => {
    await expect(restoreSqsQueuePolicy().inspect(rootSession, bucket)).rejects.toThrow('handed a bucket');
  });
});
