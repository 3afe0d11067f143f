import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as f from './fixture.ts';

let world: f.World;
let product: DynamoDBClient;
let administrator: DynamoDBClient;
beforeEach(async () => {
  world = await f.startWorld();
  product = new DynamoDBClient(world.asRole(f.functionRole));
  administrator = new DynamoDBClient(world.as(f.insider));
});
afterEach(() => world.aws.close());

const key = { requestId: { S: 'jira/1' }, sequence: { N: '1' } };
const item = {
  ...key,
  accountId: { S: f.member },
  body: { M: { list: { L: [{ BOOL: true }, { NULL: true }] } } },
};
const put = (more: object = {}) =>
  new PutItemCommand({
    TableName: 'trail',
    Item: item,
    ConditionExpression: 'attribute_not_exists(requestId)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ...more,
  });

it('puts, gets and queries, the index too', async () => {
  await product.send(put());
  const got = await product.send(new GetItemCommand({ TableName: 'trail', Key: key, ConsistentRead: true }));
  expect(got.Item).toEqual(item);
  const byAccount = await product.send(
    new QueryCommand({
      TableName: 'trail',
      IndexName: 'by-account',
      KeyConditionExpression: 'accountId = :a',
      ExpressionAttributeValues: { ':a': { S: f.member } },
    }),
  );
  expect(byAccount.Items).toEqual([item]);
  expect(await world.aws.scanTable('trail')).toEqual([
    { requestId: 'jira/1', sequence: 1, accountId: f.member, body: { list: [true, null] } },
  ]);
});

it('takes the table by its ARN', async () => {
  await product.send(put({ TableName: f.tableArn }));
  expect(await world.aws.scanTable('trail')).toHaveLength(1);
});

it('answers a failed condition with the item that is there', async () => {
  await product.send(put());
  await expect(product.send(put())).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    Item: item,
  });
});

it('lets one of many racing puts win', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => product.send(put())));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(world.changes).toHaveLength(1);
});

it('tells each change with its images, and no change as none', async () => {
  const locks = { TableName: 'locks', Key: { id: { S: 'a' } } };
  const set = new UpdateItemCommand({
    ...locks,
    UpdateExpression: 'SET #v = :v',
    ExpressionAttributeNames: { '#v': 'v' },
    ExpressionAttributeValues: { ':v': { N: '2' } },
  });
  await administrator.send(
    new PutItemCommand({ TableName: 'locks', Item: { id: { S: 'a' }, v: { N: '1' } } }),
  );
  await administrator.send(set);
  await administrator.send(set);
  await administrator.send(new DeleteItemCommand(locks));
  await administrator.send(new DeleteItemCommand(locks));
  expect(
    world.changes.map(({ eventName, keys, oldImage, newImage }) => [eventName, keys, oldImage, newImage]),
  ).toEqual([
    ['INSERT', { id: { S: 'a' } }, null, { id: { S: 'a' }, v: { N: '1' } }],
    ['MODIFY', { id: { S: 'a' } }, { id: { S: 'a' }, v: { N: '1' } }, { id: { S: 'a' }, v: { N: '2' } }],
    ['REMOVE', { id: { S: 'a' } }, { id: { S: 'a' }, v: { N: '2' } }, null],
  ]);
});

it('tells racing changes one after the other, each from where the last one left', async () => {
  const add = new UpdateItemCommand({
    TableName: 'locks',
    Key: { id: { S: 'a' } },
    UpdateExpression: 'ADD hits :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  await Promise.all(Array.from({ length: 10 }, () => administrator.send(add)));
  const images = world.changes.map(({ oldImage, newImage }) => [oldImage?.hits, newImage?.hits]);
  const hits = (count: number) => (count === 0 ? undefined : { N: String(count) });
  expect(images).toEqual(Array.from({ length: 10 }, (_, index) => [hits(index), hits(index + 1)]));
});

it('refuses what no identity policy allows', async () => {
  await expect(
    product.send(new GetItemCommand({ TableName: 'locks', Key: { id: { S: 'a' } } })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
    message: `User: arn:aws:sts::${f.admin}:assumed-role/unlock-function/unlock is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:${f.region}:${f.admin}:table/locks because no identity-based policy allows the dynamodb:GetItem action`,
  });
});

it.each([f.insider, `arn:aws:iam::${f.admin}:root`])(
  'lets %s neither update nor delete an entry',
  async (who) => {
    await product.send(put());
    const client = new DynamoDBClient(world.as(who));
    const denied = /with an explicit deny in a resource-based policy$/;
    const change = new UpdateItemCommand({
      TableName: 'trail',
      Key: key,
      UpdateExpression: 'REMOVE accountId',
    });
    await expect(client.send(change)).rejects.toThrow(denied);
    await expect(client.send(new DeleteItemCommand({ TableName: 'trail', Key: key }))).rejects.toThrow(
      denied,
    );
    expect(await world.aws.scanTable('trail')).toHaveLength(1);
  },
);

it('knows no table of another name, Region or account', async () => {
  const get = new GetItemCommand({ TableName: 'trail', Key: key });
  for (const client of [
    new DynamoDBClient(world.as(f.insider, 'us-east-1')),
    new DynamoDBClient(world.as(f.outsider)),
  ]) {
    await expect(client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  }
});

it('passes on what the engine refuses', async () => {
  await expect(product.send(put({ Item: { requestId: { S: 'a' } } }))).rejects.toMatchObject({
    name: 'ValidationException',
    $metadata: { httpStatusCode: 400 },
  });
});

it('says that it does not model transactions', async () => {
  await expect(
    administrator.send(new TransactWriteItemsCommand({ TransactItems: [] })),
  ).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'the sandbox does not model dynamodb:TransactWriteItems',
  });
});
