import * as z from 'zod';
import { type AccountId, accountId } from './account-id.ts';
import { queueArn, readQueueArn } from './queue-arn.ts';
import { type RootTaskName, rootTasks, type TargetKind } from './root-tasks.ts';

/** Names of before 2018 in us-east-1 may hold capitals, underscores and 255 characters; such buckets lock out too. */
const bucketName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/,
    'expected the name of an S3 bucket, for example "project-prod-1"',
  );

export const bucketTarget = z.strictObject({ accountId, bucketName });
export type BucketTarget = z.infer<typeof bucketTarget>;

/** Account and Region are read from the ARN: what is said twice can differ, so it must not be said twice. */
const saidByTheArn = (what: string) =>
  z.never(`leave this out: the queue's ${what} is the one in queueArn`).optional();

export const queueTarget = z.strictObject({
  queueArn,
  accountId: saidByTheArn('account'),
  region: saidByTheArn('Region'),
});
export type QueueTarget = z.infer<typeof queueTarget>;

/** Each kind of target, by the shape an approval gives it. */
export const targetSchemas = {
  bucket: bucketTarget,
  queue: queueTarget,
} as const satisfies Record<TargetKind, z.ZodType>;

/** The target of one kind. */
export type TargetOfKind<Kind extends TargetKind> = z.infer<(typeof targetSchemas)[Kind]>;
export type TargetOf<Task extends RootTaskName> = TargetOfKind<(typeof rootTasks)[Task]['target']>;
export type Target = TargetOf<RootTaskName>;

type SchemaOf<Task extends RootTaskName> = (typeof targetSchemas)[(typeof rootTasks)[Task]['target']];

/** The shape that a root task's target has. */
export function targetSchemaOf<Task extends RootTaskName>(task: Task): SchemaOf<Task> {
  return targetSchemas[rootTasks[task].target] as SchemaOf<Task>;
}

/** The account in which a target lives. */
export function accountOf(target: Target): AccountId {
  return 'queueArn' in target ? readQueueArn(target.queueArn).accountId : target.accountId;
}

/** The target's own name within its account: what protected-target patterns are matched with. */
export function nameOf(target: Target): string {
  return 'queueArn' in target ? readQueueArn(target.queueArn).name : target.bucketName;
}

/** The target as components of a request id, and as the key by which one target is told from another. */
export function targetPath(target: Target): string {
  return pathOf(target).map(encodeURIComponent).join('/');
}

function pathOf(target: Target): string[] {
  if (!('queueArn' in target)) return [target.accountId, target.bucketName];
  const { accountId, name, region } = readQueueArn(target.queueArn);
  return [accountId, region, name];
}

/** The target in a sentence: "bucket project-prod-1 in account 156041421443". */
export function describeTarget(target: Target): string {
  if (!('queueArn' in target)) return `bucket ${target.bucketName} in account ${target.accountId}`;
  const { accountId, name, region } = readQueueArn(target.queueArn);
  return `queue ${name} in ${region} in account ${accountId}`;
}

/** The word for a target in sentences about it: "bucket", "queue". */
export function wordFor(target: Target): TargetKind {
  return 'queueArn' in target ? 'queue' : 'bucket';
}
