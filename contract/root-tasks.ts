/**
 * THE TABLE of root tasks. A further root task is a row here and a file in `lambdas/root-task/tasks/`: the rule,
 * the function, its roles, the schema of the event and the tests that run over every task follow from the row.
 */

/** What a root task acts on; each kind's shape is in `target.ts`. */
export type TargetKind = 'bucket' | 'queue';

/** The organization feature that AssumeRoot demands for a task policy: neither implies the other. */
export type OrganizationFeature = 'RootSessions' | 'RootCredentialsManagement';

export interface RootTaskRow {
  /** Name of the AWS-managed task policy under `policy/root-task/`. */
  readonly taskPolicy: string;
  readonly feature: OrganizationFeature;
  readonly target: TargetKind;
  /** What the task does to its target, for a person. */
  readonly effect: string;
}

export const rootTasks = {
  'unlock-s3-bucket': {
    taskPolicy: 'S3UnlockBucketPolicy',
    feature: 'RootSessions',
    target: 'bucket',
    effect: 'deletes the bucket policy, so that administrators of the account can write a new one',
  },
  'unlock-sqs-queue': {
    taskPolicy: 'SQSUnlockQueuePolicy',
    feature: 'RootSessions',
    target: 'queue',
    effect: 'removes the queue policy, so that administrators of the account can set a new one',
  },
} as const satisfies Record<string, RootTaskRow>;

export type RootTaskName = keyof typeof rootTasks;

export const rootTaskNames = Object.keys(rootTasks) as [RootTaskName, ...RootTaskName[]];

/** ARN of a task policy in a partition (`aws`, `aws-cn`, `aws-us-gov`, or a CloudFormation token). */
export function taskPolicyArn(partition: string, task: RootTaskName): string {
  return `arn:${partition}:iam::aws:policy/root-task/${rootTasks[task].taskPolicy}`;
}
