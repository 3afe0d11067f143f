import { createServer, type IncomingMessage, type Server } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { accountId } from '../../../../contract/account-id.ts';
import {
  BucketPolicies,
  bucketExistence,
  regionOfOwnBucket,
} from '../../../../lambdas/root-task/adapters/bucket-policies.ts';
import { rootSession } from '../../given/lane.ts';
import { answering, awsError } from '../../given/sent.ts';

const target = { accountId: accountId.parse('156041421443'), bucketName: 'project-prod-1' };
const policies = new BucketPolicies(rootSession, target, 'eu-north-1');

afterEach(() => jest.restoreAllMocks());

describe('the policy of a bucket', () => {
  it('is read, put and deleted in the bucket\u2019s Region, in the session, of the expected owner', async () => {
    const sent = answering(S3Client, () => ({ Policy: '{}' }));
    expect(await policies.read()).toBe('{}');
    await policies.put('{"Version":"2012-10-17"}');
    await policies.delete();
    const common = {
      input: { Bucket: 'project-prod-1', ExpectedBucketOwner: '156041421443' },
      region: 'eu-north-1',
      accessKeyId: 'ASIAEXAMPLE',
    };
    expect(sent).toEqual([
      { ...common, command: 'GetBucketPolicyCommand', attempts: 3 },
      {
        ...common,
        command: 'PutBucketPolicyCommand',
        attempts: 1,
        // Nothing else: no ConfirmRemoveSelfBucketAccess above all.
        input: { ...common.input, Policy: '{"Version":"2012-10-17"}' },
      },
      { ...common, command: 'DeleteBucketPolicyCommand', attempts: 1 },
    ]);
  });

  it('is none where S3 says so', async () => {
    answering(S3Client, () => {
      throw awsError('NoSuchBucketPolicy');
    });
    expect(await policies.read()).toBeNull();
  });

  it.each(['AccessDenied', 'NoSuchBucket', 'SlowDown'])('is not none where S3 says %s', async (name) => {
    answering(S3Client, () => {
      throw awsError(name);
    });
    await expect(policies.read()).rejects.toThrow(name);
  });

  it('is not none where S3 says nothing', async () => {
    answering(S3Client, () => ({}));
    await expect(policies.read()).rejects.toThrow('without a policy');
  });
});

describe('a change', () => {
  let server: Server;
  let seen: { readonly request: IncomingMessage; body: string }[];
  beforeAll((done) => {
    server = createServer((request, response) => {
      const one = { request, body: '' };
      seen.push(one);
      request.on('data', (chunk) => {
        one.body += chunk;
      });
      request.on('end', () => {
        response.statusCode = 503;
        response.end('<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>');
      });
    }).listen(0, '127.0.0.1', done);
  });
  beforeEach(() => {
    seen = [];
    Reflect.set(
      process.env,
      'AWS_ENDPOINT_URL_S3',
      `http://127.0.0.1:${Reflect.get(Object(server.address()), 'port')}`,
    );
  });
  afterAll((done) => {
    Reflect.deleteProperty(process.env, 'AWS_ENDPOINT_URL_S3');
    server.close(done);
  });

  const policy = '{"Version":"2012-10-17","Statement":[]}';
  it.each<[string, string, (of: BucketPolicies) => Promise<void>, string]>([
    ['deletion', 'DELETE', (of) => of.delete(), ''],
    ['put', 'PUT', (of) => of.put(policy), policy],
  ])(
    'is sent once (%s), whatever the answer: the owner may have put another since',
    async (_, method, change, body) => {
      const policies = new BucketPolicies(rootSession, target, 'eu-north-1');
      await expect(change(policies)).rejects.toThrow('Reduce your request rate');
      expect(seen.map(({ request }) => [request.method, request.url])).toEqual([
        [method, '/project-prod-1/?policy='],
      ]);
      const { headers } = seen[0]?.request ?? {};
      expect(headers?.['x-amz-expected-bucket-owner']).toBe('156041421443');
      expect(headers?.['x-amz-confirm-remove-self-bucket-access']).toBeUndefined();
      expect(headers?.authorization).toContain('/eu-north-1/s3/');
      expect(seen[0]?.body).toBe(body);
      // S3 takes no policy without one. Source: S3 API reference, PutBucketPolicy.
      const checksum = headers?.['x-amz-checksum-crc32'] ?? headers?.['content-md5'];
      expect(checksum !== undefined).toBe(method === 'PUT');
    },
  );
});

describe('the Region of a bucket', () => {
  const listing = (pages: Record<string, { names: string[]; next?: string }>) =>
    answering(S3Client, (_, input) => {
      const page = pages[String(Reflect.get(Object(input), 'ContinuationToken') ?? '')];
      if (page === undefined) throw new Error('nobody expected this page');
      return {
        Buckets: page.names.map((Name) => ({ Name, BucketRegion: `region-of-${Name}` })),
        ContinuationToken: page.next,
      };
    });
  const region = () => regionOfOwnBucket(rootSession, 'project', 'eu-central-1');

  it('is that of the very name, not of one that begins with it', async () => {
    const sent = listing({ '': { names: ['project-prod-1', 'Project', 'project'] } });
    expect(await region()).toBe('region-of-project');
    expect(sent).toMatchObject([
      {
        command: 'ListBucketsCommand',
        input: { Prefix: 'project' },
        region: 'eu-central-1',
        accessKeyId: 'ASIAEXAMPLE',
      },
    ]);
  });

  it('is found on any page', async () => {
    listing({
      '': { names: ['project-a'], next: 'b' },
      b: { names: [], next: 'c' },
      c: { names: ['project'] },
    });
    expect(await region()).toBe('region-of-project');
  });

  it('is none where no page has the name', async () => {
    listing({ '': { names: ['project-a'], next: 'b' }, b: { names: ['project-b'] } });
    expect(await region()).toBeNull();
  });

  it('is not guessed', async () => {
    answering(S3Client, () => ({ Buckets: [{ Name: 'project' }] }));
    await expect(region()).rejects.toThrow('did not say in which Region');
  });
});

describe('whether a bucket exists anywhere', () => {
  const elsewhere = { 'x-amz-bucket-region': 'eu-west-1' };
  it.each<[string, Error | null, string]>([
    ['an answer', null, 'somewhere'],
    ['404', awsError('NotFound', '', 404), 'none'],
    ['403', awsError('Forbidden', '', 403), 'somewhere'],
    ['301', awsError('PermanentRedirect', '', 301), 'somewhere'],
    ['400 that names its Region', awsError('BadRequest', '', 400, elsewhere), 'somewhere'],
    ['400 that says nothing', awsError('BadRequest', '', 400), 'unknown'],
    ['503', awsError('SlowDown', '', 503), 'unknown'],
    ['no answer', new Error('connect timeout'), 'unknown'],
  ])('%s: %s', async (_, error, expected) => {
    answering(S3Client, () => {
      if (error !== null) throw error;
      return {};
    });
    expect(await bucketExistence(target, 'eu-central-1')).toBe(expected);
  });
});
