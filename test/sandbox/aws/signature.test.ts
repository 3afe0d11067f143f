import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld();
});
afterEach(() => world.aws.close());

const callSts = (configuration: f.ClientConfiguration) =>
  new STSClient(configuration).send(new GetCallerIdentityCommand({}));
const callS3 = (configuration: f.ClientConfiguration) =>
  new S3Client(configuration).send(new GetBucketPolicyCommand({ Bucket: 'scratch' }));
const callDynamoDb = (configuration: f.ClientConfiguration) =>
  new DynamoDBClient(configuration).send(new GetItemCommand({ TableName: 'locks', Key: { id: { S: 'a' } } }));

const calls = { sts: callSts, s3: callS3, dynamodb: callDynamoDb };
const forgeries: Record<string, (issued: Credentials) => Credentials> = {
  'an unknown key': (issued) => ({ ...issued, accessKeyId: 'ASIAUNKNOWNUNKNOWN00' }),
  'a wrong secret': (issued) => ({ ...issued, secretAccessKey: 'guessed' }),
  'a wrong token': (issued) => ({ ...issued, sessionToken: 'guessed' }),
};

describe.each([
  ['sts', 'an unknown key', 'InvalidClientTokenId', 403],
  ['sts', 'a wrong secret', 'SignatureDoesNotMatch', 403],
  ['sts', 'a wrong token', 'InvalidClientTokenId', 403],
  ['s3', 'an unknown key', 'InvalidAccessKeyId', 403],
  ['s3', 'a wrong secret', 'SignatureDoesNotMatch', 403],
  ['s3', 'a wrong token', 'InvalidToken', 400],
  ['dynamodb', 'an unknown key', 'UnrecognizedClientException', 400],
  ['dynamodb', 'a wrong secret', 'InvalidSignatureException', 400],
  ['dynamodb', 'a wrong token', 'UnrecognizedClientException', 400],
] as const)('%s refuses %s', (service, forgery, name, httpStatusCode) => {
  it(`as ${name}`, async () => {
    const forge = forgeries[forgery] ?? ((issued: Credentials) => issued);
    const forged = forge(world.aws.credentialsForPrincipal(f.insider));
    await expect(calls[service](world.as(forged))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode },
    });
    expect(world.aws.calls.at(-1)).toMatchObject({ service, allowed: false, error: name });
  });
});

describe('credentials that have expired', () => {
  it.each([
    ['sts', 'ExpiredToken'],
    ['s3', 'ExpiredToken'],
    ['dynamodb', 'ExpiredTokenException'],
  ] as const)('are refused by %s', async (service, code) => {
    const configuration = world.as(f.insider);
    world.clock.advance(13 * 3_600_000);
    // A client whose clock goes with the sandbox's, as a function's does.
    const inTime = { ...configuration, systemClockOffset: 13 * 3_600_000 };
    const refusal = await calls[service](inTime).catch((error: Error) => error);
    expect((refusal as Error).name.startsWith(code)).toBe(true);
  });
});

it.each([
  ['sts', 'SignatureDoesNotMatch'],
  ['s3', 'RequestTimeTooSkewed'],
  ['dynamodb', 'InvalidSignatureException'],
] as const)('%s refuses a request of another hour', async (service, name) => {
  world.clock.advance(3_600_000);
  await expect(calls[service](world.as(f.insider))).rejects.toMatchObject({ name });
});

it('tells no date, so that a client of another hour does not repeat what is refused', async () => {
  const hour = 3_600_000;
  world.clock.advance(hour);
  const configuration = { ...world.as(f.functionRole), maxAttempts: 3, systemClockOffset: hour };
  await expect(callDynamoDb(configuration)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(world.aws.calls).toHaveLength(1);
});

describe('without a signature', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  it.each([
    [
      'sts',
      { body: 'Action=GetCallerIdentity&Version=2011-06-15', headers: form },
      403,
      'MissingAuthenticationToken<',
    ],
    [
      'dynamodb',
      { body: '{}', headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } },
      400,
      'MissingAuthenticationTokenException',
    ],
    ['s3', { headers: {} }, 403, '<Code>AccessDenied</Code>'],
  ])('%s refuses', async (service, request, status, text) => {
    const response = await fetch(`${world.aws.endpoint}/`, {
      ...('body' in request && { method: 'POST' }),
      ...request,
    });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
    expect(world.aws.calls.at(-1)).toMatchObject({ service, principal: 'anonymous', allowed: false });
  });
});

describe('a request that is changed on its way', () => {
  const Policy = '{"Version":"2012-10-17","Statement":[]}';
  const client = () => new S3Client(world.as(f.memberAdmin));
  const put = new PutBucketPolicyCommand({ Bucket: 'scratch', Policy });

  interface Sent {
    path: string;
    body: unknown;
    headers: Record<string, string>;
  }
  const tamper = (s3: S3Client, change: (request: Sent) => void) =>
    s3.middlewareStack.add(
      (next) => (args) => {
        change(args.request as Sent);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
    );

  it('is taken unchanged', async () => {
    await expect(client().send(put)).rejects.toThrow(/Statement is empty/);
  });

  it.each<[string, (request: Sent) => void, string]>([
    [
      'body',
      (request) => {
        request.body = Policy.replace('2012', '2008');
      },
      'XAmzContentSHA256Mismatch',
    ],
    [
      'path',
      (request) => {
        request.path = '/project-prod-2';
      },
      'SignatureDoesNotMatch',
    ],
    [
      'signed header',
      (request) => {
        request.headers['x-amz-sdk-checksum-algorithm'] = 'SHA1';
      },
      'SignatureDoesNotMatch',
    ],
  ])('is refused for its %s', async (_, change, name) => {
    const s3 = client();
    tamper(s3, change);
    await expect(s3.send(put)).rejects.toMatchObject({ name });
  });
});

it.each([
  ['everything', 200, []],
  ['all but the token', 403, ['x-amz-security-token']],
])('a signature over %s is answered with %d', async (_, status, unsigned) => {
  const { credentials, endpoint, region } = world.as(f.insider);
  const { host, hostname } = new URL(endpoint);
  const signer = new SignatureV4({ credentials, region, service: 'sts', sha256: Hash.bind(null, 'sha256') });
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const headers = { host, 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', protocol: 'http:', hostname, path: '/', query: {}, headers, body };
  const signed = await signer.sign(request, { unsignableHeaders: new Set(unsigned) });
  const response = await fetch(`${endpoint}/`, { method: 'POST', headers: signed.headers, body });
  expect(response.status).toBe(status);
});
