import type { Account, PolicyDocument } from '../../../parts.ts';
import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Resource } from '../../operation.ts';
import { statedPolicy } from '../../stated-policy.ts';
import type { StackBucket } from './stack-buckets.ts';

export type Bucket = Account['buckets'][number];

export interface OwnedBucket {
  readonly bucket: Bucket;
  readonly accountId: string;
  /** The same bucket, where it is one of the stack. */
  readonly stackBucket: StackBucket | null;
}

export function findBucket(
  { organization, deployment, stackBuckets }: Backstage,
  name: string,
): OwnedBucket | undefined {
  const ofStack = stackBuckets.find((one) => one.name === name);
  if (ofStack !== undefined) {
    return { bucket: ofStack, accountId: deployment.accountId, stackBucket: ofStack };
  }
  for (const account of organization.accounts) {
    const bucket = account.buckets.find((one) => one.name === name);
    if (bucket !== undefined) return { bucket, accountId: account.id, stackBucket: null };
  }
  return undefined;
}

/** The bucket that a call names, or S3's answer before it asks IAM: none, another Region, another owner. */
export function addressedBucket(backstage: Backstage, call: Call): OwnedBucket {
  const name = String(call.input.Bucket);
  const expectedOwner = call.request.headers['x-amz-expected-bucket-owner'];
  if (expectedOwner !== undefined && !/^\d{12}$/.test(expectedOwner)) {
    throw new AwsError(
      400,
      'InvalidBucketOwnerAWSAccountID',
      'The value of the expected bucket owner parameter must be an AWS Account ID... [0000]',
    );
  }
  const found = findBucket(backstage, name);
  if (found === undefined) {
    throw new AwsError(404, 'NoSuchBucket', 'The specified bucket does not exist', {
      details: { BucketName: name },
    });
  }
  if (found.bucket.region !== call.region) throw wrongRegion(found.bucket, call.region);
  if (expectedOwner !== undefined && expectedOwner !== found.accountId) {
    throw new AwsError(403, 'AccessDenied', 'Access Denied');
  }
  return found;
}

/**
 * Every Region's endpoint redirects with a 301; us-east-1's, where bucket names of all Regions resolve to, was seen to
 * refuse the signature instead.
 */
function wrongRegion({ name, region }: Bucket, addressedRegion: string): AwsError {
  const headers = { 'x-amz-bucket-region': region };
  if (addressedRegion === 'us-east-1') {
    return new AwsError(
      400,
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; the region '${addressedRegion}' is wrong; expecting '${region}'`,
      { details: { Region: region }, headers },
    );
  }
  return new AwsError(
    301,
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    { details: { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name }, headers },
  );
}

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

export function bucketResource(
  backstage: Backstage,
  { bucket, accountId, stackBucket }: OwnedBucket,
  arn = bucketArn(bucket.name),
): Resource {
  return { arn, accountId, policy: shownPolicy(backstage, bucket), policyOfStack: stackBucket !== null };
}

/** A bucket's policy as readers see it now. */
export function shownPolicy({ policies }: Backstage, bucket: Bucket): PolicyDocument | null {
  return statedPolicy(policies.shown('s3', bucket), `bucket ${bucket.name}`);
}
