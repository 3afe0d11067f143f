import * as z from 'zod';
import type { DeployedBucket, PolicyDocument } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';
import { keyArnOf } from './keys.ts';

const retention = z
  .strictObject({
    Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
    Days: z.int().min(1).optional(),
    Years: z.int().min(1).optional(),
  })
  .refine(({ Days, Years }) => (Days === undefined) !== (Years === undefined), 'either Days or Years');

const encryptionRule = z.strictObject({
  ServerSideEncryptionByDefault: z.strictObject({
    SSEAlgorithm: z.enum(['AES256', 'aws:kms']),
    KMSMasterKeyID: z.string().optional(),
  }),
  BucketKeyEnabled: withoutEffect,
  BlockedEncryptionTypes: withoutEffect,
});

/** Of a bucket without ACLs, replication, notifications and a website. Expiry by a lifecycle takes days: not modelled. */
const bucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.literal('Enabled') }).optional(),
  ObjectLockEnabled: z.boolean().default(false),
  ObjectLockConfiguration: z
    .strictObject({
      ObjectLockEnabled: z.literal('Enabled').optional(),
      Rule: z.strictObject({ DefaultRetention: retention }).optional(),
    })
    .optional(),
  BucketEncryption: z
    .strictObject({ ServerSideEncryptionConfiguration: z.array(encryptionRule).length(1) })
    .optional(),
  PublicAccessBlockConfiguration: withoutEffect,
  OwnershipControls: z
    .strictObject({ Rules: z.array(z.strictObject({ ObjectOwnership: z.literal('BucketOwnerEnforced') })) })
    .optional(),
  LifecycleConfiguration: withoutEffect,
  Tags: withoutEffect,
});

const bucketPolicyProperties = z.strictObject({ Bucket: z.string(), PolicyDocument: policyDocument });

/** Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
const bucketName =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3)$/;

export function readStackBuckets(
  resources: readonly ResolvedResource[],
  { region }: { readonly region: string },
): DeployedBucket[] {
  return resources
    .filter(({ type }) => type === 'AWS::S3::Bucket')
    .map((bucket) => {
      if (!bucketName.test(bucket.name))
        throw new AssemblyError(bucket, `no bucket can be called ${bucket.name}`);
      const properties = propertiesOf(bucket, bucketProperties);
      const lock = properties.ObjectLockConfiguration;
      if (lock !== undefined && !properties.ObjectLockEnabled) {
        throw new AssemblyError(bucket, 'ObjectLockConfiguration needs ObjectLockEnabled');
      }
      const { Mode, Days, Years } = lock?.Rule?.DefaultRetention ?? {};
      const [encryption] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
      const keyId = encryption?.ServerSideEncryptionByDefault.KMSMasterKeyID;
      return {
        logicalId: bucket.logicalId,
        name: bucket.name,
        arn: bucket.attribute('Arn'),
        region,
        policy: policyOf(bucket, resources),
        // Object Lock turns versioning on.
        versioned: properties.VersioningConfiguration !== undefined || properties.ObjectLockEnabled,
        defaultRetention:
          Mode === undefined ? null : { mode: Mode, days: Days ?? null, years: Years ?? null },
        // Without a word of encryption S3 encrypts with keys of its own.
        encryption: encryption?.ServerSideEncryptionByDefault.SSEAlgorithm ?? 'AES256',
        keyArn: keyArnOf(bucket, keyId, resources),
      };
    });
}

function policyOf(bucket: ResolvedResource, resources: readonly ResolvedResource[]): PolicyDocument | null {
  const policies = resources
    .filter(({ type }) => type === 'AWS::S3::BucketPolicy')
    .map((resource) => propertiesOf(resource, bucketPolicyProperties))
    .filter(({ Bucket }) => Bucket === bucket.ref);
  if (policies.length > 1) throw new AssemblyError(bucket, 'a bucket has one policy, and here are several');
  return policies[0]?.PolicyDocument ?? null;
}
