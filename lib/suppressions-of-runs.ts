import { OrganizationRun } from './organization-run.ts';
import { ReportBucket } from './report-bucket.ts';
import { RootTaskLane } from './root-task-lane.ts';
import { RunCollator } from './run-collator.ts';
import { RunPlanner } from './run-planner.ts';
import { SchedulerRole } from './scheduler-role.ts';
import type { Suppression } from './suppression.ts';

/** With logical ids in them, as cdk-nag names resources. */
const plans = 'AwsSolutions-IAM5[Resource::<RootdeskReportsBucket11F1E904.Arn>/plans/*]';
const reports = 'AwsSolutions-IAM5[Resource::<RootdeskReportsBucket11F1E904.Arn>/reports/*]';
const scheduler = 'arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>';
const states = 'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>';
const machines = [
  ['AuditRootCredentials', 'RootdeskOrganizationRunsAuditRootCredentialsMachine79738BE7'],
  ['DeleteRootCredentials', 'RootdeskOrganizationRunsDeleteRootCredentialsMachine72591C35'],
] as const;

/** The accepted findings about runs across the organization, and about what is done by schedule. */
export const suppressionsOfRuns: readonly Suppression[] = [
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    of: RunPlanner,
    reason:
      'Most actions that list an organization take no resource, and where they take one it is a part of an ' +
      'organization that the stack does not know. All of them only read.',
  },
  {
    id: plans,
    of: RunPlanner,
    reason:
      'One object for each run, named after it: what the wildcard stands for. The function may put objects there, and do ' +
      'nothing else with them.',
  },
  {
    id: reports,
    of: RunCollator,
    reason:
      'A few objects for each run, by its day and name: what the wildcard stands for. The function may put objects ' +
      'there, and do nothing else with them.',
  },
  {
    id: plans,
    of: OrganizationRun,
    reason:
      'The state machine reads the list of accounts that was made for the run at hand; what it is called is known when ' +
      'the run has been planned. It may only read there.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    of: OrganizationRun,
    reason:
      'Step Functions sets up the delivery of its logs as the role of the state machine, and none of the actions that ' +
      'this takes knows resources. Nothing but the state machine itself acts as the role.',
  },
  ...machines.flatMap(
    ([task, machine]) =>
      // By themselves, and as children of a map run, which has a label in their names.
      [':', '/'].map((separator) => ({
        id: `AwsSolutions-IAM5[Resource::${states}:execution:<${machine}.Name>${separator}*]`,
        of: OrganizationRun,
        where: ({ node }) => node.id === task,
        reason:
          'A distributed map follows and stops the executions that it has started for single accounts, all of them ' +
          "executions of this one state machine. Their names are Step Functions' own.",
      })) satisfies Suppression[],
  ),
  {
    id: 'AwsSolutions-SF1',
    of: OrganizationRun,
    reason:
      'Errors are logged. All events of a run would be ten for each of thousands of accounts, and would say less than ' +
      'the audit trail, which holds a chain for every one of them.',
  },
  {
    id: 'AwsSolutions-SF2',
    of: OrganizationRun,
    reason:
      'Traces would show that one function was invoked thousands of times, and would take permissions on every ' +
      'resource of X-Ray. What was done in each account, and when, is in the audit trail.',
  },
  {
    id: 'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
    of: OrganizationRun,
    reason:
      'CloudWatch Logs encrypts every group with a key of its own. Step Functions logs names of states and errors ' +
      'there, without the data of an execution; a key of ours would add a way to lose them.',
  },
  ...[OrganizationRun, SchedulerRole].map((of) => ({
    id: 'NIST.800.53.R5-IAMNoInlinePolicy',
    of,
    reason:
      'The policy belongs to this one role and must live and die with it; a managed policy could be attached to ' +
      'another role, which is what must not happen here.',
  })),
  {
    id: `AwsSolutions-IAM5[Resource::${scheduler}:schedule/<RootdeskClosingsGroup61D4174E>/*]`,
    of: RootTaskLane,
    where: ({ node }) => node.id === 'AllowRootPasswordRecovery',
    reason:
      'Each opening has a schedule of its own, named after its request, in a group that holds nothing else. The ' +
      'function may make schedules there and look at them, for one role that can only invoke the closing lane.',
  },
  ...['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled'].map((id) => ({
    id,
    of: ReportBucket,
    reason:
      'A few objects are put for each run, by two roles, and every version is kept. Access logs would need a bucket of ' +
      'their own, less well guarded than this one; CloudTrail data events show the same.',
  })),
  {
    id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
    of: ReportBucket,
    reason:
      'A report is put together from the audit trail, which has point-in-time recovery and keeps the digest of each ' +
      'report; a copy elsewhere would be one more place to guard.',
  },
  {
    id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
    of: ReportBucket,
    reason:
      'S3 encrypts the bucket with a key of its own. A report says which accounts have root credentials, and holds no ' +
      'secret; who may read it is decided by permissions on the bucket, and a key of ours could be deleted.',
  },
];
