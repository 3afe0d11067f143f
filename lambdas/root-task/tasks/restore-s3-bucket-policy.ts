import { rootTaskHandler } from '../handler.ts';
import { bucketShowing, inspectBucket } from '../policies/inspect-bucket.ts';
import { restoring } from '../policies/restoring.ts';
import { resourcePolicyTask } from '../resource-policy-task.ts';

const name = 'restore-s3-bucket-policy';

/** Puts back the bucket policy that an earlier request found, where that request's work is still what is there. */
export const restoreS3BucketPolicy = (region: string) =>
  resourcePolicyTask({
    name,
    showing: bucketShowing,
    verb: restoring,
    inspect: (session, target) => inspectBucket(name, session, target, region),
  });

export const handler = rootTaskHandler(restoreS3BucketPolicy);
