import {
  DeleteBucketPolicyCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  type ListBucketsCommandInput,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { regionOfOwnBucket } from '../../../lambdas/root-task/adapters/bucket-policies.ts';
import { SealedCredentials } from '../../../lambdas/root-task/adapters/root-credentials.ts';
import { rootSession as givenRootSession } from '../../lambdas/given/lane.ts';
import * as f from './fixture.ts';
import { openRootSession } from './sessions.ts';

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld();
});
afterEach(() => world.aws.close());

const bucket = { Bucket: 'project-prod-1' };
const s3 = (who: Parameters<f.World['as']>[0], region = 'eu-north-1') => new S3Client(world.as(who, region));
const policyOf = (name: string) =>
  world.organization.accounts.flatMap((account) => account.buckets).find((one) => one.name === name)?.policy;

describe('a bucket that is locked out', () => {
  it('refuses its own administrator, and says which kind of policy it was', async () => {
    await expect(s3(f.memberAdmin).send(new GetBucketPolicyCommand(bucket))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: `User: arn:aws:sts::${f.member}:assumed-role/administrator/sandbox is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::project-prod-1" with an explicit deny in a resource-based policy`,
    });
  });

  it('says nothing to strangers', async () => {
    await expect(s3(f.outsider).send(new GetBucketPolicyCommand(bucket))).rejects.toMatchObject({
      message: 'Access Denied',
    });
  });

  it('opens to the root session of its account: read, delete, and again', async () => {
    const root = s3(await openRootSession(world));
    const { Policy } = await root.send(new GetBucketPolicyCommand(bucket));
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [expect.objectContaining({ Sid: 'PipelineOnly', Effect: 'Deny' })],
    });
    const deleted = await root.send(new DeleteBucketPolicyCommand(bucket));
    expect(deleted.$metadata.httpStatusCode).toBe(204);
    expect(policyOf('project-prod-1')).toBeNull();
    await root.send(new DeleteBucketPolicyCommand(bucket));
    await expect(root.send(new GetBucketPolicyCommand(bucket))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
      message: 'The bucket policy does not exist',
      $metadata: { httpStatusCode: 404 },
    });
    const Policy2 = JSON.stringify(f.lockout('project-prod-1'));
    await s3(f.memberAdmin).send(new PutBucketPolicyCommand({ ...bucket, Policy: Policy2 }));
    await root.send(new PutBucketPolicyCommand({ ...bucket, Policy: Policy2 }));
  });

  it('stays closed to the root user of another account', async () => {
    await expect(
      s3(await openRootSession(world, f.otherMember)).send(new GetBucketPolicyCommand(bucket)),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a root session under the S3 task policy', () => {
  it('may list its buckets', async () => {
    const { Buckets } = await s3(await openRootSession(world)).send(
      new ListBucketsCommand({ Prefix: 'project-' }),
    );
    expect(Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      ['project-prod-1', 'eu-north-1'],
      ['project-prod-2', 'eu-west-1'],
    ]);
  });

  it('may not look at a bucket in any other way', async () => {
    await expect(s3(await openRootSession(world)).send(new HeadBucketCommand(bucket))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('is stopped by a service control policy', async () => {
    const noRoot = f.policy(
      f.deny('*', '*', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } } }),
    );
    world.organization.accounts[0]?.serviceControlPolicies.push(noRoot);
    await expect(
      s3(await openRootSession(world)).send(new GetBucketPolicyCommand(bucket)),
    ).rejects.toMatchObject({
      message: `User: arn:aws:iam::${f.member}:root is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::project-prod-1" with an explicit deny in a service control policy`,
    });
  });

  it('passes the service control policy that spares it', async () => {
    const longTermRootOnly = f.policy(
      f.deny('*', '*', {
        Condition: {
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' },
          Null: { 'aws:AssumedRoot': 'true' },
        },
      }),
    );
    world.organization.accounts[0]?.serviceControlPolicies.push(longTermRootOnly);
    await expect(
      s3(await openRootSession(world)).send(new GetBucketPolicyCommand(bucket)),
    ).resolves.toBeDefined();
    await expect(
      s3(`arn:aws:iam::${f.member}:root`).send(new GetBucketPolicyCommand(bucket)),
    ).rejects.toThrow(/service control policy/);
  });
});

