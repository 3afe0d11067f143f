import { GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as f from './fixture.ts';

let world: f.World | undefined;
afterEach(() => world?.aws.close());

async function start(keyPolicy?: ReturnType<typeof f.policy>): Promise<f.World> {
  const [key] = f.deployment.keys;
  const keys = keyPolicy && key ? [{ ...key, policy: keyPolicy }] : f.deployment.keys;
  world = await f.startWorld({ deployment: { ...f.deployment, keys } });
  return world;
}

describe('SNS', () => {
  const publish = (more: object = {}) =>
    new PublishCommand({
      TopicArn: f.topicArn,
      Subject: 'rootdesk: succeeded',
      Message: 'All done',
      ...more,
    });

  it('publishes to an encrypted topic', async () => {
    const { aws: _, asRole, notifications } = await start();
    const answer = await new SNSClient(asRole(f.announceRole)).send(publish());
    expect(answer.MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(notifications).toEqual([
      { topicArn: f.topicArn, subject: 'rootdesk: succeeded', message: 'All done' },
    ]);
  });

  it('refuses who may not publish', async () => {
    const { asRole, notifications } = await start();
    await expect(new SNSClient(asRole(f.functionRole)).send(publish())).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      message: expect.stringContaining(
        `is not authorized to perform: SNS:Publish on resource: ${f.topicArn} because no identity-based policy allows the SNS:Publish action`,
      ),
    });
    expect(notifications).toEqual([]);
  });

  it('refuses who may not use the key of the topic', async () => {
    const onlyDecrypt = f.policy({ ...f.allow('kms:Decrypt', '*'), Principal: { AWS: f.announceRole } });
    const { asRole } = await start(onlyDecrypt);
    await expect(new SNSClient(asRole(f.announceRole)).send(publish())).rejects.toMatchObject({
      name: 'KMSAccessDeniedException',
      message: expect.stringContaining('kms:GenerateDataKey'),
    });
  });

  it.each([{ Subject: 'two\nlines' }, { Subject: 'x'.repeat(100) }, { Message: '' }])(
    'refuses %j',
    async (more) => {
      const { asRole } = await start();
      await expect(new SNSClient(asRole(f.announceRole)).send(publish(more))).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    },
  );

  it('knows no other topic', async () => {
    const { asRole } = await start();
    const elsewhere = publish({ TopicArn: `${f.topicArn}2` });
    await expect(new SNSClient(asRole(f.announceRole)).send(elsewhere)).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('the attributes of a topic', () => {
  const get = (client: SNSClient, TopicArn = f.topicArn) =>
    client.send(new GetTopicAttributesCommand({ TopicArn }));

  it.each([
    ['confirmed', { SubscriptionsConfirmed: '2', SubscriptionsPending: '0', SubscriptionsDeleted: '0' }],
    ['pending', { SubscriptionsConfirmed: '0', SubscriptionsPending: '2', SubscriptionsDeleted: '0' }],
  ] as const)('tell how many subscriptions are %s', async (subscriptions, counts) => {
    world = await f.startWorld({ subscriptions });
    const { Attributes } = await get(new SNSClient(world.asRole(f.announceRole)));
    expect(Attributes).toEqual({
      TopicArn: f.topicArn,
      Owner: f.admin,
      DisplayName: 'Root tasks',
      KmsMasterKeyId: f.keyArn,
      ...counts,
    });
  });

  it('are confirmed where nothing else is said', async () => {
    const { as } = await start();
    const { Attributes } = await get(new SNSClient(as(f.insider)));
    expect(Attributes?.SubscriptionsConfirmed).toBe('2');
  });

  it('are for those alone who may read them', async () => {
    const { asRole, as } = await start();
    await expect(get(new SNSClient(asRole(f.functionRole)))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      message: expect.stringContaining(
        'because no identity-based policy allows the SNS:GetTopicAttributes action',
      ),
      $metadata: { httpStatusCode: 403 },
    });
    await expect(get(new SNSClient(as(f.insider)), `${f.topicArn}2`)).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('SQS', () => {
  const message = (more: object = {}) =>
    new SendMessageCommand({ QueueUrl: f.queueUrl, MessageBody: '{}', ...more });

  it('takes a message', async () => {
    const { asRole, messages } = await start();
    await new SQSClient(asRole(f.announceRole)).send(message());
    expect(messages).toEqual([{ queueArn: f.queueArn, body: '{}' }]);
  });

  it('refuses who may not send, naming the action in lower case', async () => {
    const { asRole } = await start();
    await expect(new SQSClient(asRole(f.functionRole)).send(message())).rejects.toMatchObject({
      message: expect.stringContaining('because no identity-based policy allows the sqs:sendmessage action'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('knows no other queue', async () => {
    const { asRole } = await start();
    const elsewhere = message({ QueueUrl: `${f.queueUrl}-2` });
    await expect(new SQSClient(asRole(f.announceRole)).send(elsewhere)).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
});
