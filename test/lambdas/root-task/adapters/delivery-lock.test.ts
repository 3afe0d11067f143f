import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import {
  DeliveryLock,
  lockSeconds,
  OtherDetailError,
} from '../../../../lambdas/root-task/adapters/delivery-lock.ts';
import { GivenDynamoDb } from '../../given/dynamodb.ts';
import { givenRequest, givenSettings } from '../../given/request.ts';
import { strict } from '../../given/strict.ts';

const receipt = { requestId: 'r', sequence: 3, ending: 'succeeded', code: 'unlocked', entryHash: 'h' };
const unexpected = () => Promise.reject(new Error('nobody expected a run'));

describe('the delivery lock', () => {
  let dynamodb: GivenDynamoDb;
  let lock: DeliveryLock;
  let count = 0;
  beforeAll(async () => {
    dynamodb = await GivenDynamoDb.withTable('Locks', 'id');
  });
  afterAll(() => dynamodb.close());
  beforeEach(() => {
    lock = givenLock();
    count += 1;
  });

  function givenLock(remaining = 50_000): DeliveryLock {
    const made = new DeliveryLock(dynamodb.client, 'Locks', 3600);
    made.registerInvocation(strict<Context>('context', { getRemainingTimeInMillis: () => remaining }));
    return made;
  }

  const another = (changes: Record<string, unknown> = {}) =>
    givenRequest({ 'detail.ticket.id': `SEC-${count}`, ...changes });

  it('answers what the run answers, and does not run again for a further delivery', async () => {
    expect(await lock.holding(another(), async () => receipt)).toEqual(receipt);
    expect(await lock.holding(another(), unexpected)).toEqual(receipt);
  });

  it('lets one of many deliveries run', async () => {
    let runs = 0;
    const run = async () => {
      runs += 1;
      return receipt;
    };
    const deliveries = Array.from({ length: 20 }, () => givenLock().holding(another(), run));
    const settled = await Promise.allSettled(deliveries);
    expect(runs).toBe(1);
    for (const delivery of settled) {
      if (delivery.status === 'rejected')
        expect(delivery.reason).toBeInstanceOf(IdempotencyAlreadyInProgressError);
      else expect(delivery.value).toEqual(receipt);
    }
  });

  it('is given back by a run that throws, and throws what the run threw', async () => {
    const broken = new Error('SlowDown');
    await expect(lock.holding(another(), () => Promise.reject(broken))).rejects.toBe(broken);
    expect(await lock.holding(another(), async () => receipt)).toEqual(receipt);
  });

  it.each([1, 0, -5])('lapses with the invocation that took it, with %i ms left', async (remaining) => {
    const never = new Promise<typeof receipt>(() => {});
    const abandoned = givenLock(remaining);
    let began = () => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    void abandoned.holding(another(), () => {
      began();
      return never;
    });
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(lock.holding(another(), async () => receipt)).resolves.toEqual(receipt);
  });

  it('notices another detail under the same request', async () => {
    await lock.holding(another(), async () => receipt);
    const changed = another({ 'detail.reason': 'another' });
    await expect(lock.holding(changed, unexpected)).rejects.toThrow(OtherDetailError);
  });

  it('does not mind the order of keys', async () => {
    await lock.holding(another(), async () => receipt);
    const { envelope, ...rest } = another();
    const detail = Object.fromEntries(Object.entries(Object(envelope.detail)).reverse());
    expect(await lock.holding({ ...rest, envelope: { ...envelope, detail } }, unexpected)).toEqual(receipt);
  });
});

describe('lockSeconds', () => {
  it.each([
    ['PT1H', 25 * 3600],
    ['P7D', 8 * 86_400],
  ])('is a day longer than an approval may live: %s', (approvalMaxAge, expected) => {
    expect(lockSeconds(givenSettings({ approvalMaxAge }))).toBe(expected);
  });
});

describe('a delivery lock that Powertools is told to leave open', () => {
  afterEach(() => {
    Reflect.deleteProperty(process.env, 'POWERTOOLS_IDEMPOTENCY_DISABLED');
  });

  it.each(['true', '1', 'yes'])('refuses to work (%s)', (value) => {
    Reflect.set(process.env, 'POWERTOOLS_IDEMPOTENCY_DISABLED', value);
    expect(() => new DeliveryLock(new DynamoDBClient({}), 'Locks', 3600)).toThrow(
      /refusing to work unlocked/,
    );
  });
});
