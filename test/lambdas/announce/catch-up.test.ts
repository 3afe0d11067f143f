import { catchUp } from '../../../lambdas/announce/catch-up.ts';
import type { News } from '../../../lambdas/announce/news.ts';
import { logger } from '../../../lambdas/logger.ts';
import type { Listed } from '../../../lambdas/shared/trail.ts';
import { resealed } from '../given/announcing.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const clock = { now: () => now, sleep: async () => {} };
const listed = (requestId: string, kind = 'ended'): Listed => ({ requestId, sequence: 1, at: '', kind });

beforeEach(() => {
  for (const level of ['warn', 'error'] as const) jest.spyOn(logger, level).mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

async function given(list: readonly Listed[]) {
  const { ending } = await givenEnding();
  const { ending: refusal } = await givenEnding(givenEvent({ account: '444444444444' }));
  const told: string[][] = [];
  const spans: string[][] = [];
  const remembered = new Set<string>();
  return {
    told,
    spans,
    remembered,
    parts: {
      clock,
      trail: {
        list: async (since: Date, until: Date) => {
          spans.push([since.toISOString(), until.toISOString()]);
          return [...list];
        },
        get: async (requestId: string, sequence: number) =>
          resealed(requestId.startsWith('refused/') ? refusal : ending, { requestId, sequence }),
      },
      announced: { hashOf: async (entry: string) => (remembered.has(entry) ? 'a hash' : null) },
      tell: async (news: readonly News[]): Promise<readonly News[]> => {
        told.push(news.map(({ mark }) => mark.entry));
        return [];
      },
    },
  };
}

describe('the catch-up', () => {
  it('looks at the last three days, and leaves the last quarter of an hour to the stream', async () => {
    const { parts, spans, told } = await given([]);
    await catchUp(parts);
    expect(spans).toEqual([['2026-11-17T12:00:00.000Z', '2026-11-20T11:45:00.000Z']]);
    expect(told).toEqual([]);
  });

  it('tells what nobody was told, endings first', async () => {
    const { parts, remembered, told } = await given([
      listed('refused/a', 'refused'),
      listed('b'),
      listed('told'),
      listed('step', 'acting'),
    ]);
    remembered.add('told#1');
    await catchUp(parts);
    expect(told).toEqual([['b#1', 'refused/a#1']]);
  });

  it('tells the others where one cannot be looked up, read or told, and throws at the end', async () => {
    const { parts, told } = await given(['a', 'b', 'c', 'd'].map((name) => listed(name)));
    const { get } = parts.trail;
    parts.trail.get = async (requestId, sequence) => {
      if (requestId === 'b') throw new Error('ThrottlingException');
      return get(requestId, sequence);
    };
    parts.announced.hashOf = async (entry) => {
      if (entry === 'a#1') throw new Error('ThrottlingException');
      return null;
    };
    const { tell } = parts;
    parts.tell = async (news) => {
      await tell(news);
      return news.filter(({ mark }) => mark.entry === 'c#1');
    };
    await expect(catchUp(parts)).rejects.toThrow('could not announce 3 endings');
    expect(told).toEqual([['c#1', 'd#1']]);
  });

  it('takes a flood in parts, so that each run gets further', async () => {
    const flood = Array.from({ length: 900 }, (_, index) => listed(`refused/${index}`, 'refused'));
    const { parts, told } = await given(flood);
    await catchUp(parts);
    expect(told.map((part) => part.length)).toEqual([500, 400]);
    expect(told.flat()).toEqual(flood.map(({ requestId }) => `${requestId}#1`));
  });

  it('throws where the trail cannot be listed', async () => {
    const { parts } = await given([]);
    parts.trail.list = () => Promise.reject(new Error('ThrottlingException'));
    await expect(catchUp(parts)).rejects.toThrow('ThrottlingException');
  });
});
