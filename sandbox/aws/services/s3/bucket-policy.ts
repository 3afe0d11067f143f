import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { addressedBucket, bucketArn, bucketResource, shownPolicy } from './buckets.ts';
import { checkIntegrity } from './integrity.ts';
import { asS3Stores, asS3Writes } from './policy-text.ts';
import { acceptPolicy } from './policy-validation.ts';
import { refusalFor } from './refusal.ts';

export function getBucketPolicy(backstage: Backstage): Operation {
  const reads = new Map<string, number>();
  return {
    ...common(backstage, 's3:GetBucketPolicy'),
    respond(call) {
      const { bucket } = ownBucket(backstage, call);
      const policy = shownPolicy(backstage, bucket);
      if (policy === null) {
        throw new AwsError(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist', {
          details: { BucketName: bucket.name },
        });
      }
      const read = reads.get(bucket.name) ?? 0;
      reads.set(bucket.name, read + 1);
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asS3Writes(policy, read)),
      };
    },
  };
}

export function putBucketPolicy(backstage: Backstage): Operation {
  return {
    ...common(backstage, 's3:PutBucketPolicy'),
    async respond(call) {
      const { bucket } = ownBucket(backstage, call);
      checkIntegrity(call.request);
      const policy = await acceptPolicy(call.request.body.toString(), bucketArn(bucket.name));
      backstage.policies.change('s3', bucket, asS3Stores(policy));
      return { status: 204, headers: {}, body: '' };
    },
  };
}

export function deleteBucketPolicy(backstage: Backstage): Operation {
  return {
    ...common(backstage, 's3:DeleteBucketPolicy'),
    respond(call) {
      // 204 again where there is none.
      backstage.policies.change('s3', ownBucket(backstage, call).bucket, null);
      return { status: 204, headers: {}, body: '' };
    },
  };
}

function common(backstage: Backstage, action: string): Pick<Operation, 'resource' | 'permissions'> {
  return {
    resource: ({ input }) => bucketArn(String(input.Bucket)),
    permissions(call) {
      const resource = bucketResource(backstage, addressedBucket(backstage, call));
      return [{ action, resource, refusal: refusalFor(backstage, call, resource) }];
    },
  };
}

/** A bucket policy is managed by its owner's account alone, whatever the policy allows others. */
function ownBucket(backstage: Backstage, call: Call) {
  const found = addressedBucket(backstage, call);
  if (found.accountId === call.principal.accountId) return found;
  throw new AwsError(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    details: { Method: call.request.method, ResourceType: 'BUCKETPOLICY' },
  });
}
