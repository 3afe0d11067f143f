import * as z from 'zod';
import { type AccountId, accountId } from './account-id.ts';
import type { RootTaskName, rootTasks, TargetKind } from './root-tasks.ts';

/** Names of before 2018 in us-east-1 may hold capitals, underscores and 255 characters; such buckets lock out too. */
const bucketName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/,
    'expected the name of an S3 bucket, for example "project-prod-1"',
  );

export const bucketTarget = z.strictObject({ accountId, bucketName });
export type BucketTarget = z.infer<typeof bucketTarget>;

/** Each kind of target, by the shape an approval gives it. */
export const targetSchemas = { bucket: bucketTarget } as const satisfies Record<TargetKind, z.ZodType>;

export type TargetOf<Task extends RootTaskName> = z.infer<
  (typeof targetSchemas)[(typeof rootTasks)[Task]['target']]
>;
export type Target = TargetOf<RootTaskName>;

/** The account in which a target lives. */
export function accountOf(target: Target): AccountId {
  return target.accountId;
}

/** The target's own name within its account: what protected-target patterns are matched with. */
export function nameOf(target: Target): string {
  return target.bucketName;
}

/** The target as components of a request id, and as the key by which one target is told from another. */
export function targetPath(target: Target): string {
  return [target.accountId, target.bucketName].map(encodeURIComponent).join('/');
}

/** The target in a sentence: "bucket project-prod-1 in account 156041421443". */
export function describeTarget(target: Target): string {
  return `bucket ${target.bucketName} in account ${target.accountId}`;
}
