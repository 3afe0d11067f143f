import type { BucketTarget } from '../../../contract/target.ts';
import { nameOfError } from '../../aws-errors.ts';
import { noPolicy } from '../../resource-policy.ts';
import { BucketPolicies, bucketExistence, regionOfOwnBucket } from '../adapters/bucket-policies.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { answers, policyLook } from '../answers.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import { type Inspected, resourcePolicyTask } from '../resource-policy-task.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';

const name = 'unlock-s3-bucket';

/**
 * Deletes the policy of a bucket whose administrators are all shut out. Root of the owner's account may read and
 * delete a bucket policy that denies it both (S3 API reference, PutBucketPolicy), and S3UnlockBucketPolicy leaves
 * root just that.
 */
export const unlockS3Bucket = (region: string) =>
  resourcePolicyTask({
    name,
    // S3 gives no bound for how late a deleted bucket policy may still show; seconds are what is seen.
    showing: { settle: 5_000, patience: [1_000, 2_000, 4_000, 8_000], bound: null },
    inspect: (session, target) => inspectBucket(session, target, region),
  });

async function inspectBucket(
  session: RootSession,
  target: BucketTarget,
  region: string,
): Promise<Inspected | Failed | DeniedInSession> {
  const answered = answers(name, target, (error) =>
    nameOfError(error) === 'NoSuchBucket' ? failed('no-such-bucket', target) : null,
  );
  const found = await answered('s3:ListAllMyBuckets', () =>
    regionOfOwnBucket(session, target.bucketName, region),
  );
  if (typeof found === 'object' && found !== null) return found;
  if (found === null) return notOwned(target, region);

  const policies = new BucketPolicies(session, target, found);
  const look = policyLook(name, target, () => answered('s3:GetBucketPolicy', () => policies.read()));
  const before = await look();
  if ('kind' in before) return before;
  const change = () =>
    answered('s3:DeleteBucketPolicy', async () => {
      await policies.delete();
      return 'sent' as const;
    });
  return { kind: 'inspected', before, intended: noPolicy, look, change };
}

function failed(code: Parameters<typeof failure>[0], target: BucketTarget): Failed {
  return { kind: 'failed', ending: failure(code, name, target) };
}

async function notOwned(target: BucketTarget, region: string): Promise<Failed> {
  const existence = await bucketExistence(target, region);
  switch (existence) {
    case 'none':
      return failed('no-such-bucket', target);
    case 'somewhere':
      return failed('bucket-of-another-account', target);
    case 'unknown':
      return failed('bucket-not-found', target);
    default:
      return existence satisfies never;
  }
}

export const handler = rootTaskHandler(unlockS3Bucket);
