import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/bundling/project-root.ts';
import type { Target, Targets } from './targets.ts';

/** Something that a role is made to try. */
export interface Attempt {
  readonly action: string;
  readonly target: Target;
  readonly context?: Record<string, string | string[]>;
  /** What the context says, for the reader of the matrix. */
  readonly how?: string;
}

const taskPolicies = join(projectRoot, 'sandbox/aws/task-policies');

/** The AWS-managed task policies, and every action that any of them names. */
export const taskPolicyNames = readdirSync(taskPolicies)
  .map((file) => file.replace(/\.json$/, ''))
  .sort();

function actionsOfTaskPolicies(): string[] {
  const documents = taskPolicyNames.map((name) => readFileSync(join(taskPolicies, `${name}.json`), 'utf8'));
  const named = documents.flatMap((text) => text.match(/"(?:iam|s3|sqs):\w+"/g) ?? []);
  return [...new Set(named.map((quoted) => quoted.slice(1, -1)))].sort();
}

const inService = (service: string, names: string): string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${service}:${name}`);

/** Every operation on tables, their items, indexes, streams and backups; writes and looks elsewhere. */
const actions: readonly string[] = [
  ...inService(
    'dynamodb',
    `BatchGetItem BatchWriteItem ConditionCheckItem CreateBackup CreateTable CreateTableReplica DeleteItem
     DeleteResourcePolicy DeleteTable DeleteTableReplica DescribeContinuousBackups DescribeStream DescribeTable
     DescribeTimeToLive DisableKinesisStreamingDestination EnableKinesisStreamingDestination
     ExportTableToPointInTime GetItem GetRecords GetResourcePolicy GetShardIterator ImportTable ListStreams
     PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate PutItem PutResourcePolicy Query
     RestoreTableFromBackup RestoreTableToPointInTime Scan TagResource UntagResource UpdateContinuousBackups
     UpdateItem UpdateTable UpdateTimeToLive`,
  ),
  ...inService(
    'sqs',
    `AddPermission CancelMessageMoveTask ChangeMessageVisibility CreateQueue DeleteMessage DeleteQueue PurgeQueue
     ReceiveMessage RemovePermission SendMessage StartMessageMoveTask`,
  ),
  ...inService(
    'sns',
    `AddPermission DeleteTopic GetTopicAttributes Publish RemovePermission SetTopicAttributes Subscribe`,
  ),
  ...inService(
    'kms',
    'CreateGrant Decrypt DisableKey Encrypt GenerateDataKey PutKeyPolicy ScheduleKeyDeletion',
  ),
  ...inService(
    's3',
    `BypassGovernanceRetention DeleteBucket DeleteObject DeleteObjectVersion GetObject ListBucket
     PutBucketObjectLockConfiguration PutBucketVersioning PutLifecycleConfiguration PutObject PutObjectLegalHold
     PutObjectRetention`,
  ),
  ...inService('ssm', 'DeleteParameter GetParameter GetParameters LabelParameterVersion PutParameter'),
  ...inService(
    'events',
    `CreateArchive DeleteEventBus DeleteRule DisableRule PutPermission PutRule PutTargets RemovePermission
     RemoveTargets UpdateEventBus`,
  ),
  ...inService(
    'lambda',
    `AddPermission CreateEventSourceMapping DeleteFunction DeleteFunctionEventInvokeConfig GetFunction
     InvokeFunction PutFunctionConcurrency PutFunctionEventInvokeConfig RemovePermission UpdateFunctionCode
     UpdateFunctionConfiguration`,
  ),
  ...inService(
    'iam',
    `AttachRolePolicy CreateRole DisableOrganizationsRootSessions EnableOrganizationsRootSessions
     ListOrganizationsFeatures PassRole PutRolePolicy UpdateAssumeRolePolicy`,
  ),
  ...inService(
    'states',
    `CreateStateMachine DeleteStateMachine DescribeExecution DescribeStateMachine RedriveExecution StartExecution
     StopExecution UpdateStateMachine`,
  ),
  ...inService(
    'scheduler',
    'CreateSchedule CreateScheduleGroup DeleteSchedule DeleteScheduleGroup GetSchedule UpdateSchedule',
  ),
  ...inService(
    'organizations',
    `AttachPolicy CloseAccount CreatePolicy DescribeAccount DescribeOrganization DetachPolicy ListAccounts
     ListAccountsForParent ListOrganizationalUnitsForParent ListRoots MoveAccount RemoveAccountFromOrganization
     UpdatePolicy`,
  ),
  ...inService(
    'logs',
    `CreateLogDelivery CreateLogStream DeleteLogDelivery DeleteLogGroup DescribeLogGroups DescribeResourcePolicies
     GetLogDelivery ListLogDeliveries PutLogEvents PutResourcePolicy PutRetentionPolicy UpdateLogDelivery`,
  ),
  ...inService('sts', 'SetSourceIdentity TagSession'),
  ...actionsOfTaskPolicies(),
];

/** Everything that is tried by every role: each action on each target of its service, and what takes a context. */
export function attemptsOn(targets: Targets): Attempt[] {
  return [
    ...actions.flatMap((action) =>
      targets.ofAction(action).map((target) => ({ action, target, ...contextOf(action) })),
    ),
    ...targets.roles.flatMap((target) => [
      { action: 'sts:AssumeRole', target },
      {
        action: 'sts:AssumeRole',
        target,
        context: { 'sts:SourceIdentity': 'SEC-1234.0123456789abcdef' },
        how: 'naming a ticket',
      },
    ]),
    ...targets.rootUsers.flatMap((target) => [
      { action: 'sts:AssumeRoot', target, how: 'under no task policy' },
      ...taskPolicyNames.map((name) => ({
        action: 'sts:AssumeRoot',
        target,
        context: { 'sts:TaskPolicyArn': `arn:aws:iam::aws:policy/root-task/${name}` },
        how: `under ${name}`,
      })),
    ]),
    ...targets.buses.flatMap((target) => [
      putting(target, ['rootdesk'], ['Root Task Ended']),
      putting(target, ['rootdesk'], ['Root Task Approved']),
      putting(target, ['acme.tickets'], ['Root Task Approved']),
      putting(target, ['acme.tickets'], ['Root Task Ended']),
      putting(target, ['rootdesk', 'acme.tickets'], ['Root Task Ended', 'Root Task Approved']),
    ]),
  ];
}

function putting(target: Target, sources: string[], detailTypes: string[]): Attempt {
  return {
    action: 'events:PutEvents',
    target,
    context: { 'events:source': sources, 'events:detail-type': detailTypes },
    how: `${detailTypes.join(' and ')} of ${sources.join(' and ')}`,
  };
}

/** A session that names a ticket: the function's way in. */
function contextOf(action: string): Pick<Attempt, 'context' | 'how'> {
  if (action === 'iam:PassRole')
    return { context: { 'iam:PassedToService': 'scheduler.amazonaws.com' }, how: 'to Scheduler' };
  if (action === 'sts:SetSourceIdentity')
    return { context: { 'sts:SourceIdentity': 'SEC-1234.0123456789abcdef' }, how: 'naming a ticket' };
  return {};
}
