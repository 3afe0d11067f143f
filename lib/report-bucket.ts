import { Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { CollateRunEnvironment } from '../contract/environment.ts';
import type { Settings } from '../contract/settings.ts';
import { bucketChanges, denyAllBut } from './bucket-policy.ts';
import { deploymentRoleArnsOf } from './deployment-roles.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

export interface ReportBucketProps {
  readonly settings: Settings;
}

/**
 * Where runs across the organization keep what is too large for the trail: under `plans/` the list of accounts that a
 * state machine reads, under `reports/` what the run found, for people. The trail has the sha256 of every report.
 */
export class ReportBucket extends Construct {
  readonly bucket: Bucket;
  readonly #writerRoleArns: string[] = [];

  constructor(scope: Construct, id: string, { settings }: ReportBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        // The trail says which accounts a run was to visit; the list is for its state machine alone.
        { id: 'ForgetPlans', prefix: 'plans/', expiration: Duration.days(30) },
        {
          id: 'ForgetWhatWasReplaced',
          noncurrentVersionExpiration: Duration.days(365),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    const { bucketArn } = this.bucket;
    const objects = this.bucket.arnForObjects('*');
    const deployers = deploymentRoleArnsOf(this, settings);
    denyAllBut(Lazy.list({ produce: () => this.#writerRoleArns }), this.bucket, {
      sid: 'WrittenByTheProduct',
      actions: ['PutObject', 'ReplicateObject'],
      resources: [objects],
    });
    denyAllBut(deployers, this.bucket, {
      sid: 'KeepTheBucketAsDeployed',
      actions: bucketChanges,
      resources: [bucketArn, objects],
    });
  }

  /** Lets a function put lists of accounts, and tells it the bucket. */
  grantPutPlans(fn: RootdeskFunction): void {
    this.#grantPut(fn, 'PutPlans', 'plans/*');
  }

  /** Lets a function put reports, and tells it the bucket. */
  grantPutReports(fn: RootdeskFunction): void {
    this.#grantPut(fn, 'PutReports', 'reports/*');
  }

  /** Lets a role read lists of accounts. */
  grantReadPlans(role: IRole): void {
    const resources = [this.bucket.arnForObjects('plans/*')];
    role.addToPrincipalPolicy(
      new PolicyStatement({ sid: 'ReadPlans', actions: ['s3:GetObject'], resources }),
    );
  }

  #grantPut(fn: RootdeskFunction, sid: string, objects: string): void {
    this.#writerRoleArns.push(fn.role.roleArn);
    const resources = [this.bucket.arnForObjects(objects)];
    fn.allow(new PolicyStatement({ sid, actions: ['s3:PutObject'], resources }));
    fn.addEnvironment<Pick<CollateRunEnvironment, 'REPORT_BUCKET'>>({
      REPORT_BUCKET: this.bucket.bucketName,
    });
  }
}
