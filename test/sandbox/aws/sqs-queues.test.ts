import {
  AddPermissionCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import * as f from './fixture.ts';
import * as q from './queues.ts';

let world: f.World;
let admin: SQSClient;
beforeEach(async () => {
  world = await q.startWithQueues();
  admin = q.sqsClient(world, f.memberAdmin);
});
afterEach(() => world.aws.close());

type Attributes = NonNullable<ConstructorParameters<typeof GetQueueAttributesCommand>[0]['AttributeNames']>;
const get = (QueueUrl: string, ...AttributeNames: Attributes) =>
  new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
const set = (QueueUrl: string, Policy: string) =>
  new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } });
const openPolicy = JSON.stringify(
  f.policy({ ...f.allow('SQS:SendMessage', '*'), Principal: { AWS: f.otherMember } }),
);

describe('GetQueueUrl', () => {
  it.each(['orders.fifo', 'invoices'])('tells the URL of %s', async (QueueName) => {
    const { QueueUrl } = await admin.send(new GetQueueUrlCommand({ QueueName }));
    expect(QueueUrl).toBe(`https://sqs.eu-north-1.amazonaws.com/${f.member}/${QueueName}`);
  });

  it.each([
    ['that there is none', { QueueName: 'none' }],
    ['of another Region', { QueueName: 'elsewhere' }],
    ['in another case', { QueueName: 'Invoices' }],
  ])('knows no queue %s', async (_, input) => {
    await expect(admin.send(new GetQueueUrlCommand(input))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('finds the queue in the Region that is called', async () => {
    const there = q.sqsClient(world, f.memberAdmin, f.region);
    const { QueueUrl } = await there.send(new GetQueueUrlCommand({ QueueName: 'elsewhere' }));
    expect(QueueUrl).toBe(q.urlOf('elsewhere', f.member, f.region));
  });

  it('hides a queue from who may not ask, be it his own account', async () => {
    const hidden = {
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist or you do not have access to it.',
    };
    const ofOther = { QueueName: 'orders', QueueOwnerAWSAccountId: f.otherMember };
    await expect(admin.send(new GetQueueUrlCommand(ofOther))).rejects.toMatchObject(hidden);
    await expect(admin.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).rejects.toMatchObject(hidden);
    expect(world.aws.calls.at(-1)).toMatchObject({ operation: 'GetQueueUrl', allowed: false });
  });

  it('tells another account whom the queue lets ask', async () => {
    const lets = f.policy({ ...f.allow('sqs:GetQueueUrl', '*'), Principal: { AWS: f.member } });
    world.aws.setPolicy(`arn:aws:sqs:${q.queueRegion}:${f.otherMember}:orders`, lets);
    const ofOther = { QueueName: 'orders', QueueOwnerAWSAccountId: f.otherMember };
    const { QueueUrl } = await admin.send(new GetQueueUrlCommand(ofOther));
    expect(QueueUrl).toBe(q.urlOf('orders', f.otherMember));
  });
});

describe('GetQueueAttributes', () => {
  it('tells nothing that it is not asked for', async () => {
    const { Attributes } = await admin.send(get(q.urlOf('invoices')));
    expect(Attributes).toBeUndefined();
  });

  it('leaves the policy out where there is none', async () => {
    const url = q.urlOf('invoices');
    expect((await admin.send(get(url, 'Policy'))).Attributes).toBeUndefined();
    expect((await admin.send(get(url, 'Policy', 'QueueArn'))).Attributes).toEqual({
      QueueArn: `arn:aws:sqs:eu-north-1:${f.member}:invoices`,
    });
  });

  it('gives the policy back as it was set, in compact JSON', async () => {
    const url = q.urlOf('orders.fifo');
    await admin.send(set(url, JSON.stringify(JSON.parse(openPolicy), null, 2)));
    const { Attributes } = await admin.send(get(url, 'All'));
    expect(Attributes).toEqual({
      Policy: openPolicy,
      QueueArn: `arn:aws:sqs:eu-north-1:${f.member}:orders.fifo`,
    });
  });

  it('reads a policy that the state holds as text', async () => {
    world.aws.setPolicy(`arn:aws:sqs:${q.queueRegion}:${f.member}:invoices`, ` ${openPolicy} `);
    const { Attributes } = await admin.send(get(q.urlOf('invoices'), 'Policy'));
    expect(Attributes).toEqual({ Policy: openPolicy });
  });

  it.each([
    ['VisibilityTimeout', { name: 'NotImplemented' }],
    ['Colour', { name: 'InvalidAttributeName' }],
  ])('says of %s that it is not there', async (name, refusal) => {
    const asked = admin.send(get(q.urlOf('invoices'), name as Attributes[number]));
    await expect(asked).rejects.toMatchObject(refusal);
  });

  it.each([
    ['of another host', `https://sqs.us-east-1.amazonaws.com/${f.member}/invoices`],
    ['of a host that is not AWS', `http://127.0.0.1:1/${f.member}/invoices`],
    ['that is only a name', 'invoices'],
  ])('takes account and name from a URL %s', async (_, url) => {
    const { Attributes } = await admin.send(get(url, 'QueueArn'));
    expect(Attributes?.QueueArn).toBe(`arn:aws:sqs:eu-north-1:${f.member}:invoices`);
  });

  it.each([q.urlOf('elsewhere'), q.urlOf('invoices', f.otherMember), 'https://example.com/', ''])(
    'finds no queue at "%s"',
    async (url) => {
      await expect(admin.send(get(url, 'Policy'))).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    },
  );

  it("answers for the stack's own queues, too", async () => {
    const insider = q.sqsClient(world, f.insider, f.region);
    const { Attributes } = await insider.send(get(f.queueUrl, 'All'));
    expect(Attributes?.QueueArn).toBe(f.queueArn);
    expect(JSON.parse(Attributes?.Policy ?? '')).toEqual(f.deployment.queues[0]?.policy);
    await expect(insider.send(set(f.queueUrl, ''))).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('SetQueueAttributes', () => {
  it('removes a policy with empty text, and does so again', async () => {
    const url = q.urlOf('invoices');
    await admin.send(set(url, openPolicy));
    expect(q.policyInState(world, 'invoices')).toEqual(JSON.parse(openPolicy));
    await admin.send(set(url, ''));
    await admin.send(set(url, ''));
    expect(q.policyInState(world, 'invoices')).toBeNull();
  });

  it('refuses what is no policy of the queue, and leaves the policy as it is', async () => {
    const policy = JSON.stringify(f.policy({ ...f.deny('s3:*', '*'), Principal: '*' }));
    await expect(admin.send(set(q.urlOf('invoices'), policy))).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
      message: 'Invalid value for the parameter Policy.',
      $metadata: { httpStatusCode: 400 },
    });
    expect(q.policyInState(world, 'invoices')).toBeNull();
  });

  it('sets nothing when anything but the policy is to be set', async () => {
    const Attributes = { Policy: openPolicy, VisibilityTimeout: '0' };
    const both = new SetQueueAttributesCommand({ QueueUrl: q.urlOf('invoices'), Attributes });
    await expect(admin.send(both)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'the sandbox does not model sqs:SetQueueAttributes of VisibilityTimeout',
    });
    expect(q.policyInState(world, 'invoices')).toBeNull();
  });

  it('is for the owner alone, whatever the policy allows others', async () => {
    const everything = f.policy({ ...f.allow('sqs:*', '*'), Principal: { AWS: f.member } });
    world.aws.setPolicy(`arn:aws:sqs:${q.queueRegion}:${f.otherMember}:orders`, everything);
    const url = q.urlOf('orders', f.otherMember);
    await expect(admin.send(get(url, 'Policy'))).resolves.toBeDefined();
    await expect(admin.send(set(url, ''))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('no resource-based policy allows the sqs:setqueueattributes action'),
    });
  });
});

describe('ListQueues', () => {
  const list = async (input: object = {}) => admin.send(new ListQueuesCommand(input));

  it("lists the account's queues of the Region, by prefix", async () => {
    expect((await list()).QueueUrls).toEqual(
      ['invoices', 'orders', 'orders.fifo'].map((name) => q.urlOf(name)),
    );
    expect((await list({ QueueNamePrefix: 'orders.' })).QueueUrls).toEqual([q.urlOf('orders.fifo')]);
    expect((await list({ QueueNamePrefix: 'none' })).QueueUrls).toBeUndefined();
  });

  it('pages, for who asks for pages', async () => {
    const first = await list({ MaxResults: 2 });
    expect(first.QueueUrls).toHaveLength(2);
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });
    expect(second).toMatchObject({ QueueUrls: [q.urlOf('orders.fifo')] });
    expect(second.NextToken).toBeUndefined();
    expect((await list()).NextToken).toBeUndefined();
    await expect(list({ MaxResults: 1001 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('names an ARN without a queue when it refuses', async () => {
    world.organization.accounts[0]?.serviceControlPolicies.push(f.policy(f.deny('sqs:ListQueues', '*')));
    await expect(list()).rejects.toMatchObject({
      message: `User: arn:aws:sts::${f.member}:assumed-role/administrator/sandbox is not authorized to perform: sqs:listqueues on resource: arn:aws:sqs:eu-north-1:${f.member}: with an explicit deny in a service control policy`,
    });
  });
});

it.each([
  ['before', 'throttle', 'RequestThrottled', 403],
  ['after', 'serverError', 'InternalFailure', 500],
] as const)('a fault strikes %s a call: %s', async (when, effect, name, httpStatusCode) => {
  world.aws.setFaults([{ service: 'sqs', operation: 'SetQueueAttributes', when, effect, times: 1 }]);
  const failed = admin.send(set(q.urlOf('invoices'), openPolicy));
  await expect(failed).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  const expected = when === 'before' ? null : JSON.parse(openPolicy);
  expect(q.policyInState(world, 'invoices')).toEqual(expected);
});

it('says what it does not model', async () => {
  const add = { QueueUrl: q.urlOf('invoices'), Label: 'x', AWSAccountIds: [f.member], Actions: ['*'] };
  await expect(admin.send(new AddPermissionCommand(add))).rejects.toMatchObject({
    message: 'the sandbox does not model sqs:AddPermission',
  });
});

it.each<[string, () => Promise<unknown>, string]>([
  [
    'SendMessage',
    () => admin.send(new SendMessageCommand({ QueueUrl: q.ordersUrl, MessageBody: 'a' })),
    `the messages of a queue that is not the stack's: ${q.ordersArn}`,
  ],
  [
    'StartMessageMoveTask',
    () => admin.send(new StartMessageMoveTaskCommand({ SourceArn: q.ordersArn })),
    `the messages of a queue that is not the stack's: ${q.ordersArn}`,
  ],
  [
    'ReceiveMessage',
    () => admin.send(new ReceiveMessageCommand({ QueueUrl: q.ordersUrl })),
    'sqs:ReceiveMessage',
  ],
  ['PurgeQueue', () => admin.send(new PurgeQueueCommand({ QueueUrl: q.ordersUrl })), 'sqs:PurgeQueue'],
])('says that it does not model %s on the queue of a member', async (_, send, what) => {
  await expect(send()).rejects.toMatchObject({
    name: 'NotImplemented',
    message: `the sandbox does not model ${what}`,
  });
});

it('answers SendMessage to no queue at all that there is none', async () => {
  const command = new SendMessageCommand({ QueueUrl: q.urlOf('nowhere'), MessageBody: 'a' });
  await expect(admin.send(command)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});
