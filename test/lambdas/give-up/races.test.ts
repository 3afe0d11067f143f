import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import type { Context } from 'aws-lambda';
import { giveUp } from '../../../lambdas/give-up/give-up.ts';
import { DeliveryLock } from '../../../lambdas/root-task/adapters/delivery-lock.ts';
import type { Lane } from '../../../lambdas/root-task/lane.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { receiptOf } from '../../../lambdas/root-task/receipt.ts';
import { ChainMovedError } from '../../../lambdas/shared/trail.ts';
import { GivenBucket } from '../given/bucket.ts';
import { GivenDynamoDb } from '../given/dynamodb.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent, givenRequest } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';
import { strict } from '../given/strict.ts';

const failed = { event: givenEvent(), lastError: 'TimeoutError: no answer' };
const gaveUp = (given: GivenLane, change: Partial<Lane> = {}) =>
  giveUp(failed, 'unlock-s3-bucket', { ...given.lane, ...change });

describe('a request that moves while it is given up', () => {
  it.each([
    ['ended', 2],
    ['announced a change', 1],
  ])('has %s: nothing is written over that, and the message comes again', async (_, seen) => {
    const given = new GivenLane();
    await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
    const before = structuredClone(given.table.entries);
    const trail = strict<Lane['trail']>('trail', {
      read: async (id) => (await given.trail.read(id)).slice(0, seen),
      get: (id, sequence) => given.trail.get(id, sequence),
      append: (...entry) => given.trail.append(...entry),
    });
    await expect(gaveUp(given, { trail })).rejects.toThrow(ChainMovedError);
    expect(given.table.entries).toEqual(before);
  });
});

describe('a request whose lock', () => {
  let dynamodb: GivenDynamoDb;
  beforeAll(async () => {
    dynamodb = await GivenDynamoDb.withTable('Locks', 'id');
  });
  afterAll(() => dynamodb.close());

  function givenLock(expiresAfterSeconds = 3600) {
    const lock = new DeliveryLock(dynamodb.client, 'Locks', expiresAfterSeconds);
    lock.registerInvocation(strict<Context>('context', { getRemainingTimeInMillis: () => 50_000 }));
    return lock;
  }

  it('is held by a run is not given up, nor is one that never was begun refused', async () => {
    const given = new GivenLane();
    const request = givenRequest();
    await givenLock()
      .holding(request, async () => {
        await expect(gaveUp(given, { deliveryLock: givenLock() })).rejects.toThrow(
          IdempotencyAlreadyInProgressError,
        );
        await claimedBy(request, given.lane);
        await expect(gaveUp(given, { deliveryLock: givenLock() })).rejects.toThrow(
          IdempotencyAlreadyInProgressError,
        );
        throw new Error('the run dies');
      })
      .catch(() => undefined);
    expect(given.kinds).toEqual(['approved']);
    const receipt = await gaveUp(given, { deliveryLock: givenLock() });
    expect(receipt).toMatchObject({ code: 'gave-up' });
    const again = await carryOut(givenEvent({ id: 'e2' }), new GivenBucket(given).task, {
      ...given.lane,
      deliveryLock: givenLock(),
    });
    expect(again).toEqual(receipt);
    const [, ended] = given.table.entries;
    expect(ended?.kind === 'ended' && receiptOf(ended)).toEqual(receipt);
  });
});
