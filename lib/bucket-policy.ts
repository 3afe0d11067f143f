import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';

/** Each would delete what the product keeps, hide it, make it unreadable, or let somebody do so. */
export const bucketChanges: readonly string[] = [
  'DeleteObject',
  'DeleteObjectVersion',
  'DeleteBucket',
  'PutBucketVersioning',
  'PutLifecycleConfiguration',
  'PutEncryptionConfiguration',
  'PutReplicationConfiguration',
  'PutBucketPolicy',
  'DeleteBucketPolicy',
];

interface Denied {
  readonly sid: string;
  /** Names of actions of S3. */
  readonly actions: readonly string[];
  readonly resources: string[];
}

/** Denies something to everybody but some roles, in the bucket's own policy: an identity policy is then not enough. */
export function denyAllBut(roleArns: string[], bucket: Bucket, { sid, actions, resources }: Denied): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new StarPrincipal()],
      actions: actions.map((action) => `s3:${action}`),
      resources,
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': roleArns } },
    }),
  );
}
