import { inOrder } from '../../../lambdas/announce/in-order.ts';
import { logger } from '../../../lambdas/logger.ts';
import { givenRecord } from '../given/records.ts';

const batch = (...sequenceNumbers: string[]) => ({
  Records: sequenceNumbers.map((sequenceNumber, index) =>
    givenRecord({ requestId: 'r', sequence: index + 1 }, { sequenceNumber }),
  ),
});

beforeEach(() => jest.spyOn(logger, 'error').mockImplementation(() => {}));
afterEach(() => jest.restoreAllMocks());

describe('a batch', () => {
  it('is announced one record after the other', async () => {
    const told: string[] = [];
    const answer = await inOrder(batch('10', '11', '12'), async ({ dynamodb }) => {
      const number = dynamodb?.SequenceNumber ?? '';
      told.push(`${number} begins`);
      await Promise.resolve();
      told.push(`${number} ends`);
    });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(told).toEqual(['10 begins', '10 ends', '11 begins', '11 ends', '12 begins', '12 ends']);
  });

  it('stops at the first that fails, and names it', async () => {
    const told: unknown[] = [];
    const answer = await inOrder(batch('10', '11', '12'), async ({ dynamodb }) => {
      told.push(dynamodb?.SequenceNumber);
      if (dynamodb?.SequenceNumber === '11') throw new Error('Throttling');
    });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '11' }] });
    expect(told).toEqual(['10', '11']);
  });

  it('comes again whole where the failed record has no number', async () => {
    const answer = await inOrder({ Records: [{}] }, () => Promise.reject(new Error('no')));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '' }] });
  });

  it('of nothing is nothing', async () => {
    expect(await inOrder({ Records: [] }, () => Promise.reject(new Error('no')))).toEqual({
      batchItemFailures: [],
    });
  });
});
