import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { BucketTarget } from '../../../contract/target.ts';
import { messageOfError, nameOfError } from '../../aws-errors.ts';
import { BucketPolicies, bucketExistence, regionOfOwnBucket } from '../adapters/bucket-policies.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { answers, policyLook } from '../answers.ts';
import { failure } from '../failures.ts';
import type { Inspected, Showing } from '../resource-policy-task.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';
import { notTaken } from './not-taken.ts';

/** S3 gives no bound for how late a changed bucket policy may still show; seconds are what is seen. */
export const bucketShowing: Showing = {
  settle: 5_000,
  patience: [1_000, 2_000, 4_000, 8_000],
  bound: null,
};

/** Finds a bucket that the session's account owns, and its policy. Changes nothing. */
export async function inspectBucket(
  task: RootTaskName,
  session: RootSession,
  target: BucketTarget,
  region: string,
): Promise<Inspected | Failed | DeniedInSession> {
  const answered = answers(task, target, (error) => ownAnswer(error, task, target));
  const found = await answered('s3:ListAllMyBuckets', () =>
    regionOfOwnBucket(session, target.bucketName, region),
  );
  if (typeof found === 'object' && found !== null) return found;
  if (found === null) return notOwned(task, target, region);

  const policies = new BucketPolicies(session, target, found);
  const look = policyLook(task, target, () => answered('s3:GetBucketPolicy', () => policies.read()));
  const before = await look();
  if ('kind' in before) return before;
  const change: Inspected['change'] = ({ policy }) =>
    answered(policy === null ? 's3:DeleteBucketPolicy' : 's3:PutBucketPolicy', async () => {
      await (policy === null ? policies.delete() : policies.put(policy));
      return 'sent' as const;
    });
  return { kind: 'inspected', before, look, change };
}

/**
 * A policy that AWS does not take is its own answer; so is a public one where public policies are blocked, which S3
 * words as a denial. Source: S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
function ownAnswer(error: unknown, task: RootTaskName, target: BucketTarget): Failed | null {
  if (nameOfError(error) === 'NoSuchBucket') return failed('no-such-bucket', task, target);
  if (nameOfError(error) === 'MalformedPolicy' || /\bBlockPublicPolicy\b/.test(messageOfError(error)))
    return notTaken({ task, target }, error);
  return null;
}

function failed(code: Parameters<typeof failure>[0], task: RootTaskName, target: BucketTarget): Failed {
  return { kind: 'failed', ending: failure(code, task, target) };
}

async function notOwned(task: RootTaskName, target: BucketTarget, region: string): Promise<Failed> {
  const existence = await bucketExistence(target, region);
  switch (existence) {
    case 'none':
      return failed('no-such-bucket', task, target);
    case 'somewhere':
      return failed('bucket-of-another-account', task, target);
    case 'unknown':
      return failed('bucket-not-found', task, target);
    default:
      return existence satisfies never;
  }
}