describe('GetBucketPolicy', () => {
  it('answers in words of its own: compact, lists of one as text, principals in changing order', async () => {
    const principals = [
      'arn:aws:iam::111111111111:role/a',
      '222222222222',
      'arn:aws:iam::111111111111:role/c',
    ];
    const policy = `{ "Statement": [ { "Action": ["s3:GetObject"], "Principal": { "AWS": ${JSON.stringify(principals)} },
      "Resource": ["arn:aws:s3:::scratch/*"], "Effect": "Allow" } ], "Version": "2012-10-17" }`;
    const client = s3(f.memberAdmin, 'eu-west-1');
    await client.send(new PutBucketPolicyCommand({ Bucket: 'scratch', Policy: policy }));
    const read = async () => (await client.send(new GetBucketPolicyCommand({ Bucket: 'scratch' }))).Policy;
    const first = await read();
    expect(first).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:role/a","arn:aws:iam::222222222222:root","arn:aws:iam::111111111111:role/c"]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::scratch/*"}]}',
    );
    expect(await read()).not.toBe(first);
  });

  it('reads a policy that the state holds as text', async () => {
    const [account] = world.organization.accounts;
    account?.buckets.push({ name: 'texted', region: f.region, policy: JSON.stringify(f.lockout('texted')) });
    const root = s3(`arn:aws:iam::${f.member}:root`, f.region);
    const { Policy } = await root.send(new GetBucketPolicyCommand({ Bucket: 'texted' }));
    expect(JSON.parse(Policy ?? '').Statement[0].Action).toBe('s3:*');
  });

  it('answers 405 to an account that does not own the bucket, whatever the policy allows', async () => {
    const [account] = world.organization.accounts;
    const shared = {
      ...f.allow('s3:GetBucketPolicy', 'arn:aws:s3:::shared'),
      Principal: { AWS: f.otherMember },
    };
    account?.buckets.push({ name: 'shared', region: f.region, policy: f.policy(shared) });
    const other = s3(`arn:aws:iam::${f.otherMember}:role/administrator`, f.region);
    await expect(other.send(new GetBucketPolicyCommand({ Bucket: 'shared' }))).rejects.toMatchObject({
      name: 'MethodNotAllowed',
      $metadata: { httpStatusCode: 405 },
    });
  });
});

describe('PutBucketPolicy', () => {
  it('refuses what is no policy of the bucket, and leaves the policy as it is', async () => {
    const statement = { ...f.deny('s3:*', 'arn:aws:s3:::another'), Principal: '*' };
    const put = new PutBucketPolicyCommand({
      Bucket: 'scratch',
      Policy: JSON.stringify(f.policy(statement)),
    });
    await expect(s3(f.memberAdmin, 'eu-west-1').send(put)).rejects.toMatchObject({
      name: 'MalformedPolicy',
      message: 'Policy has invalid resource',
      $metadata: { httpStatusCode: 400 },
    });
    expect(policyOf('scratch')).toBeNull();
  });
});

describe('the checksum of a policy', () => {
  const put = new PutBucketPolicyCommand({ Bucket: 'scratch', Policy: JSON.stringify(f.lockout('scratch')) });
  const crc32 = 'x-amz-checksum-crc32';

  it.each<[string, (headers: Record<string, string>) => void, string]>([
    ['must be there', (headers) => delete headers[crc32], 'InvalidRequest'],
    ['must be right', (headers) => Object.assign(headers, { [crc32]: 'AAAAAA==' }), 'BadDigest'],
    [
      'must be right as Content-MD5',
      (headers) => Object.assign(headers, { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }),
      'BadDigest',
    ],
  ])('%s', async (_, change, name) => {
    const client = s3(f.memberAdmin, 'eu-west-1');
    client.middlewareStack.add(
      (next) => (args) => {
        change((args.request as { headers: Record<string, string> }).headers);
        return next(args);
      },
      { step: 'build', priority: 'low', name: 'tamper' },
    );
    await expect(client.send(put)).rejects.toMatchObject({ name });
    expect(policyOf('scratch')).toBeNull();
  });
});

