import { daysBefore } from '../../../lambdas/digest/days.ts';
import { digestOf, lastOfDay } from '../../../lambdas/digest/digest-of.ts';
import { logger } from '../../../lambdas/logger.ts';
import type { AuditTrail, Draft } from '../../../lambdas/shared/trail.ts';
import { givenIndexedTrail } from '../given/table-with-index.ts';

const acting = (at: string): Draft => ({
  kind: 'acting',
  at,
  by: { function: 'lane', requestId: 'r-1' },
  session: {
    accessKeyId: 'ASIAEXAMPLE',
    taskPolicy: 'S3UnlockBucketPolicy',
    expiresAt: at,
    sourceIdentity: 's',
    sessionName: 'n',
  },
  before: { policy: null, sha256: null },
  intended: { policy: null, sha256: null },
  attempt: 1,
});

const [yesterday] = daysBefore(new Date('2026-11-21T00:10:00.000Z'), 1);
if (yesterday === undefined) throw new Error('there is a day before');

const made = async (trail: Pick<AuditTrail, 'list' | 'get'>, hasTime = () => true) =>
  digestOf(yesterday, await lastOfDay(yesterday, trail), trail, hasTime);

describe('the days before', () => {
  it('are whole days of UTC, newest first, across months and years', () => {
    const days = daysBefore(new Date('2027-01-02T00:00:00.000Z'), 3);
    expect(days.map(({ name }) => name)).toEqual(['2027-01-01', '2026-12-31', '2026-12-30']);
    expect(days[1]).toEqual({
      name: '2026-12-31',
      from: new Date('2026-12-31T00:00:00.000Z'),
      to: new Date('2027-01-01T00:00:00.000Z'),
    });
  });
});

describe('the digest of a day', () => {
  let given: Awaited<ReturnType<typeof givenIndexedTrail>>;
  beforeEach(async () => {
    given = await givenIndexedTrail();
    jest.spyOn(logger, 'error').mockImplementation(() => {});
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await given.close();
  });

  it('has every chain\u2019s last entry of that day, by the chains\u2019 names', async () => {
    const b1 = await given.trail.append('b', null, acting('2026-11-20T00:00:00.000Z'));
    const b2 = await given.trail.append('b', b1, acting('2026-11-20T23:59:59.999Z'));
    await given.trail.append('b', b2, acting('2026-11-21T00:00:00.000Z'));
    const a1 = await given.trail.append('a', null, acting('2026-11-20T12:00:00.000Z'));
    await given.trail.append('older', null, acting('2026-11-19T23:59:59.999Z'));
    expect(await made(given.trail)).toEqual({
      version: 1,
      day: '2026-11-20',
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
      heads: [
        { requestId: 'a', sequence: 1, at: a1.at, hash: a1.hash },
        { requestId: 'b', sequence: 2, at: b2.at, hash: b2.hash },
      ],
      count: 2,
    });
  });

  it('without entries says so', async () => {
    expect(await made(given.trail)).toMatchObject({
      day: '2026-11-20',
      heads: [],
      count: 0,
    });
  });

  it('has the last entry by its place in the chain, not by a clock that ran ahead', async () => {
    const first = await given.trail.append('r', null, acting('2026-11-20T12:00:01.000Z'));
    const second = await given.trail.append('r', first, acting('2026-11-20T12:00:00.000Z'));
    expect((await made(given.trail)).heads).toMatchObject([{ sequence: 2, hash: second.hash }]);
  });

  it('has no hash for what is no entry, and has the others all the same', async () => {
    const good = await given.trail.append('good', null, acting('2026-11-20T12:00:00.000Z'));
    const changed = await given.trail.append('changed', null, acting('2026-11-20T12:00:00.000Z'));
    await given.put({ ...changed, attempt: 2 });
    await given.put({ requestId: 'bogus', sequence: 1, month: '2026-11', at: '2026-11-20T12:00:00.000Z' });
    expect((await made(given.trail)).heads).toMatchObject([
      { requestId: 'bogus', hash: null },
      { requestId: 'changed', hash: null },
      { requestId: 'good', hash: good.hash },
    ]);
    expect(logger.error).toHaveBeenCalledTimes(2);
  });

  it('has no hash for an entry that the index still lists although it is gone', async () => {
    const listed = { requestId: 'r', sequence: 3, at: '2026-11-20T12:00:00.000Z', kind: 'ended' };
    const trail = { list: async () => [listed], get: async () => null };
    expect((await made(trail)).heads).toMatchObject([{ sequence: 3, hash: null }]);
  });

  it('is not made of a part of it where time runs out', async () => {
    const listed = (index: number) => ({ requestId: `r${index}`, sequence: 1, at: '', kind: 'ended' });
    const gets: string[] = [];
    const trail = {
      list: async () => Array.from({ length: 1200 }, (_, index) => listed(index)),
      get: async (requestId: string) => {
        gets.push(requestId);
        return null;
      },
    };
    let times = 2;
    await expect(made(trail, () => times-- > 0)).rejects.toThrow(
      'time ran out with 1000 of 1200 chains of 2026-11-20 read',
    );
    expect(gets).toHaveLength(1000);
    expect((await made(trail)).heads.map(({ requestId }) => requestId)).toEqual(
      Array.from({ length: 1200 }, (_, index) => `r${index}`).sort(),
    );
  });

  it('is not made from a trail that cannot be read', async () => {
    await given.trail.append('r', null, acting('2026-11-20T12:00:00.000Z'));
    const get = () => Promise.reject(new Error('ThrottlingException'));
    const list = given.trail.list.bind(given.trail);
    await expect(made({ list, get })).rejects.toThrow('ThrottlingException');
  });
});
