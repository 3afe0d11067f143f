import { Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DigestEnvironment } from '../contract/environment.ts';
import type { Settings } from '../contract/settings.ts';
import { bucketChanges, denyAllBut } from './bucket-policy.ts';
import { deploymentRoleArnsOf } from './deployment-roles.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

export interface DigestBucketProps {
  readonly settings: Settings;
}

/** Each would undo what Object Lock keeps. */
const lockChanges = ['BypassGovernanceRetention', 'PutBucketObjectLockConfiguration'];

/**
 * Where the heads of the trail's chains are kept out of reach: with them, a chain cut short or rewritten whole is
 * found. Object Lock keeps each digest as long as the settings say.
 */
export class DigestBucket extends Construct {
  readonly bucket: Bucket;
  #writer: RootdeskFunction | undefined;

  constructor(scope: Construct, id: string, { settings }: DigestBucketProps) {
    super(scope, id);
    const { mode, retentionDays } = settings.digests;
    const retention = Duration.days(retentionDays);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        mode === 'COMPLIANCE'
          ? ObjectLockRetention.compliance(retention)
          : ObjectLockRetention.governance(retention),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { bucketArn } = this.bucket;
    const writer = Lazy.string({ produce: () => this.#writerRoleArn() });
    const objects = this.bucket.arnForObjects('*');
    denyAllBut([writer], this.bucket, {
      sid: 'WrittenByTheProduct',
      actions: ['PutObject', 'ReplicateObject'],
      resources: [objects],
    });
    denyAllBut(deploymentRoleArnsOf(this, settings), this.bucket, {
      sid: 'KeepTheBucketAsDeployed',
      actions: [...lockChanges, ...bucketChanges],
      resources: [bucketArn, objects],
    });
  }

  /** Lets one function put the digests, and tells it the bucket. */
  grantPutDigests(fn: RootdeskFunction): void {
    if (this.#writer !== undefined) throw new Error('one function alone writes digests');
    this.#writer = fn;
    fn.allow(
      new PolicyStatement({
        sid: 'PutDigests',
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('heads/*')],
      }),
    );
    fn.addEnvironment<Pick<DigestEnvironment, 'DIGEST_BUCKET'>>({ DIGEST_BUCKET: this.bucket.bucketName });
  }

  #writerRoleArn(): string {
    if (this.#writer === undefined) throw new Error('nothing writes digests: call grantPutDigests');
    return this.#writer.role.roleArn;
  }
}
