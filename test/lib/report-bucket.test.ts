import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf, statementsOf } from './policies.ts';

const given = givenStack();
const bucket = given.one('AWS::S3::Bucket', 'Reports-Bucket');
const policy = documentOf(
  given.one('AWS::S3::BucketPolicy', 'Reports-Bucket-Policy').properties.PolicyDocument,
);
const bucketArn = 'arn:aws:s3:::reports-bucket';
const plan = `${bucketArn}/plans/0123456789abcdef.json`;
const report = `${bucketArn}/reports/2026-11-20/0123456789abcdef/report.html`;

const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const administrator = role('Admin');
const root = 'arn:aws:iam::222222222222:root';
const lane = role('AuditRootCredentials-Function-Role');
const deployment = role('cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1');
const planner = 'OrganizationRuns-Plan-Function-Role';
const collator = 'OrganizationRuns-Collate-Function-Role';
const machine = 'OrganizationRuns-AuditRootCredentials-Role';

/** What a principal is answered that its own policies would let do anything. */
const asked = (principal: string, action: string, resource: string) =>
  decisionOn({ principal, action: `s3:${action}`, resource, resourcePolicy: policy });

/** What a role of the product is answered, by its own policies as well. */
const may = (name: string, action: string, resource: string) =>
  decisionOn({
    principal: role(name),
    action: `s3:${action}`,
    resource,
    resourcePolicy: policy,
    identity: statementsOf(given, name),
  });

test.each([plan, report])('nobody but the product puts %s', async (object) => {
  for (const other of [administrator, root, lane, role(machine), deployment]) {
    expect([other, await asked(other, 'PutObject', object)]).toEqual([other, 'ExplicitlyDenied']);
  }
});

test('the planning puts plans alone, the collating reports alone, and a state machine reads plans alone', async () => {
  const answers = [];
  for (const name of [planner, collator, machine]) {
    for (const [action, object] of [
      ['PutObject', plan],
      ['PutObject', report],
      ['GetObject', plan],
      ['GetObject', report],
    ] as const) {
      if ((await may(name, action, object)) === 'Allowed') answers.push(`${name} ${action} ${object}`);
    }
  }
  expect(answers).toEqual([
    `${planner} PutObject ${plan}`,
    `${collator} PutObject ${report}`,
    `${machine} GetObject ${plan}`,
  ]);
});

test.each([
  ['DeleteObject', report],
  ['DeleteObjectVersion', report],
  ['DeleteBucket', bucketArn],
  ['PutBucketVersioning', bucketArn],
  ['PutLifecycleConfiguration', bucketArn],
  ['PutEncryptionConfiguration', bucketArn],
  ['PutReplicationConfiguration', bucketArn],
  ['PutBucketPolicy', bucketArn],
  ['DeleteBucketPolicy', bucketArn],
])('%s is for the deployment role alone', async (action, resource) => {
  expect(await asked(deployment, action, resource)).toBe('Allowed');
  for (const other of [administrator, role(collator)]) {
    expect([other, await asked(other, action, resource)]).toEqual([other, 'ExplicitlyDenied']);
  }
});

test('reports are read by whoever may read, over TLS', async () => {
  expect(await asked(administrator, 'GetObject', report)).toBe('Allowed');
  const plain = {
    principal: administrator,
    action: 's3:GetObject',
    resource: report,
    resourcePolicy: policy,
  };
  expect(await decisionOn({ ...plain, context: { 'aws:SecureTransport': 'false' } })).toBe(
    'ExplicitlyDenied',
  );
});

test('it is versioned, encrypted, closed to the public, outlives the stack, and forgets plans by and by', () => {
  expect(bucket.properties).toEqual({
    VersioningConfiguration: { Status: 'Enabled' },
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
    LifecycleConfiguration: {
      Rules: [
        { Id: 'ForgetPlans', Status: 'Enabled', Prefix: 'plans/', ExpirationInDays: 30 },
        {
          Id: 'ForgetWhatWasReplaced',
          Status: 'Enabled',
          ExpiredObjectDeleteMarker: true,
          NoncurrentVersionExpiration: { NoncurrentDays: 365 },
        },
      ],
    },
  });
  expect(bucket.deletionPolicy).toBe('Retain');
});
