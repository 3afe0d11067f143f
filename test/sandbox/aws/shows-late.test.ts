import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as f from './fixture.ts';
import * as q from './queues.ts';
import { openRootSession } from './sessions.ts';

const minute = 60_000;
let world: f.World | undefined;
afterEach(() => world?.aws.close());

const read = new GetQueueAttributesCommand({ QueueUrl: q.ordersUrl, AttributeNames: ['Policy'] });
const unlock = new SetQueueAttributesCommand({ QueueUrl: q.ordersUrl, Attributes: { Policy: '' } });

describe('a queue policy that shows late', () => {
  it('is what it was to readers and to authorization until then, while the state has it at once', async () => {
    world = await q.startWithQueues({ showsAfterMs: { sqs: minute } });
    const root = q.sqsClient(world, await q.openQueueSession(world));
    const admin = q.sqsClient(world, f.memberAdmin);
    await root.send(unlock);
    expect(q.policyInState(world)).toBeNull();
    expect((await root.send(read)).Attributes?.Policy).toBe(JSON.stringify(q.ordersLockout));
    await expect(admin.send(read)).rejects.toMatchObject({ name: 'AccessDenied' });

    world.clock.advance(minute);
    expect((await root.send(read)).Attributes).toBeUndefined();
    await expect(admin.send(read)).resolves.toBeDefined();
  });

  it("shows changes one by one, the owner's own too", async () => {
    world = await q.startWithQueues({ showsAfterMs: { sqs: minute } });
    const root = q.sqsClient(world, await q.openQueueSession(world));
    const shown = async () => (await root.send(read)).Attributes?.Policy;
    const repaired = f.policy({ ...f.allow('sqs:SendMessage', '*'), Principal: { AWS: f.member } });
    await root.send(unlock);
    world.clock.advance(minute / 2);
    world.aws.setPolicy(q.ordersArn, repaired);
    expect(await shown()).toBe(JSON.stringify(q.ordersLockout));
    world.clock.advance(minute / 2);
    expect(await shown()).toBeUndefined();
    world.clock.advance(minute / 2);
    expect(await shown()).toBe(JSON.stringify(repaired));
  });
});

it('a bucket policy shows late on its own measure', async () => {
  world = await f.startWorld({ showsAfterMs: { s3: minute, sqs: 0 } });
  const bucket = { Bucket: 'project-prod-1' };
  const root = new S3Client(world.as(await openRootSession(world), 'eu-north-1'));
  await root.send(new DeleteBucketPolicyCommand(bucket));
  expect(world.organization.accounts[0]?.buckets[0]?.policy).toBeNull();
  const { Policy } = await root.send(new GetBucketPolicyCommand(bucket));
  expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: [{ Sid: 'PipelineOnly' }] });
  world.clock.advance(minute);
  await expect(root.send(new GetBucketPolicyCommand(bucket))).rejects.toMatchObject({
    name: 'NoSuchBucketPolicy',
  });
});

it('nobody sets a policy where there is no bucket or queue', async () => {
  const here = await q.startWithQueues();
  world = here;
  for (const arn of [`${q.ordersArn}2`, f.queueArn, 'arn:aws:s3:::nowhere', f.topicArn]) {
    expect(() => here.aws.setPolicy(arn, null)).toThrow(RangeError);
  }
});
