import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { GivenBucket } from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenEvent } from '../../given/request.ts';

const inAccount = async (account: string) => {
  const given = new GivenLane();
  const event = givenEvent({ 'detail.target.accountId': account });
  return { receipt: await carryOut(event, new GivenBucket(given).task, given.lane), given };
};

describe('the account in which rootdesk runs', () => {
  it('is never a target: the approval is refused and recorded, and nothing is opened', async () => {
    const { given, receipt } = await inAccount('222222222222');
    expect(receipt).toMatchObject({ ending: 'refused', code: 'own-account' });
    expect(given.happened).toEqual(['record refused']);
    expect(given.table.entries[0]).toMatchObject({
      reasons: [
        { code: 'own-account', path: 'detail.target', message: expect.stringContaining('222222222222') },
      ],
    });
  });

  it('is told from every other', async () => {
    const { receipt } = await inAccount('222222222223');
    expect(receipt).toMatchObject({ ending: 'succeeded' });
  });
});