describe('where a bucket is', () => {
  it('is told by a 301 from another Region', async () => {
    await expect(
      s3(f.memberAdmin, 'eu-west-1').send(new GetBucketPolicyCommand(bucket)),
    ).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'eu-north-1' } },
    });
  });

  it('is told by a refused signature in us-east-1', async () => {
    await expect(
      s3(f.memberAdmin, 'us-east-1').send(new GetBucketPolicyCommand(bucket)),
    ).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      message:
        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-north-1'",
      $metadata: { httpStatusCode: 400 },
      $response: { headers: { 'x-amz-bucket-region': 'eu-north-1' } },
    });
  });

  it('is told by HeadBucket, even to those who may not look', async () => {
    const forbidden = s3(f.outsider).send(new HeadBucketCommand(bucket));
    await expect(forbidden).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
      $response: { headers: { 'x-amz-bucket-region': 'eu-north-1' } },
    });
    const head = await s3(f.memberAdmin, 'eu-west-1').send(new HeadBucketCommand({ Bucket: 'scratch' }));
    expect(head.BucketRegion).toBe('eu-west-1');
    await expect(s3(f.memberAdmin).send(new HeadBucketCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('matters not when there is none', async () => {
    await expect(
      s3(f.memberAdmin).send(new GetBucketPolicyCommand({ Bucket: 'nowhere' })),
    ).rejects.toMatchObject({
      name: 'NoSuchBucket',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('the expected bucket owner', () => {
  it.each([
    [f.member, undefined],
    [f.otherMember, { name: 'AccessDenied', message: 'Access Denied' }],
    ['nobody', { name: 'InvalidBucketOwnerAWSAccountID' }],
  ])('%s', async (ExpectedBucketOwner, refusal) => {
    const root = s3(await openRootSession(world));
    const get = root.send(new GetBucketPolicyCommand({ ...bucket, ExpectedBucketOwner }));
    await (refusal === undefined
      ? expect(get).resolves.toBeDefined()
      : expect(get).rejects.toMatchObject(refusal));
  });
});

describe('ListBuckets', () => {
  it('pages', async () => {
    const client = s3(f.memberAdmin);
    const first = await client.send(new ListBucketsCommand({ MaxBuckets: 2 }));
    expect(first.Buckets?.map(({ Name }) => Name)).toEqual(['project-prod-1', 'project-prod-2']);
    const { ContinuationToken } = first;
    const second = await client.send(new ListBucketsCommand({ MaxBuckets: 2, ContinuationToken }));
    expect(second.Buckets?.map(({ Name }) => Name)).toEqual(['scratch']);
    expect(second.ContinuationToken).toBeUndefined();
  });

  it('tells Regions only when a parameter was sent', async () => {
    const told = async (input: ListBucketsCommandInput) => {
      const { Buckets = [] } = await s3(f.memberAdmin).send(new ListBucketsCommand(input));
      return Buckets.map(({ BucketRegion }) => BucketRegion);
    };
    const { ContinuationToken } = await s3(f.memberAdmin).send(new ListBucketsCommand({ MaxBuckets: 2 }));
    expect(await told({})).toEqual([undefined, undefined, undefined]);
    expect(await told({ Prefix: 'project-' })).toEqual(['eu-north-1', 'eu-west-1']);
    expect(await told({ BucketRegion: 'eu-north-1' })).toEqual(['eu-north-1']);
    expect(await told({ MaxBuckets: 1 })).toEqual(['eu-north-1']);
    expect(await told({ ContinuationToken })).toEqual(['eu-west-1']);
  });

  it('tells the product the Region of a bucket', async () => {
    const { expiresAt, ...session } = await openRootSession(world);
    const credentials = new SealedCredentials({ ...session, expiration: new Date(expiresAt) });
    const rootSession = { ...givenRootSession, accountId: f.member, credentials };
    Reflect.set(process.env, 'AWS_ENDPOINT_URL_S3', world.aws.endpoint);
    try {
      expect(await regionOfOwnBucket(rootSession, 'project-prod-1', f.region)).toBe('eu-north-1');
    } finally {
      Reflect.deleteProperty(process.env, 'AWS_ENDPOINT_URL_S3');
    }
  });

  it('lists one Region, and nothing of other accounts', async () => {
    const inRegion = await s3(f.memberAdmin).send(new ListBucketsCommand({ BucketRegion: 'eu-north-1' }));
    expect(inRegion.Buckets).toHaveLength(1);
    const none = await s3(f.outsider).send(new ListBucketsCommand({}));
    expect(none.Buckets ?? []).toEqual([]);
  });
});

it('says what it does not model', async () => {
  await expect(s3(f.memberAdmin).send(new GetBucketLocationCommand(bucket))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('the sandbox does not model s3:'),
    $metadata: { httpStatusCode: 501 },
  });
  expect(world.aws.calls.at(-1)).toMatchObject({ service: 's3', allowed: false, error: 'NotImplemented' });
});
