import { rootTaskHandler } from '../handler.ts';
import { bucketShowing, inspectBucket } from '../policies/inspect-bucket.ts';
import { unlocking } from '../policies/unlocking.ts';
import { resourcePolicyTask } from '../resource-policy-task.ts';

const name = 'unlock-s3-bucket';

/**
 * Deletes or repairs the policy of a bucket whose administrators are shut out. Root of the owner's account may read,
 * put and delete a bucket policy that denies it all three (S3 API reference, PutBucketPolicy), and S3UnlockBucketPolicy
 * leaves root just that.
 */
export const unlockS3Bucket = (region: string) =>
  resourcePolicyTask({
    name,
    showing: bucketShowing,
    verb: unlocking,
    inspect: (session, target) => inspectBucket(name, session, target, region),
  });

export const handler = rootTaskHandler(unlockS3Bucket);
