/**
 * THE TABLE of root tasks. A further root task is a row here and a file in `lambdas/root-task/tasks/`: the rule,
 * the function, its roles, the schema of the event and the tests that run over every task follow from the row.
 */

/** What a root task acts on in one account; each kind's shape is in `target.ts`. */
export type TargetKind = 'bucket' | 'queue' | 'account';

/** The organization feature that AssumeRoot demands for a task policy: neither implies the other. */
export type OrganizationFeature = 'RootSessions' | 'RootCredentialsManagement';

export interface RootTaskRow {
  /** Name of the AWS-managed task policy under `policy/root-task/`. */
  readonly taskPolicy: string;
  readonly feature: OrganizationFeature;
  readonly target: TargetKind;
  /** Whether one approval may also name the whole organization as its target. */
  readonly acrossOrganization: boolean;
  /** Whether it changes its target. What only reads waits for no turn on it, and makes no older approval out of date. */
  readonly changes: boolean;
  /** What starts it: an approved ticket, or the time that an approved opening is given. */
  readonly startedBy: 'ticket' | 'opening';
  /** How many approvals it needs where the settings do not say, on one account and across the organization. */
  readonly approvals: { readonly one: number; readonly organization: number };
  /** What the task does to its target, for a person. */
  readonly effect: string;
}

const onceApproved = { one: 1, organization: 1 };

export const rootTasks = {
  'unlock-s3-bucket': {
    taskPolicy: 'S3UnlockBucketPolicy',
    feature: 'RootSessions',
    target: 'bucket',
    acrossOrganization: false,
    changes: true,
    startedBy: 'ticket',
    approvals: onceApproved,
    effect:
      'deletes the bucket policy, or repairs it, so that administrators of the account can write a new one',
  },
  'unlock-sqs-queue': {
    taskPolicy: 'SQSUnlockQueuePolicy',
    feature: 'RootSessions',
    target: 'queue',
    acrossOrganization: false,
    changes: true,
    startedBy: 'ticket',
    approvals: onceApproved,
    effect:
      'removes the queue policy, or repairs it, so that administrators of the account can set a new one',
  },
  'restore-s3-bucket-policy': {
    taskPolicy: 'S3UnlockBucketPolicy',
    feature: 'RootSessions',
    target: 'bucket',
    acrossOrganization: false,
    changes: true,
    startedBy: 'ticket',
    approvals: onceApproved,
    effect: 'puts back the bucket policy that an earlier request found, as the trail holds it',
  },
  'restore-sqs-queue-policy': {
    taskPolicy: 'SQSUnlockQueuePolicy',
    feature: 'RootSessions',
    target: 'queue',
    acrossOrganization: false,
    changes: true,
    startedBy: 'ticket',
    approvals: onceApproved,
    effect: 'puts back the queue policy that an earlier request found, as the trail holds it',
  },
  'audit-root-credentials': {
    taskPolicy: 'IAMAuditRootUserCredentials',
    feature: 'RootCredentialsManagement',
    target: 'account',
    acrossOrganization: true,
    changes: false,
    startedBy: 'ticket',
    approvals: onceApproved,
    effect: 'reads which credentials the root user has: each is present, absent, or unknown with its reason',
  },
  'delete-root-credentials': {
    taskPolicy: 'IAMDeleteRootUserCredentials',
    feature: 'RootCredentialsManagement',
    target: 'account',
    acrossOrganization: true,
    changes: true,
    startedBy: 'ticket',
    approvals: { one: 1, organization: 2 },
    effect:
      "deletes the root user's access keys, signing certificates, password and MFA devices, in that order",
  },
  'allow-root-password-recovery': {
    taskPolicy: 'IAMCreateRootUserPassword',
    feature: 'RootCredentialsManagement',
    target: 'account',
    acrossOrganization: false,
    changes: true,
    startedBy: 'ticket',
    approvals: { one: 2, organization: 2 },
    effect: 'lets whoever holds the root mailbox set a password, for a limited time',
  },
  'close-root-password-recovery': {
    taskPolicy: 'IAMDeleteRootUserCredentials',
    feature: 'RootCredentialsManagement',
    target: 'account',
    acrossOrganization: false,
    changes: true,
    startedBy: 'opening',
    approvals: onceApproved,
    effect:
      'takes the password away again, and every root credential that was made while recovery was allowed',
  },
} as const satisfies Record<string, RootTaskRow>;

export type RootTaskName = keyof typeof rootTasks;

/** The root tasks that a ticket can approve. */
export type ApprovableTask = {
  [Task in RootTaskName]: (typeof rootTasks)[Task]['startedBy'] extends 'ticket' ? Task : never;
}[RootTaskName];

/** The root tasks that one approval can have done in every account of the organization. */
export type OrganizationTask = {
  [Task in RootTaskName]: (typeof rootTasks)[Task]['acrossOrganization'] extends true ? Task : never;
}[RootTaskName];

export const rootTaskNames = Object.keys(rootTasks) as [RootTaskName, ...RootTaskName[]];

export const approvableTasks = rootTaskNames.filter(isApprovable) as [ApprovableTask, ...ApprovableTask[]];

export const organizationTasks = rootTaskNames.filter(isOrganizationTask) as [
  OrganizationTask,
  ...OrganizationTask[],
];

export function isApprovable(task: RootTaskName): task is ApprovableTask {
  return rootTasks[task].startedBy === 'ticket';
}

export function isOrganizationTask(task: RootTaskName): task is OrganizationTask {
  return rootTasks[task].acrossOrganization;
}

/** ARN of a task policy in a partition (`aws`, `aws-cn`, `aws-us-gov`, or a CloudFormation token). */
export function taskPolicyArn(partition: string, task: RootTaskName): string {
  return `arn:${partition}:iam::aws:policy/root-task/${rootTasks[task].taskPolicy}`;
}
