import { setImmediate } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { FaultRequest } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';
import { openRootSession } from './sessions.ts';

let world: f.World | undefined;
afterEach(() => world?.aws.close());

async function start(faults: readonly FaultRequest[], latencyMs = {}): Promise<f.World> {
  world = await f.startWorld({ faults, latencyMs });
  return world;
}

const fault = (more: Partial<FaultRequest>): FaultRequest => ({
  service: 's3',
  operation: 'DeleteBucketPolicy',
  when: 'before',
  effect: 'throttle',
  times: 1,
  ...more,
});
const deletePolicy = new DeleteBucketPolicyCommand({ Bucket: 'project-prod-1' });
const rootClient = async (from: f.World, more: object = {}) =>
  new S3Client({ ...from.as(await openRootSession(from), 'eu-north-1'), ...more });
const lockedBucket = (of: f.World) => of.organization.accounts[0]?.buckets[0]?.policy;
const requestHandler = { requestTimeout: 200, throwOnRequestTimeout: true };

it.each([
  ['throttle', 'SlowDown', 503],
  ['serverError', 'InternalError', 500],
] as const)(
  'a %s before the call leaves everything as it was, and happens as often as asked',
  async (effect, name, status) => {
    const here = await start([fault({ service: 'S3', operation: 'deletebucketpolicy', effect })]);
    const root = await rootClient(here);
    await expect(root.send(deletePolicy)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
    expect(lockedBucket(here)).not.toBeNull();
    await root.send(deletePolicy);
    expect(lockedBucket(here)).toBeNull();
  },
);

it('strikes the call that it is meant for, when others of its kind come first', async () => {
  const here = await start([fault({ skip: 1, effect: 'serverError' }), fault({ skip: 2 })]);
  const root = await rootClient(here);
  await root.send(deletePolicy);
  await expect(root.send(deletePolicy)).rejects.toMatchObject({ name: 'InternalError' });
  await expect(root.send(deletePolicy)).rejects.toMatchObject({ name: 'SlowDown' });
  await root.send(deletePolicy);
});

it('counts a call that never got through for those that strike after their call', async () => {
  const here = await start([fault({}), fault({ skip: 1, when: 'after', effect: 'serverError' })]);
  const root = await rootClient(here);
  await expect(root.send(deletePolicy)).rejects.toMatchObject({ name: 'SlowDown' });
  await expect(root.send(deletePolicy)).rejects.toMatchObject({ name: 'InternalError' });
  await root.send(deletePolicy);
});

it('an error after the call hides that it was done', async () => {
  const here = await start([fault({ when: 'after', effect: 'serverError' })]);
  await expect((await rootClient(here)).send(deletePolicy)).rejects.toMatchObject({ name: 'InternalError' });
  expect(lockedBucket(here)).toBeNull();
  expect(here.aws.calls.at(-1)).toMatchObject({
    operation: 'DeleteBucketPolicy',
    allowed: true,
    error: 'InternalError',
  });
});

it.each(['before', 'after'] as const)('a timeout %s the call is never answered', async (when) => {
  const here = await start([fault({ when, effect: 'timeout' })]);
  await expect((await rootClient(here, { requestHandler })).send(deletePolicy)).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  // On a busy machine the caller gives up before its call has been looked at.
  while (here.deaths.length === 0) await setImmediate();
  expect(here.deaths).toEqual(['noAnswer environment-1']);
  expect(lockedBucket(here) === null).toBe(when === 'after');
});

it.each(['before', 'after'] as const)(
  'a crash %s the call ends the environment of the first hop',
  async (when) => {
    const here = await start([fault({ when, effect: 'crash' })]);
    await expect((await rootClient(here, { requestHandler })).send(deletePolicy)).rejects.toBeDefined();
    expect(here.deaths).toEqual(['crash environment-1']);
    expect(lockedBucket(here) === null).toBe(when === 'after');
  },
);

it('is absorbed by the retries of the SDK when it happens once', async () => {
  const here = await start([fault({ effect: 'serverError' })]);
  await expect((await rootClient(here, { maxAttempts: 2 })).send(deletePolicy)).resolves.toBeDefined();
  expect(here.aws.calls.filter(({ operation }) => operation === 'DeleteBucketPolicy')).toHaveLength(2);
});

it('may be a policy that the service does not take: the one before it stays', async () => {
  const here = await start([fault({ operation: 'PutBucketPolicy', effect: 'notTaken' })]);
  const before = lockedBucket(here);
  const Policy = JSON.stringify(before);
  await expect(
    (await rootClient(here)).send(new PutBucketPolicyCommand({ Bucket: 'project-prod-1', Policy })),
  ).rejects.toMatchObject({ name: 'MalformedPolicy', $metadata: { httpStatusCode: 400 } });
  expect(lockedBucket(here)).toBe(before);
});

it('speaks as each service does', async () => {
  const here = await start([
    fault({ service: 'sts', operation: 'GetCallerIdentity' }),
    fault({ service: 'dynamodb', operation: 'PutItem', effect: 'serverError' }),
  ]);
  await expect(
    new STSClient(here.as(f.insider)).send(new GetCallerIdentityCommand({})),
  ).rejects.toMatchObject({
    name: 'Throttling',
    $metadata: { httpStatusCode: 400 },
  });
  const put = new PutItemCommand({ TableName: 'locks', Item: { id: { S: 'a' } } });
  await expect(new DynamoDBClient(here.as(f.insider)).send(put)).rejects.toMatchObject({
    name: 'InternalServerError',
  });
  expect(here.changes).toEqual([]);
});

describe('latency', () => {
  it('passes on the clock, not for the reader', async () => {
    const here = await start([], { sts: 800, default: 5 });
    const before = here.clock.now();
    await new STSClient(here.as(f.insider)).send(new GetCallerIdentityCommand({}));
    expect(here.clock.now() - before).toBeGreaterThanOrEqual(800);
  });

  it('passes once for calls that overlap', async () => {
    const here = await start([], { sts: 60_000 });
    const client = new STSClient(here.as(f.insider));
    const before = here.clock.now();
    await Promise.all(Array.from({ length: 4 }, () => client.send(new GetCallerIdentityCommand({}))));
    expect(here.clock.now() - before).toBeLessThan(61_000);
  });
});
