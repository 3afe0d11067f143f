import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { Announced } from '../../../lambdas/announce/announced.ts';
import { GivenDynamoDb } from '../given/dynamodb.ts';

let dynamodb: GivenDynamoDb;
let time = Date.parse('2026-11-20T10:00:00.000Z');
const clock = { now: () => new Date(time), sleep: async () => {} };
const on = (channel: 'on-call' | 'bus') => new Announced(dynamodb.client, 'Announced', channel, clock);

beforeAll(async () => {
  dynamodb = await GivenDynamoDb.withTable('Other', 'id');
  await dynamodb.client.send(
    new CreateTableCommand({
      TableName: 'Announced',
      AttributeDefinitions: [
        { AttributeName: 'entry', AttributeType: 'S' },
        { AttributeName: 'channel', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'entry', KeyType: 'HASH' },
        { AttributeName: 'channel', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
});
afterAll(() => dynamodb.close());

describe('what was announced', () => {
  it('is remembered for its channel alone', async () => {
    const mark = { entry: 'r#3', hash: 'a'.repeat(64) };
    expect(await on('on-call').has(mark)).toBe(false);
    await on('on-call').add(mark);
    expect(await on('on-call').has(mark)).toBe(true);
    expect(await on('bus').has(mark)).toBe(false);
  });

  it('is that entry, and no other in its place', async () => {
    await on('bus').add({ entry: 'forged#3', hash: 'a'.repeat(64) });
    expect(await on('bus').has({ entry: 'forged#3', hash: 'b'.repeat(64) })).toBe(false);
    expect(await on('bus').hashOf('forged#3')).toBe('a'.repeat(64));
    expect(await on('bus').hashOf('forged#4')).toBeNull();
  });

  it('is forgotten after 60 days, by DynamoDB', async () => {
    await on('bus').add({ entry: 'r#9', hash: 'a'.repeat(64) });
    const Key = marshall({ entry: 'r#9', channel: 'bus' });
    const { Item } = await dynamodb.client.send(new GetItemCommand({ TableName: 'Announced', Key }));
    expect(Item).toMatchObject({
      at: { S: '2026-11-20T10:00:00.000Z' },
      expiration: { N: String(Date.parse('2027-01-19T10:00:00.000Z') / 1000) },
    });
  });

  it('of refusals is remembered as a span of time, for its channel alone', async () => {
    const span = { from: new Date('2026-11-17T12:00:00.000Z'), until: new Date('2026-11-20T11:45:00.000Z') };
    expect(await on('bus').toldRefusals()).toBeNull();
    await on('bus').rememberToldRefusals(span);
    expect(await on('bus').toldRefusals()).toEqual(span);
    expect(await on('on-call').toldRefusals()).toBeNull();
  });

  it('of refusals is nothing where that span cannot be understood', async () => {
    const Item = marshall({ entry: 'told-refusals', channel: 'on-call', from: 'yesterday' });
    await dynamodb.client.send(new PutItemCommand({ TableName: 'Announced', Item }));
    expect(await on('on-call').toldRefusals()).toBeNull();
  });

  it('that cannot be read is an exception, not a no', async () => {
    const elsewhere = new Announced(dynamodb.client, 'NoSuchTable', 'bus', clock);
    await expect(elsewhere.has({ entry: 'r#3', hash: 'a' })).rejects.toThrow();
    await expect(elsewhere.add({ entry: 'r#3', hash: 'a' })).rejects.toThrow();
  });
});

describe('a count', () => {
  it('answers how many there were before, in this window of five minutes', async () => {
    expect(await on('on-call').countInWindow('refusals', 3)).toBe(0);
    expect(await on('on-call').countInWindow('refusals', 2)).toBe(3);
    expect(await on('on-call').countInWindow('others', 1)).toBe(0);
    time += 5 * 60_000 - 1;
    expect(await on('on-call').countInWindow('refusals', 1)).toBe(5);
    time += 1;
    expect(await on('on-call').countInWindow('refusals', 1)).toBe(0);
  });

  it('counts what comes at once, each once', async () => {
    const before = await Promise.all(
      Array.from({ length: 20 }, () => on('on-call').countInWindow('at once', 1)),
    );
    expect(before.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
});
