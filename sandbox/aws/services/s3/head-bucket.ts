import { AwsError } from '../../errors.ts';
import type { Backstage, Operation } from '../../operation.ts';
import { addressedBucket, bucketArn, bucketResource } from './buckets.ts';

export function headBucket(backstage: Backstage): Operation {
  return {
    resource: ({ input }) => bucketArn(String(input.Bucket)),
    permissions(call) {
      const found = addressedBucket(backstage, call);
      // Even a refusal tells the Region.
      const headers = { 'x-amz-bucket-region': found.bucket.region };
      const refusal = () => new AwsError(403, 'AccessDenied', 'Forbidden', { headers });
      return [{ action: 's3:ListBucket', resource: bucketResource(backstage, found), refusal }];
    },
    respond(call) {
      const { bucket } = addressedBucket(backstage, call);
      return { status: 200, headers: { 'x-amz-bucket-region': bucket.region }, body: '' };
    },
  };
}
