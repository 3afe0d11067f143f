import { AwsError } from '../../errors.ts';
import type { Backstage, Service } from '../../operation.ts';
import { restXmlWire } from '../../wire/rest-xml.ts';
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy } from './bucket-policy.ts';
import { deleteObject } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { headBucket } from './head-bucket.ts';
import { listBuckets } from './list-buckets.ts';
import { listObjectsV2 } from './list-objects.ts';
import { malformed } from './policy-validation.ts';
import { putObject } from './put-object.ts';
import { route } from './route.ts';

export function s3Service(backstage: Backstage): Service {
  return {
    wire: restXmlWire(route),
    operations: {
      ListBuckets: listBuckets(backstage),
      HeadBucket: headBucket(backstage),
      GetBucketPolicy: getBucketPolicy(backstage),
      PutBucketPolicy: putBucketPolicy(backstage),
      DeleteBucketPolicy: deleteBucketPolicy(backstage),
      PutObject: putObject(backstage),
      GetObject: getObject(backstage),
      HeadObject: getObject(backstage),
      DeleteObject: deleteObject(backstage),
      ListObjectsV2: listObjectsV2(backstage),
    },
    accessDenied: (message) => new AwsError(403, 'AccessDenied', message),
    throttled: () => new AwsError(503, 'SlowDown', 'Please reduce your request rate.'),
    failed: () => new AwsError(500, 'InternalError', 'We encountered an internal error. Please try again.'),
    notTaken: { PutBucketPolicy: () => malformed('Invalid principal in policy') },
  };
}
