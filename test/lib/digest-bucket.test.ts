import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf, statementsOf } from './policies.ts';

const given = givenStack();
const bucket = given.one('AWS::S3::Bucket', 'Digest-Bucket-Bucket');
const policy = documentOf(
  given.one('AWS::S3::BucketPolicy', 'Digest-Bucket-Bucket-Policy').properties.PolicyDocument,
);
const bucketArn = 'arn:aws:s3:::digest-bucket-bucket';
const object = `${bucketArn}/heads/2026/11/20.json`;

const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const administrator = role('Admin');
const root = 'arn:aws:iam::222222222222:root';
const digest = role('Digest-Function-Role');
const lane = role('UnlockS3Bucket-Function-Role');
const deployment = role('cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1');

/** What a principal is answered that its own policies would let do anything. */
const asked = (principal: string, action: string, resource: string) =>
  decisionOn({ principal, action: `s3:${action}`, resource, resourcePolicy: policy });

test('digests are put by the digest function, and by nobody else', async () => {
  expect(await asked(digest, 'PutObject', object)).toBe('Allowed');
  for (const other of [administrator, root, lane, deployment]) {
    expect([other, await asked(other, 'PutObject', object)]).toEqual([other, 'ExplicitlyDenied']);
  }
});

test('the digest function puts digests where they belong, and can do nothing else', async () => {
  const identity = statementsOf(given, 'Digest-Function-Role');
  const may = (action: string, resource: string) =>
    decisionOn({ principal: digest, action: `s3:${action}`, resource, resourcePolicy: policy, identity });
  expect(await may('PutObject', object)).toBe('Allowed');
  expect(await may('PutObject', `${bucketArn}/elsewhere.json`)).toBe('ImplicitlyDenied');
  expect(await may('GetObject', object)).toBe('ImplicitlyDenied');
  expect(await may('DeleteObject', object)).toBe('ExplicitlyDenied');
});

test.each([
  ['BypassGovernanceRetention', object],
  ['DeleteObject', object],
  ['DeleteObjectVersion', object],
  ['DeleteBucket', bucketArn],
  ['PutBucketObjectLockConfiguration', bucketArn],
  ['PutBucketVersioning', bucketArn],
  ['PutLifecycleConfiguration', bucketArn],
  ['PutEncryptionConfiguration', bucketArn],
  ['PutReplicationConfiguration', bucketArn],
  ['PutBucketPolicy', bucketArn],
  ['DeleteBucketPolicy', bucketArn],
])('%s is for the deployment role alone', async (action, resource) => {
  expect(await asked(deployment, action, resource)).toBe('Allowed');
  for (const other of [administrator, digest]) {
    expect([other, await asked(other, action, resource)]).toEqual([other, 'ExplicitlyDenied']);
  }
});

test('reading is left to whoever may read, over TLS', async () => {
  expect(await asked(administrator, 'GetObject', object)).toBe('Allowed');
  const plain = {
    principal: administrator,
    action: 's3:GetObject',
    resource: object,
    resourcePolicy: policy,
  };
  expect(await decisionOn({ ...plain, context: { 'aws:SecureTransport': 'false' } })).toBe(
    'ExplicitlyDenied',
  );
});

test('every version is kept, locked for a year, closed to the public, and outlives the stack', () => {
  expect(bucket.properties).toEqual({
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockEnabled: true,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } },
    },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  expect(bucket.deletionPolicy).toBe('Retain');
});

test('the settings say how and how long', () => {
  const { one } = givenStack('complianceDigests');
  expect(one('AWS::S3::Bucket', 'Digest-Bucket-Bucket').properties.ObjectLockConfiguration).toMatchObject({
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } },
  });
});
