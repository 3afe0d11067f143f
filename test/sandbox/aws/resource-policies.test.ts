import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';

const locksArn = `arn:aws:dynamodb:${f.region}:${f.admin}:table/locks`;
const everybody = { Principal: '*' };

/** The locks are taken by the lane alone. */
const lockPolicy = f.policy({
  Sid: 'TakenByTheLaneAlone',
  ...f.deny(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], '*'),
  ...everybody,
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': [f.otherFunctionRole] } },
});

/** What comes into the queue comes from EventBridge, or from the roles that hand over failures. */
const queuePolicy = f.policy(
  {
    Sid: 'TlsOnly',
    ...f.deny('sqs:*', f.queueArn),
    ...everybody,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'SentByTheStackAlone',
    ...f.deny('sqs:SendMessage', f.queueArn),
    ...everybody,
    Condition: {
      ArnNotEqualsIfExists: { 'aws:PrincipalArn': [f.announceRole] },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    },
  },
  {
    Sid: 'FromTheRule',
    ...f.allow('sqs:SendMessage', f.queueArn),
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': f.ruleArn } },
  },
);

const deployment: Deployment = {
  ...f.deployment,
  tables: f.deployment.tables.map((table) => {
    const isLocks = table.name === 'locks';
    const createTable = { ...table.createTable, TableName: table.name };
    return isLocks ? { ...table, resourcePolicy: lockPolicy, createTable } : table;
  }),
  queues: f.deployment.queues.map((queue) => ({ ...queue, policy: queuePolicy })),
};

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld({ deployment });
});
afterEach(() => world.aws.close());

describe('the policy of a table', () => {
  const lock = new PutItemCommand({ TableName: 'locks', Item: { id: { S: 'a' } } });
  const release = new DeleteItemCommand({ TableName: 'locks', Key: { id: { S: 'a' } } });

  it('keeps out an administrator of the account, and lets the right role in', async () => {
    const insider = new DynamoDBClient(world.as(f.insider));
    for (const command of [lock, release]) {
      await expect(insider.send(command as PutItemCommand)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringMatching(
          /on resource: \S+table\/locks with an explicit deny in a resource-based policy$/,
        ),
      });
    }
    await new DynamoDBClient(world.asRole(f.otherFunctionRole)).send(lock);
    expect(await world.aws.scanTable('locks')).toEqual([{ id: 'a' }]);
  });

  it('answers to a question about it', async () => {
    const question = { action: 'dynamodb:DeleteItem', resource: locksArn };
    const answers = [f.insider, f.otherFunctionRole].map((principalArn) =>
      world.aws.decide({ ...question, principalArn }),
    );
    expect((await Promise.all(answers)).map(({ allowed }) => allowed)).toEqual([false, true]);
  });
});

describe('the policy of a queue', () => {
  const send = (client: SQSClient) =>
    client.send(new SendMessageCommand({ QueueUrl: f.queueUrl, MessageBody: '{}' }));

  it('keeps out an administrator of the account, and lets the right role in', async () => {
    await expect(send(new SQSClient(world.as(f.insider)))).rejects.toMatchObject({
      message: `User: arn:aws:sts::${f.admin}:assumed-role/administrator/sandbox is not authorized to perform: sqs:sendmessage on resource: ${f.queueArn} with an explicit deny in a resource-based policy`,
    });
    await send(new SQSClient(world.asRole(f.announceRole)));
    expect(world.messages).toHaveLength(1);
  });

  it('lets EventBridge in for its rule, and for no other', async () => {
    const request = { service: 'events.amazonaws.com', action: 'sqs:SendMessage', resourceArn: f.queueArn };
    const answers = [f.ruleArn, `${f.ruleArn}2`].map((sourceArn) =>
      world.aws.decideForService({ ...request, sourceArn }),
    );
    expect((await Promise.all(answers)).map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it.each([
    ['an administrator of the account', f.insider, false],
    ['an administrator of another account', f.outsider, false],
    ['a role that hands over failures', f.announceRole, true],
  ])('answers to a question about it: %s', async (_, principalArn, allowed) => {
    const question = { principalArn, action: 'sqs:SendMessage', resource: f.queueArn };
    expect(await world.aws.decide(question)).toMatchObject({ allowed });
  });
});
