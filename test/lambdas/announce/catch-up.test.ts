import { type CatchUp, catchUp } from '../../../lambdas/announce/catch-up.ts';
import type { News } from '../../../lambdas/announce/news.ts';
import type { Span } from '../../../lambdas/announce/told-span.ts';
import { logger } from '../../../lambdas/logger.ts';
import type { Listed } from '../../../lambdas/shared/trail.ts';
import { resealed } from '../given/announcing.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const morning = '2026-11-20T09:00:00.000Z';
const listed = (requestId: string, kind = 'ended', at = morning): Listed => ({
  ...{ requestId, sequence: 1, at, kind },
});

/** So many refusals, one every so many seconds before a time; the newest is the first. */
const flood = (count: number, before = morning, seconds = 1) =>
  Array.from({ length: count }, (_, index) =>
    listed(
      `refused/${index}`,
      'refused',
      new Date(Date.parse(before) - index * seconds * 1000).toISOString(),
    ),
  );
const placesOf = (some: readonly Listed[]) => some.map(({ requestId }) => `${requestId}#1`);

beforeEach(() => {
  for (const level of ['warn', 'error'] as const) jest.spyOn(logger, level).mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

async function given(list: readonly Listed[]) {
  const { ending } = await givenEnding();
  const { ending: refusal } = await givenEnding(givenEvent({ account: '444444444444' }));
  const scene = {
    told: [] as string[][],
    looked: [] as string[],
    spans: [] as string[][],
    remembered: new Set<string>(),
    span: null as Span | null,
    /** How many pages, or lists, may still be begun. */
    timeFor: Number.POSITIVE_INFINITY,
    time: now,
    run: async () => catchUp(parts),
  };
  const parts: CatchUp = {
    clock: { now: () => scene.time, sleep: async () => {} },
    hasTime: () => scene.timeFor-- > 0,
    trail: {
      list: async (since, until, kinds = []) => {
        scene.spans.push([...kinds, since.toISOString(), until.toISOString()]);
        return list
          .filter(({ kind }) => kinds.some((one) => one === kind))
          .filter(({ at }) => at >= since.toISOString() && at < until.toISOString())
          .toSorted((a, b) => (a.at < b.at ? -1 : 1));
      },
      get: async (requestId, sequence) =>
        resealed(requestId.startsWith('refused/') ? refusal : ending, { requestId, sequence }),
    },
    announced: {
      hashOf: async (entry) => {
        scene.looked.push(entry);
        return scene.remembered.has(entry) ? 'a hash' : null;
      },
      toldRefusals: async () => scene.span,
      rememberToldRefusals: async (span) => {
        scene.span = span;
      },
    },
    tell: async (news: readonly News[]) => {
      scene.told.push(news.map(({ mark }) => mark.entry));
      for (const { mark } of news) scene.remembered.add(mark.entry);
      return [];
    },
  };
  return { scene, parts: parts as { -readonly [Key in keyof CatchUp]: CatchUp[Key] } };
}

describe('the catch-up', () => {
  it('looks at the last three days, and leaves the last quarter of an hour to the stream', async () => {
    const { scene } = await given([]);
    await scene.run();
    const [endings, newest] = scene.spans;
    expect(endings).toEqual(['ended', '2026-11-17T12:00:00.000Z', '2026-11-20T11:45:00.000Z']);
    expect(newest?.at(-1)).toBe('2026-11-20T11:45:00.000Z');
    expect(scene.spans.at(-1)?.[1]).toBe('2026-11-17T12:00:00.000Z');
    expect(scene.told).toEqual([]);
  });

  it('tells what nobody was told, endings first', async () => {
    const { scene } = await given([
      listed('refused/a', 'refused'),
      listed('b'),
      listed('told'),
      listed('step', 'acting'),
    ]);
    scene.remembered.add('told#1');
    await scene.run();
    expect(scene.told).toEqual([['b#1'], ['refused/a#1']]);
  });

  it('does not even look at accounts of a run: the run speaks for them', async () => {
    const run = 'jira/sec-1/audit-root-credentials/organization/2026-11-20T08:58:00.000Z';
    const { scene } = await given([listed(`${run}/accounts/156041421443`), listed(run)]);
    await scene.run();
    expect(scene.looked).toEqual([`${run}#1`]);
    expect(scene.told).toEqual([[`${run}#1`]]);
  });

  it('tells the others where one cannot be looked up, read or told, and throws at the end', async () => {
    const { parts, scene } = await given([
      ...['a', 'b', 'c', 'd'].map((name) => listed(name)),
      listed('refused/e', 'refused'),
    ]);
    const { announced, tell, trail } = parts;
    parts.trail = {
      ...trail,
      get: async (requestId, sequence) => {
        if (requestId === 'b') throw new Error('ThrottlingException');
        return trail.get(requestId, sequence);
      },
    };
    parts.announced = {
      ...announced,
      hashOf: async (entry) => {
        if (entry === 'a#1') throw new Error('ThrottlingException');
        return null;
      },
    };
    parts.tell = async (news) => {
      await tell(news);
      return news.filter(({ mark }) => mark.entry === 'c#1');
    };
    await expect(scene.run()).rejects.toThrow('could not announce 3 endings');
    expect(scene.told).toEqual([['c#1', 'd#1'], ['refused/e#1']]);
  });

  it('throws where the trail cannot be listed', async () => {
    const { parts, scene } = await given([]);
    parts.trail = { ...parts.trail, list: () => Promise.reject(new Error('ThrottlingException')) };
    await expect(scene.run()).rejects.toThrow('ThrottlingException');
  });
});

describe('a flood of refusals', () => {
  it('is told in parts, the newest first', async () => {
    const refusals = flood(900);
    const { scene } = await given(refusals);
    await scene.run();
    expect(scene.told.map((part) => part.length)).toEqual([500, 400]);
    expect(scene.told.flat()).toEqual(placesOf(refusals));
  });

  it('delays no ending: not one of them is looked at before', async () => {
    const { scene } = await given([...flood(2000), listed('b')]);
    scene.timeFor = 1;
    await scene.run();
    expect(scene.told).toEqual([['b#1']]);
    expect(scene.looked).toEqual(['b#1']);
  });

  it('is not looked at again once it is told, save for the last hour of it', async () => {
    const { scene } = await given(flood(720, '2026-11-20T11:44:59.999Z', 10));
    await scene.run();
    expect(scene.looked).toHaveLength(720);
    scene.looked.length = 0;
    scene.time = new Date('2026-11-20T12:15:00.000Z');
    await scene.run();
    expect(scene.looked).toHaveLength(360);
    expect(scene.told.flat()).toHaveLength(720);
  });

  it('is told to its end by runs that each stop in time, also where most of it is told already', async () => {
    const refusals = flood(10_000);
    const { scene } = await given(refusals);
    for (const place of placesOf(refusals.slice(0, 8000))) scene.remembered.add(place);
    let runs = 0;
    for (; scene.told.flat().length < 2000 && runs < 50; runs += 1) {
      scene.time = new Date(now.getTime() + runs * 15 * 60_000);
      scene.timeFor = 10;
      await scene.run();
    }
    expect(scene.told.flat().sort()).toEqual(placesOf(refusals.slice(8000)).sort());
    expect(runs).toBeLessThan(10);
    expect(logger.warn).toHaveBeenCalledWith(
      'no time is left for older refusals: the next run goes on with them',
      expect.anything(),
    );
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('is gone through anew from where one failed', async () => {
    const { parts, scene } = await given(flood(10));
    const { tell } = parts;
    parts.tell = async (news) => [...news];
    await expect(scene.run()).rejects.toThrow('could not announce 10 endings');
    expect(scene.span).toBeNull();
    parts.tell = tell;
    await scene.run();
    expect(scene.told.flat()).toHaveLength(10);
  });

  it('that a run had no time for leaves what was told before as it was', async () => {
    const { scene } = await given(flood(10));
    const before = {
      from: new Date('2026-11-17T12:00:00.000Z'),
      until: new Date('2026-11-20T08:00:00.000Z'),
    };
    for (const time of [0, 1]) {
      scene.span = before;
      scene.timeFor = time;
      await scene.run();
      expect(scene.span).toBe(before);
    }
  });

  it('is not stopped by a time that is none', async () => {
    const { scene } = await given([...flood(500), listed('refused/x', 'refused', '2026-11-20T08:')]);
    scene.timeFor = 2;
    await scene.run();
    expect(scene.told.flat()).toHaveLength(500);
    expect(scene.span?.from).toEqual(new Date('2026-11-20T11:45:00.000Z'));
  });
});
