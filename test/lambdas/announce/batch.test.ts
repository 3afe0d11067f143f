import type { TrailEntry } from '../../../contract/trail-entry.ts';
import { entryHash } from '../../../contract/trail-entry.ts';
import { takeBatch } from '../../../lambdas/announce/batch.ts';
import type { News } from '../../../lambdas/announce/news.ts';
import { givenRecord, givenTrail } from '../given/records.ts';

const trailOf = (entries: readonly TrailEntry[]) => ({
  get: async (requestId: string, sequence: number) =>
    entries.find((entry) => entry.requestId === requestId && entry.sequence === sequence) ?? null,
});

async function givenBatch() {
  const entries = await givenTrail();
  const Records = entries.map((entry, index) => givenRecord(entry, { sequenceNumber: `1${index}` }));
  return { batch: { Records }, entries, trail: trailOf(entries) };
}

describe('a batch', () => {
  it('is told of what ends, not of the steps before', async () => {
    const { batch, trail } = await givenBatch();
    const told: News[] = [];
    const answer = await takeBatch(batch, trail, async (news) => {
      told.push(...news);
      return [];
    });
    expect(told).toMatchObject([{ kind: 'ended', mark: { entry: expect.stringMatching(/#3$/) } }]);
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it('names to Lambda what failed', async () => {
    const { batch, trail } = await givenBatch();
    const again = givenRecord({ requestId: 'r', sequence: 1 }, { sequenceNumber: '20' });
    const records = { Records: [...batch.Records, again] };
    const answer = await takeBatch(records, trail, async (news) => news.slice(1));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '20' }] });
  });

  it('comes again whole where the failed record has no number', async () => {
    const answer = await takeBatch({ Records: [{}] }, trailOf([]), async (news) => news);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '' }] });
  });

  it('comes again where the trail cannot be looked into, and nothing is told of it', async () => {
    const { batch } = await givenBatch();
    const told: News[] = [];
    const broken = { get: async () => Promise.reject(new Error('throttled')) };
    const answer = await takeBatch(batch, broken, async (news) => {
      told.push(...news);
      return [];
    });
    expect(told).toEqual([]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '12' }] });
  });
});

describe('a record of an ending that the trail does not hold', () => {
  const toldOf = async (trail: ReturnType<typeof trailOf>) => {
    const { batch } = await givenBatch();
    const told: News[] = [];
    await takeBatch(batch, trail, async (news) => {
      told.push(...news);
      return [];
    });
    return told;
  };

  it('is told as tampering, not as an ending', async () => {
    const [told, ...others] = await toldOf(trailOf([]));
    expect(told).toMatchObject({
      kind: 'tampering',
      what: 'is gone, and an announcer was handed an ending in its place',
      mark: { entry: expect.stringMatching(/^not-in-trail#/) },
    });
    expect(others).toEqual([]);
  });

  it('nor one that differs from what the trail holds, though its hash covers it', async () => {
    const entries = await givenTrail();
    const changed = entries.map((entry) => {
      const other = { ...entry, at: '2026-11-20T10:00:09.000Z' };
      return { ...other, hash: entryHash(other) };
    });
    expect(await toldOf(trailOf(changed))).toMatchObject([
      { kind: 'tampering', what: expect.stringContaining('is another in the trail') },
    ]);
  });
});
