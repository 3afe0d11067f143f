import { outcomeOf } from '../../../lambdas/announce/outcome.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';

describe('the outcome event', () => {
  it('of an unlock says what the ticket system needs, and where to look', async () => {
    const { ending } = await givenEnding();
    expect(outcomeOf(ending)).toEqual({
      requestId: ending.requestId,
      ticket: givenEvent().detail.ticket,
      task: 'unlock-s3-bucket',
      target: givenEvent().detail.target,
      accountId: '156041421443',
      ending: 'succeeded',
      code: 'unlocked',
      summary: ending.summary,
      remedy: ending.remedy,
      diagnosis: expect.objectContaining({ verdict: 'locks-some' }),
      endedAt: ending.at,
      entryHash: ending.hash,
    });
  });

  it('of a refusal names the request it spoke of', async () => {
    const { ending } = await givenEnding(givenEvent({ account: '444444444444' }));
    expect(outcomeOf(ending)).toMatchObject({
      requestId: expect.stringMatching(/^jira\/sec-1234/),
      ending: 'refused',
    });
  });

  it('of an event that could not be read says nothing that was not read', async () => {
    const { ending } = await givenEnding({ id: 'e1' });
    expect(outcomeOf(ending)).toMatchObject({
      requestId: 'refused/e1',
      ticket: null,
      task: null,
      target: null,
      accountId: null,
    });
  });
});
