import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Digest } from './digest.ts';
import { DigestBucket } from './digest-bucket.ts';
import { FailureQueue } from './failure-queue.ts';
import { ParkingQueue } from './parking-queue.ts';
import { RootTaskLane } from './root-task-lane.ts';
import { RootdeskFunction } from './rootdesk-function.ts';
import type { Suppression } from './suppression.ts';
import { suppressionsOfRuns } from './suppressions-of-runs.ts';
import { TaskRole } from './task-role.ts';

/** Every accepted finding of AwsSolutions and NIST 800-53 R5, in one place. */
export const suppressions: readonly Suppression[] = [
  {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::*:root]',
    of: TaskRole,
    reason:
      'Which account a ticket names is not known before it is approved. The role is confined to one task policy, ' +
      'kept out of the management and excluded accounts by a Deny, and each session of it is narrowed to the one ' +
      'approved account by a session policy.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    of: RootTaskLane,
    reason:
      'Listing the features of the organization takes no resource, and the organization whose account is described is not ' +
      'known to the stack. Both only read, to say in plain words why AWS refused a root session.',
  },
  {
    // With the bucket's logical id in it: cdk-nag names a resource so.
    id: 'AwsSolutions-IAM5[Resource::<RootdeskDigestBucket329F82BA.Arn>/heads/*]',
    of: Digest,
    reason:
      'One object a day, by its date: what the wildcard stands for. The function may put objects there, and do ' +
      'nothing else with them.',
  },
  ...['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled'].map((id) => ({
    id,
    of: DigestBucket,
    reason:
      'One object is put a day, by one role, and nothing in it can be changed or deleted. Access logs would need a ' +
      'bucket of their own, less well locked than this one; CloudTrail data events show the same.',
  })),
  {
    id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
    of: DigestBucket,
    reason:
      'A digest is a few lines that repeat what the audit trail holds; its use is that it cannot be changed, which a ' +
      'copy elsewhere would not add to. The trail itself has point-in-time recovery.',
  },
  {
    id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
    of: DigestBucket,
    reason:
      'S3 encrypts the bucket with a key of its own. A digest holds hashes and request ids, no secrets; a key of ours ' +
      'could be deleted, and every digest would be lost with it, Object Lock or not.',
  },
  {
    id: 'AwsSolutions-SQS3',
    of: FailureQueue,
    where: (queue) => queue instanceof FailureQueue && !queue.hasConsumer && !(queue instanceof ParkingQueue),
    reason:
      'The queue is where failures end: the dead-letter queue of a rule, or the on-failure destination of a ' +
      'function or a stream. Nothing consumes it, and its first message raises an alarm.',
  },
  {
    id: 'NIST.800.53.R5-IAMNoInlinePolicy',
    of: RootdeskFunction,
    reason:
      'The policy belongs to this one role and must live and die with it; a managed policy could be attached to ' +
      'another role, which is what must not happen here.',
  },
  {
    id: 'NIST.800.53.R5-IAMNoInlinePolicy',
    of: TaskRole,
    reason:
      'The one permission to open root sessions belongs to this one role; a managed policy could be attached to ' +
      'another role, which is what must not happen here.',
  },
  {
    id: 'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
    of: RootdeskFunction,
    reason:
      'CloudWatch Logs encrypts every group with a key of its own. The logs hold request ids and outcomes, no ' +
      'secrets and no policy text; a key of ours would add a way to lose them.',
  },
  {
    id: 'NIST.800.53.R5-LambdaConcurrency',
    of: RootdeskFunction,
    reason:
      'Reserved concurrency is taken from the account: where the quota is 10, as in new accounts, the deployment ' +
      'would fail. Approvals are few, two on one target are kept apart by a lock, and the settings say how many ' +
      'accounts a run visits at the same time.',
  },
  {
    id: 'NIST.800.53.R5-LambdaDLQ',
    of: RootdeskFunction,
    reason:
      'Every function has something better: an on-failure destination on its invocations or its stream, which takes ' +
      'the error along with the event, a dead-letter queue behind the queue that it consumes, or a state machine ' +
      'that tries again and raises an alarm. The rule looks at the function alone.',
  },
  {
    id: 'NIST.800.53.R5-LambdaInsideVPC',
    of: RootdeskFunction,
    reason:
      'The functions talk to AWS APIs only and are called by services of AWS only; nothing listens. A VPC ' +
      'would add endpoints for services in every Region of every bucket, and protect nothing.',
  },
  ...suppressionsOfRuns,
];

/** Where a suppression applies within a tree of constructs. */
export function constructsOf(root: IConstruct, { of, where = () => true }: Suppression): IConstruct[] {
  return root.node.findAll().filter((construct) => construct instanceof of && where(construct));
}

/** Tells cdk-nag which findings stand, below a construct. */
export function acknowledgeSuppressions(root: IConstruct): void {
  for (const suppression of suppressions) {
    for (const construct of constructsOf(root, suppression)) {
      Validations.of(construct).acknowledge({ id: suppression.id, reason: suppression.reason });
    }
  }
}
