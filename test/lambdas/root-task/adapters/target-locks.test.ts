import { TargetLocks } from '../../../../lambdas/root-task/adapters/target-locks.ts';
import { GivenDynamoDb } from '../../given/dynamodb.ts';

const turnOf = (holder: string, run: string, heldUntil: number) => ({ holder, run, heldUntil });

describe('the turn on a target', () => {
  let dynamodb: GivenDynamoDb;
  let locks: TargetLocks;
  let target: string;
  let count = 0;
  beforeAll(async () => {
    dynamodb = await GivenDynamoDb.withTable('Locks', 'id');
    locks = new TargetLocks(dynamodb.client, 'Locks');
  });
  afterAll(() => dynamodb.close());
  beforeEach(() => {
    count += 1;
    target = `156041421443/bucket-${count}`;
  });

  const held = async () => {
    const turn = await locks.read(target);
    if (turn === null) throw new Error('somebody has the turn');
    return turn;
  };

  it('is nobody\u2019s at first, and then of who takes it', async () => {
    expect(await locks.read(target)).toBeNull();
    expect(await locks.take(target, null, turnOf('a', 'a1', 100))).toBe(true);
    expect(await locks.read(target)).toEqual({ id: `target#${target}`, ...turnOf('a', 'a1', 100) });
  });

  it('is of one of many that take it at once', async () => {
    const takers = Array.from({ length: 20 }, (_, index) => turnOf(`r${index}`, `run${index}`, 100));
    const taken = await Promise.all(takers.map((next) => locks.take(target, null, next)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('passes on from the turn that was read', async () => {
    await locks.take(target, null, turnOf('a', 'a1', 100));
    const next = { ...turnOf('b', 'b1', 200), changedBy: 'a', changedAt: '2026-11-20T10:00:00.000Z' };
    expect(await locks.take(target, await held(), next)).toBe(true);
    expect(await held()).toMatchObject(next);
  });

  it('does not pass on from a turn that was not there', async () => {
    await locks.take(target, null, turnOf('a', 'a1', 100));
    expect(await locks.take(target, null, turnOf('b', 'b1', 200))).toBe(false);
  });

  it('does not pass on where somebody else was faster', async () => {
    await locks.take(target, null, turnOf('a', 'a1', 100));
    const read = await held();
    await locks.take(target, read, turnOf('b', 'b1', 200));
    expect(await locks.take(target, read, turnOf('c', 'c1', 200))).toBe(false);
    expect((await held()).holder).toBe('b');
  });

  it('does not pass on where its run was tried again, under the same id, and took it anew', async () => {
    await locks.take(target, null, turnOf('a', 'a1', 100));
    const read = await held();
    expect(await locks.take(target, read, turnOf('a', 'a1', 160))).toBe(true);
    expect(await locks.take(target, read, turnOf('b', 'b1', 170))).toBe(false);
    expect((await held()).holder).toBe('a');
  });

  it('is not taken back by a run that has lost it', async () => {
    await locks.take(target, null, turnOf('a', 'a1', 100));
    const read = await held();
    await locks.take(target, read, turnOf('b', 'b1', 200));
    expect(await locks.take(target, read, turnOf('a', 'a1', 210))).toBe(false);
  });

  it('is one\u2019s own where the answer was lost and the SDK asks once more', async () => {
    const next = turnOf('a', 'a1', 100);
    await locks.take(target, null, next);
    expect(await locks.take(target, null, next)).toBe(true);
  });

  it('throws what is no answer', async () => {
    const elsewhere = new TargetLocks(dynamodb.client, 'NoSuchTable');
    await expect(elsewhere.take(target, null, turnOf('a', 'a1', 1))).rejects.toThrow();
    await expect(elsewhere.read(target)).rejects.toThrow();
  });
});
