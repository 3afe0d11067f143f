import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { outcomeEvent } from '../../../contract/outcome-event.ts';
import { tellBus } from '../../../lambdas/announce/bus.ts';
import type { News } from '../../../lambdas/announce/news.ts';
import { logger } from '../../../lambdas/logger.ts';
import { GivenDesk, newsOf, resealed } from '../given/announcing.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';
import { answering } from '../given/sent.ts';

const events = new EventBridgeClient({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

beforeEach(() => {
  for (const level of ['info', 'error'] as const) jest.spyOn(logger, level).mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

async function givenNews(count: number): Promise<News[]> {
  const { ending } = await givenEnding(givenEvent({ account: '444444444444' }));
  return Array.from({ length: count }, (_, index) =>
    newsOf(resealed(ending, { requestId: `refused/e-${index}` })),
  );
}

const given = () => {
  const { announced, remembered } = new GivenDesk();
  return { remembered, bus: { announced, events, busName: 'rootdesk', hasTime: () => true } };
};

describe('the bus', () => {
  it('is told each ending once, refusals in a flood too', async () => {
    const sent = answering(EventBridgeClient, () => ({ Entries: [{ EventId: 'e' }] }));
    const { bus, remembered } = given();
    const news = await givenNews(20);
    expect(await tellBus(news, bus)).toEqual([]);
    expect(await tellBus(news, bus)).toEqual([]);
    expect(sent).toHaveLength(20);
    expect(remembered.size).toBe(20);
    for (const { input } of sent) {
      const [entry] = (input as { Entries: { Detail: string }[] }).Entries;
      expect(entry).toMatchObject({
        EventBusName: 'rootdesk',
        Source: 'rootdesk',
        DetailType: 'Root Task Ended',
      });
      outcomeEvent.parse(JSON.parse(entry?.Detail ?? ''));
    }
  });

  it('is told again what it did not take, and what lies behind it at once', async () => {
    let call = 0;
    answering(EventBridgeClient, () => {
      call += 1;
      return {
        Entries: [call === 1 ? { ErrorCode: 'InternalFailure', ErrorMessage: 'no' } : { EventId: 'e' }],
      };
    });
    const { bus, remembered } = given();
    const news = await givenNews(2);
    expect(await tellBus(news, bus)).toEqual(news.slice(0, 1));
    expect([...remembered.keys()]).toEqual(['refused/e-1#1']);
    expect(await tellBus(news, bus)).toEqual([]);
    expect(call).toBe(3);
  });

  it('is told nothing of tampering: that is on-call\u2019s', async () => {
    const sent = answering(EventBridgeClient, () => ({ Entries: [{ EventId: 'e' }] }));
    const mark = { entry: 'stream#1', hash: 'tampering' };
    await tellBus([{ kind: 'tampering', key: 'entry 1 of r', what: 'was removed', mark }], given().bus);
    expect(sent).toEqual([]);
  });
});
