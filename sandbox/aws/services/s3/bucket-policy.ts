import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { isInOrganization } from '../../organization.ts';
import { addressedBucket, bucketArn, bucketResource, shownPolicy } from './buckets.ts';
import { checkIntegrity } from './integrity.ts';
import { asS3Stores, asS3Writes } from './policy-text.ts';
import { acceptPolicy } from './policy-validation.ts';

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
  const { organization } = backstage;
  return {
    resource: ({ input }) => bucketArn(String(input.Bucket)),
    permissions(call) {
      const found = addressedBucket(organization, call);
      const resource = bucketResource(backstage, found);
      const refusal = (message: string) =>
        new AwsError(
          403,
          'AccessDenied',
          tellsReason(organization, call, found.accountId) ? quoted(message, resource.arn) : 'Access Denied',
        );
      return [{ action, resource, refusal }];
    },
  };
}

/** Only to callers of the same account or organization does S3 tell why. */
function tellsReason(organization: Backstage['organization'], { principal }: Call, ownerId: string): boolean {
  return (
    principal.accountId === ownerId ||
    (isInOrganization(organization, principal.accountId) && isInOrganization(organization, ownerId))
  );
}

/** S3 puts the ARN into quotes where other services do not. */
function quoted(message: string, arn: string): string {
  return message.replace(`resource: ${arn}`, `resource: "${arn}"`);
}

/** A bucket policy is managed by its owner's account alone, whatever the policy allows others. */
function ownBucket({ organization }: Backstage, call: Call) {
  const found = addressedBucket(organization, call);
  if (found.accountId === call.principal.accountId) return found;
  throw new AwsError(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    details: { Method: call.request.method, ResourceType: 'BUCKETPOLICY' },
  });
}
