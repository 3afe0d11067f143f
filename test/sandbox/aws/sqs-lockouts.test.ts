import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { PolicyDocument } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';
import * as q from './queues.ts';
import { openRootSession } from './sessions.ts';

let world: f.World;
beforeEach(async () => {
  world = await q.startWithQueues();
});
afterEach(() => world.aws.close());

const read = new GetQueueAttributesCommand({ QueueUrl: q.ordersUrl, AttributeNames: ['Policy', 'QueueArn'] });
const unlock = new SetQueueAttributesCommand({ QueueUrl: q.ordersUrl, Attributes: { Policy: '' } });
const findUrl = new GetQueueUrlCommand({ QueueName: 'orders', QueueOwnerAWSAccountId: f.member });
const everybody = (more: object, action = 'sqs:*') =>
  f.policy({ ...f.deny(action, q.ordersArn), Principal: '*', ...more });
const whenNot = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

const locks: Record<string, PolicyDocument> = {
  'a Deny on everybody, with no condition': everybody({}),
  'a Deny on everybody but a role that was deleted': q.ordersLockout,
  'a Deny unless the source is some user, tested by a key that his own calls do not have': f.policy(
    {
      ...f.deny('SQS:*', q.ordersArn),
      Principal: '*',
      ...whenNot('ArnNotEquals', 'aws:SourceArn', f.memberAdmin),
    },
    { ...f.allow('SQS:*', q.ordersArn), Principal: { AWS: f.memberAdmin } },
  ),
  'a Deny on who does not come through a VPC endpoint that is gone': everybody(
    whenNot('StringNotEquals', 'aws:SourceVpce', 'vpce-0a1b2c3d'),
  ),
  'a Deny on every action but the sending of messages': f.policy({
    Effect: 'Deny',
    NotAction: 'sqs:SendMessage',
    Resource: '*',
    Principal: { AWS: '*' },
  }),
  'a Deny on every account but one that no longer is': everybody(
    whenNot('StringNotEquals', 'aws:PrincipalAccount', '777777777777'),
  ),
};

const harmless: Record<string, PolicyDocument> = {
  'a Deny on sending alone': everybody({}, 'sqs:SendMessage'),
  'a Deny on who does not use TLS': everybody(whenNot('Bool', 'aws:SecureTransport', 'false')),
  "a Deny on principals of other accounts than the queue's": everybody(
    whenNot('StringNotEquals', 'aws:PrincipalAccount', `\${aws:ResourceAccount}`),
  ),
  'a Deny on who is outside the organization': everybody(
    whenNot('StringNotEquals', 'aws:PrincipalOrgID', 'o-sandbox'),
  ),
};

describe.each(Object.entries(locks))('%s', (_, policy) => {
  beforeEach(() => world.aws.setPolicy(q.ordersArn, policy));

  it("shuts out the owner's administrator", async () => {
    const admin = q.sqsClient(world, f.memberAdmin);
    for (const [call, action] of [
      [() => admin.send(read), 'sqs:getqueueattributes'],
      [() => admin.send(unlock), 'sqs:setqueueattributes'],
    ] as const) {
      await expect(call()).rejects.toMatchObject({
        name: 'AccessDenied',
        $metadata: { httpStatusCode: 403 },
        message: `User: arn:aws:sts::${f.member}:assumed-role/administrator/sandbox is not authorized to perform: ${action} on resource: ${q.ordersArn} with an explicit deny in a resource-based policy`,
      });
    }
    expect(q.policyInState(world)).toEqual(policy);
  });

  it('opens to a root session under the SQS task policy: find, read, remove, and again', async () => {
    const root = q.sqsClient(world, await q.openQueueSession(world));
    expect((await root.send(findUrl)).QueueUrl).toBe(q.ordersUrl);
    expect((await root.send(read)).Attributes).toEqual({
      Policy: JSON.stringify(policy),
      QueueArn: q.ordersArn,
    });
    await root.send(unlock);
    await root.send(unlock);
    expect((await root.send(read)).Attributes).toEqual({ QueueArn: q.ordersArn });
    await expect(q.sqsClient(world, f.memberAdmin).send(read)).resolves.toBeDefined();
  });
});

