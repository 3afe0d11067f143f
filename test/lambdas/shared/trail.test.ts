import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { entryHash } from '../../../contract/trail-entry.ts';
import { AuditTrail, ChainMovedError, type Draft } from '../../../lambdas/shared/trail.ts';
import { TrailTable } from '../given/table.ts';

const draft = (at = '2026-11-20T10:00:00.000Z'): Draft => ({
  kind: 'ended',
  at,
  by: { function: 'lane', requestId: 'r-1' },
  ending: 'nothing-to-do',
  code: 'no-policy',
  summary: 'Nothing.',
  remedy: null,
  after: null,
  session: null,
  task: undefined,
});

const taken = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

function givenTrail() {
  const table = new TrailTable();
  return { table, trail: new AuditTrail(table.client, 'AuditTrail') };
}

describe('an entry', () => {
  it('is put at the head of its chain, bound to the one before it', async () => {
    const { trail } = givenTrail();
    const first = await trail.append('r', null, draft());
    const second = await trail.append('r', first, draft('2026-12-01T00:00:00.000Z'));
    expect(first).toMatchObject({ requestId: 'r', sequence: 1, previousHash: null, month: '2026-11' });
    expect(second).toMatchObject({ sequence: 2, previousHash: first.hash, month: '2026-12' });
    expect(await trail.read('r')).toEqual([first, second]);
    expect(await trail.get('r', 2)).toEqual(second);
    expect(await trail.get('r', 3)).toBeNull();
  });

  it('is stored as it was hashed', async () => {
    const { table, trail } = givenTrail();
    await trail.append('r', null, draft());
    const [entry] = table.entries;
    expect(entry && entryHash(entry)).toBe(entry?.hash);
  });

  it('whose answer was lost is known for one\u2019s own by its hash', async () => {
    const { table, trail } = givenTrail();
    // The SDK sends the put again, and finds the place taken: by itself.
    table.afterPut = () => {
      throw taken();
    };
    await expect(trail.append('r', null, draft())).resolves.toMatchObject({ sequence: 1 });
    expect(table.entries).toHaveLength(1);
  });

  it('does not take the place of another', async () => {
    const { table, trail } = givenTrail();
    const first = await trail.append('r', null, draft());
    await expect(trail.append('r', null, draft('2026-11-20T10:00:00.001Z'))).rejects.toThrow(ChainMovedError);
    expect(table.entries).toEqual([first]);
  });

  it('that the table does not take is an exception', async () => {
    const { table, trail } = givenTrail();
    table.beforePut = () => {
      throw new Error('ThrottlingException');
    };
    await expect(trail.append('r', null, draft())).rejects.toThrow('ThrottlingException');
  });

  it('that is not of the contract is never written', async () => {
    const { table, trail } = givenTrail();
    await expect(trail.append('r', null, Object.assign(draft(), { note: 'x' }))).rejects.toThrow();
    expect(table.entries).toEqual([]);
  });

  it('that is not of the contract is never read as one', async () => {
    const { table, trail } = givenTrail();
    table.items.push({ requestId: { S: 'r' }, sequence: { N: '1' }, kind: { S: 'approved' } });
    await expect(trail.read('r')).rejects.toThrow();
    await expect(trail.get('r', 1)).rejects.toThrow();
  });
});
