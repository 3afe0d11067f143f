import { rootTasks, taskPolicyArn } from '../../contract/root-tasks.ts';

describe('the table of root tasks', () => {
  it('holds these and no others: what root may be used for is for a person to agree to', () => {
    expect(
      Object.entries(rootTasks).map(([name, { taskPolicy, feature, target }]) => [
        name,
        taskPolicy,
        feature,
        target,
      ]),
    ).toEqual([
      ['unlock-s3-bucket', 'S3UnlockBucketPolicy', 'RootSessions', 'bucket'],
      ['unlock-sqs-queue', 'SQSUnlockQueuePolicy', 'RootSessions', 'queue'],
    ]);
  });

  it('names task policies as AWS does, in every partition', () => {
    expect(taskPolicyArn('aws', 'unlock-s3-bucket')).toBe(
      'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy',
    );
    expect(taskPolicyArn('aws-us-gov', 'unlock-s3-bucket')).toMatch(
      /^arn:aws-us-gov:iam::aws:policy\/root-task\//,
    );
  });
});