it.each(Object.entries(harmless))('%s shuts no administrator out', async (_, policy) => {
  world.aws.setPolicy(q.ordersArn, policy);
  await expect(q.sqsClient(world, f.memberAdmin).send(unlock)).resolves.toBeDefined();
});

describe('a root session under the SQS task policy', () => {
  const denied = (kind: string) => ({
    name: 'AccessDenied',
    message: expect.stringMatching(new RegExp(`with an explicit deny in an? ${kind} policy$`)),
  });

  it('may list the queues of its account', async () => {
    const root = q.sqsClient(world, await q.openQueueSession(world));
    expect((await root.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(3);
  });

  it("may read no other account's queue, though its policy lets everybody", async () => {
    const everything = f.policy({ ...f.allow('sqs:*', '*'), Principal: '*' });
    world.aws.setPolicy(q.ordersArn, everything);
    const other = q.sqsClient(world, await q.openQueueSession(world, f.otherMember));
    await expect(other.send(read)).rejects.toMatchObject(denied('identity-based'));
    await expect(other.send(unlock)).rejects.toMatchObject({ name: 'AccessDenied' });
    // What keeps it out is the task policy: a principal of that account that it does not bind gets in.
    const unbound = q.sqsClient(world, `arn:aws:iam::${f.otherMember}:root`);
    await expect(unbound.send(read)).resolves.toBeDefined();
  });

  it('may do nothing else with a queue, and nothing with buckets', async () => {
    world.aws.setPolicy(q.ordersArn, null);
    const accessKeyId = (await q.openQueueSession(world)).accessKeyId;
    const others = ['sqs:DeleteQueue', 'sqs:SendMessage', 'sqs:AddPermission', 'sqs:PurgeQueue'];
    for (const action of [...others, 's3:DeleteBucketPolicy']) {
      const resource = action.startsWith('s3:') ? 'arn:aws:s3:::some-bucket' : q.ordersArn;
      const verdict = await world.aws.decide({ accessKeyId, action, resource });
      expect([action, verdict.allowed]).toEqual([action, false]);
    }
  });

  it('is stopped by a service control policy, and finds no queue to name', async () => {
    const noRoot = f.deny('*', '*', {
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    });
    world.organization.accounts[0]?.serviceControlPolicies.push(f.policy(noRoot));
    const root = q.sqsClient(world, await q.openQueueSession(world));
    for (const call of [() => root.send(read), () => root.send(unlock)]) {
      await expect(call()).rejects.toMatchObject(denied('service control'));
    }
    await expect(root.send(new ListQueuesCommand({}))).rejects.toMatchObject(denied('service control'));
    await expect(root.send(findUrl)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('of another task may not touch queues', async () => {
    const { accessKeyId } = await q.openQueueSession(world);
    const ofS3 = await openRootSession(world);
    const question = { action: 'sqs:SetQueueAttributes', resource: q.ordersArn };
    expect(await world.aws.decide({ ...question, accessKeyId })).toMatchObject({ allowed: true });
    expect(await world.aws.decide({ ...question, accessKeyId: ofS3.accessKeyId })).toMatchObject({
      allowed: false,
    });
  });
});

it('the root user of a locked queue manages its policy, and nothing else of it', async () => {
  const principalArn = `arn:aws:iam::${f.member}:root`;
  const may = async (action: string) =>
    (await world.aws.decide({ principalArn, action, resource: q.ordersArn })).allowed;
  expect(await may('sqs:SetQueueAttributes')).toBe(true);
  expect(await may('sqs:GetQueueAttributes')).toBe(true);
  expect(await may('sqs:DeleteQueue')).toBe(false);
  expect(await may('sqs:AddPermission')).toBe(false);
});
