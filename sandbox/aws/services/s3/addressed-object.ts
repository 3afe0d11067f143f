import { AwsError, notModelled } from '../../errors.ts';
import type { Backstage, Call, Operation, Permission } from '../../operation.ts';
import { keyPermissions } from '../encryption.ts';
import { addressedBucket, bucketArn, bucketResource } from './buckets.ts';
import { refusalFor } from './refusal.ts';
import type { StackBucket } from './stack-buckets.ts';

/** The bucket of the stack that a call names, and how IAM is asked about what is in it. */
export interface AddressedObjects {
  readonly bucket: StackBucket;
  /** For an object: of `key`; without one of the bucket itself. */
  permission(action: string, key?: string, context?: Permission['context']): Permission;
}

export function addressedObjects(backstage: Backstage, call: Call): AddressedObjects {
  const found = addressedBucket(backstage, call);
  const { stackBucket } = found;
  if (stackBucket === null)
    throw notModelled(`objects in a bucket that is not the stack's: ${found.bucket.name}`);
  return {
    bucket: stackBucket,
    permission(action, key, context) {
      const arn = bucketArn(found.bucket.name) + (key === undefined ? '' : `/${key}`);
      const resource = bucketResource(backstage, found, arn);
      return {
        action,
        resource,
        refusal: refusalFor(backstage, call, resource),
        ...(context && { context }),
      };
    },
  };
}

/** What the caller must be allowed on the key that encrypts the bucket, where it is one of the stack's. */
export function onKeyOf(backstage: Backstage, call: Call, bucket: StackBucket, action: string): Permission[] {
  const refusal = (message: string) => new AwsError(403, 'AccessDenied', message);
  return keyPermissions(backstage, call, bucket.deployed.keyArn, refusal, [action]);
}

export const objectOperation: Pick<Operation, 'resource'> = {
  resource: ({ input }) => `${bucketArn(String(input.Bucket))}/${input.Key}`,
};

export function keyOf({ input }: Call): string {
  return String(input.Key);
}

export function versionIdOf({ input }: Call): string | undefined {
  return typeof input.versionId === 'string' ? input.versionId : undefined;
}

/** Headers that every request may carry. */
const ofEveryRequest =
  /^x-amz-(?:content-sha256|date|security-token|user-agent|expected-bucket-owner|sdk-checksum-algorithm)$/;

/** Headers and parameters that would change what S3 does must be known here, or be refused aloud. */
export function refuseUnknown(
  { operation, input, request: { headers } }: Call,
  known: { readonly headers: RegExp; readonly parameters: readonly string[] },
): void {
  const header = Object.keys(headers).find(
    (name) =>
      /^(?:x-amz-|if-|range$|cache-control$|content-disposition$|content-language$|expires$)/.test(name) &&
      !ofEveryRequest.test(name) &&
      !known.headers.test(name),
  );
  const parameter = Object.keys(input).find((name) => !['Bucket', 'Key', ...known.parameters].includes(name));
  const unknown = header ?? parameter;
  if (unknown !== undefined) throw notModelled(`s3:${operation} with ${unknown}`);
}
