import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { givenAssembly, removeAssemblies } from '../fixtures/given-assembly.ts';

afterAll(removeAssemblies);

const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };
const read = (resources: Record<string, unknown>) => readDeployment(givenAssembly(resources), place);
const bucket = (more: Record<string, unknown> = {}) => ({
  Type: 'AWS::S3::Bucket',
  Properties: more,
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
});
const locked = (DefaultRetention: unknown) => ({
  ObjectLockEnabled: true,
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
});
const document = { Version: '2012-10-17', Statement: [] };
const policy = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: { Ref: 'Digests' }, PolicyDocument: document },
};

test('a bucket has its policy, its versions, its lock and its encryption', () => {
  const { buckets } = read({
    Digests: bucket({
      ...locked({ Mode: 'COMPLIANCE', Days: 365 }),
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: { Rules: [] },
    }),
    Policy: policy,
  });

  const name = buckets[0]?.name;
  expect(name).toMatch(/^desk-digests-[0-9a-f]{12}$/);
  expect(buckets).toEqual([
    {
      logicalId: 'Digests',
      name,
      arn: `arn:aws:s3:::${name}`,
      region: 'eu-central-1',
      policy: document,
      versioned: true,
      defaultRetention: { mode: 'COMPLIANCE', days: 365, years: null },
      encryption: 'AES256',
      keyArn: null,
    },
  ]);
});

test('a bucket may be plain, or locked without a default, or encrypted with a key of the stack', () => {
  const { buckets, keys } = read({
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document } },
    Plain: bucket({ BucketName: 'plain' }),
    Locked: bucket({ BucketName: 'locked', ObjectLockEnabled: true }),
    Encrypted: bucket({
      BucketName: 'encrypted',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'Key' } } },
        ],
      },
    }),
  });

  expect(buckets).toMatchObject([
    { name: 'plain', versioned: false, defaultRetention: null, encryption: 'AES256', policy: null },
    { name: 'locked', versioned: true, defaultRetention: null },
    { name: 'encrypted', encryption: 'aws:kms', keyArn: keys[0]?.arn },
  ]);
});

test('a name that is made up is short enough, and its attributes name it', () => {
  const long = `Digests${'X'.repeat(100)}`;
  const { buckets, queues } = read({
    [long]: bucket(),
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: { 'Fn::GetAtt': [long, 'RegionalDomainName'] } },
    },
  });

  expect(buckets[0]?.name).toHaveLength(63);
  expect(queues[0]?.name).toBe(`${buckets[0]?.name}.s3.eu-central-1.amazonaws.com`);
});

test.each([
  ['a property that is not modelled', { LoggingConfiguration: {} }, 'does not model LoggingConfiguration'],
  [
    'suspended versions',
    { VersioningConfiguration: { Status: 'Suspended' } },
    'VersioningConfiguration.Status',
  ],
  ['days and years', locked({ Mode: 'GOVERNANCE', Days: 1, Years: 1 }), 'either Days or Years'],
  ['a mode that there is not', locked({ Mode: 'FOREVER', Days: 1 }), 'DefaultRetention.Mode'],
  [
    'a lock that is not enabled',
    { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
    'ObjectLockConfiguration needs ObjectLockEnabled',
  ],
  ['a name in capitals', { BucketName: 'Digests' }, 'no bucket can be called Digests'],
])('%s is an error that names the bucket', (_, more, problem) => {
  const wrong = () => read({ Digests: bucket(more) });
  expect(wrong).toThrow('Digests (AWS::S3::Bucket)');
  expect(wrong).toThrow(problem);
});

test('two policies of one bucket are an error: the second would replace the first', () => {
  expect(() => read({ Digests: bucket(), Policy: policy, Another: policy })).toThrow(
    'a bucket has one policy',
  );
});
