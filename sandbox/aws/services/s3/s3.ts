import { AwsError } from '../../errors.ts';
import type { Backstage, Service } from '../../operation.ts';
import { restXmlWire } from '../../wire/rest-xml.ts';
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy } from './bucket-policy.ts';
import { headBucket } from './head-bucket.ts';
import { listBuckets } from './list-buckets.ts';
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
    },
    accessDenied: (message) => new AwsError(403, 'AccessDenied', message),
    throttled: () => new AwsError(503, 'SlowDown', 'Please reduce your request rate.'),
    failed: () => new AwsError(500, 'InternalError', 'We encountered an internal error. Please try again.'),
  };
}
