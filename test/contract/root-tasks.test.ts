import {
  approvableTasks,
  organizationTasks,
  rootTaskNames,
  rootTasks,
  taskPolicyArn,
} from '../../contract/root-tasks.ts';

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
      ['restore-s3-bucket-policy', 'S3UnlockBucketPolicy', 'RootSessions', 'bucket'],
      ['restore-sqs-queue-policy', 'SQSUnlockQueuePolicy', 'RootSessions', 'queue'],
      ['audit-root-credentials', 'IAMAuditRootUserCredentials', 'RootCredentialsManagement', 'account'],
      ['delete-root-credentials', 'IAMDeleteRootUserCredentials', 'RootCredentialsManagement', 'account'],
      ['allow-root-password-recovery', 'IAMCreateRootUserPassword', 'RootCredentialsManagement', 'account'],
      [
        'close-root-password-recovery',
        'IAMDeleteRootUserCredentials',
        'RootCredentialsManagement',
        'account',
      ],
    ]);
  });

  it('lets tickets approve all of them but the closing, which only an opening sets off', () => {
    expect(rootTaskNames.filter((task) => !approvableTasks.some((one) => one === task))).toEqual([
      'close-root-password-recovery',
    ]);
  });

  it('lets these and no others be approved for the whole organization', () => {
    expect(organizationTasks).toEqual(['audit-root-credentials', 'delete-root-credentials']);
  });

  it('takes all but the audit for a change', () => {
    expect(rootTaskNames.filter((task) => !rootTasks[task].changes)).toEqual(['audit-root-credentials']);
  });

  it('needs two approvals for what lets root sign in, and for deleting everywhere at once', () => {
    const many = Object.entries(rootTasks).map(([name, { approvals }]) => [
      name,
      approvals.one,
      approvals.organization,
    ]);
    expect(many.filter(([, one, organization]) => one !== 1 || organization !== 1)).toEqual([
      ['delete-root-credentials', 1, 2],
      ['allow-root-password-recovery', 2, 2],
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
