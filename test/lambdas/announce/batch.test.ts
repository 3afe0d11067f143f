import { takeBatch } from '../../../lambdas/announce/batch.ts';
import type { News } from '../../../lambdas/announce/news.ts';
import { givenRecord, givenTrail } from '../given/records.ts';

async function givenBatch() {
  const entries = await givenTrail();
  return { Records: entries.map((entry, index) => givenRecord(entry, { sequenceNumber: `1${index}` })) };
}

describe('a batch', () => {
  it('is told of what ends, not of the steps before', async () => {
    const told: News[] = [];
    const answer = await takeBatch(await givenBatch(), async (news) => {
      told.push(...news);
      return [];
    });
    expect(told).toMatchObject([{ kind: 'ended', mark: { entry: expect.stringMatching(/#3$/) } }]);
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it('names to Lambda what failed', async () => {
    const batch = await givenBatch();
    const again = givenRecord({ requestId: 'r', sequence: 1 }, { sequenceNumber: '20' });
    const answer = await takeBatch({ Records: [...batch.Records, again] }, async (news) => news.slice(1));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '20' }] });
  });

  it('comes again whole where the failed record has no number', async () => {
    const answer = await takeBatch({ Records: [{}] }, async (news) => news);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '' }] });
  });
});
