import type { Draft } from '../../../lambdas/shared/trail.ts';
import { givenIndexedTrail } from '../given/table-with-index.ts';

const draft = (at: string, summary = 'Nothing.'): Draft => ({
  kind: 'ended',
  at,
  by: { function: 'lane', requestId: 'r-1' },
  ending: 'nothing-to-do',
  code: 'no-policy',
  summary,
  remedy: null,
  after: null,
  session: null,
});

describe('entries listed by time', () => {
  let given: Awaited<ReturnType<typeof givenIndexedTrail>>;
  beforeEach(async () => {
    given = await givenIndexedTrail();
  });
  afterEach(() => given.close());

  const list = async (since: string, until: string) =>
    (await given.trail.list(new Date(since), new Date(until))).map(({ requestId }) => requestId);

  it('say where an entry is, and what kind it is of', async () => {
    await given.trail.append('r', null, draft('2026-11-20T10:00:00.000Z'));
    expect(await given.trail.list(new Date('2026-11-20'), new Date('2026-11-21'))).toEqual([
      {
        requestId: 'r',
        sequence: 1,
        at: '2026-11-20T10:00:00.000Z',
        kind: 'ended',
        ending: 'nothing-to-do',
        code: 'no-policy',
      },
    ]);
  });

  it('come in the order of time, from the first instant on and before the last', async () => {
    for (const at of ['2026-11-20T00:00:00.000Z', '2026-11-19T23:59:59.999Z', '2026-11-18T00:00:00.000Z'])
      await given.trail.append(at, null, draft(at));
    expect(await list('2026-11-18T00:00:00.000Z', '2026-11-20T00:00:00.000Z')).toEqual([
      '2026-11-18T00:00:00.000Z',
      '2026-11-19T23:59:59.999Z',
    ]);
  });

  it('are found in every month that the span touches, a year\u2019s turn included', async () => {
    const times = ['2026-11-30T23:59:59.999Z', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'];
    for (const at of times) await given.trail.append(at, null, draft(at));
    expect(await list('2026-11-30T23:00:00.000Z', '2027-01-01T00:00:00.001Z')).toEqual(times);
    expect(await list('2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z')).toEqual([times[1]]);
    expect(await list('2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('are all there where they take more than one page', async () => {
    const page = 1024 * 1024;
    const ids = Array.from({ length: 3 }, (_, index) => `r${index}-`.padEnd(2000, 'x'));
    // The index holds little of an entry: many long names fill a page, few entries would not.
    for (let index = 0; index < page / 2000; index += 1)
      await given.put({
        requestId: `a${index}-`.padEnd(2000, 'x'),
        sequence: 1,
        month: '2026-11',
        at: `2026-11-20T10:00:00.${String(index).padStart(3, '0')}Z`,
      });
    for (const id of ids) await given.trail.append(id, null, draft('2026-11-20T11:00:00.000Z'));
    const listed = await list('2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z');
    expect(listed.length).toBe(Math.ceil(page / 2000) + 3);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('are of some kinds only where these are named', async () => {
    const at = '2026-11-20T10:00:00.000Z';
    for (const kind of ['approved', 'acting', 'ended', 'refused'])
      await given.put({ requestId: kind, sequence: 1, month: '2026-11', at, kind });
    const day = [new Date('2026-11-20'), new Date('2026-11-21')] as const;
    const listed = await given.trail.list(...day, ['approved', 'ended']);
    expect(listed.map(({ kind }) => kind).sort()).toEqual(['approved', 'ended']);
  });

  it('are listed beside what rootdesk never wrote', async () => {
    await given.trail.append('r', null, draft('2026-11-20T10:00:00.000Z'));
    await given.put({
      requestId: 'x',
      sequence: 1,
      month: '2026-11',
      at: '2026-11-20T10:00:00.000Z',
      kind: 7,
    });
    expect((await list('2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z')).sort()).toEqual(['r', 'x']);
  });
});
