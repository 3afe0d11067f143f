import { type EndedEntry, entryHash, type TrailEntry } from '../../../../contract/trail-entry.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { chainOf, lastChangeOf, TamperedTrailError } from '../../../../lambdas/root-task/steps/chain.ts';
import { GivenBucket } from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenEvent } from '../../given/request.ts';

async function givenEntries(): Promise<readonly [TrailEntry, TrailEntry, TrailEntry]> {
  const given = new GivenLane();
  await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
  const [approved, acting, ended] = given.table.entries;
  if (approved === undefined || acting === undefined || ended === undefined) throw new Error('three entries');
  return [approved, acting, ended];
}

const rehashed = (entry: TrailEntry): TrailEntry => ({ ...entry, hash: entryHash(entry) });

describe('a chain', () => {
  it('is read for what it says', async () => {
    const [approved, acting, ended] = await givenEntries();
    const chain = chainOf('r', [approved, acting, ended]);
    expect(chain).toMatchObject({ approved, lastActing: acting, ended });
    expect(lastChangeOf(chain)).toBe(ended.at);
  });

  it('of nothing says nothing', () => {
    const chain = chainOf('r', []);
    expect(chain).toMatchObject({ approved: null, lastActing: null, ended: null });
    expect(lastChangeOf(chain)).toBeNull();
  });

  it('that was only approved has changed nothing', async () => {
    const [approved] = await givenEntries();
    expect(lastChangeOf(chainOf('r', [approved]))).toBeNull();
  });

  it.each(['gave-up', 'stopped'] as const)(
    'that ended from afar (%s) changed what its last attempt did',
    async (code) => {
      const [approved, acting, ended] = await givenEntries();
      if (ended.kind !== 'ended') throw new Error('the last entry is the ending');
      const afar: EndedEntry = { ...ended, ending: 'failed', code, at: '2026-11-20T11:00:00.000Z' };
      const chain = { ...chainOf('r', [approved, acting]), ended: afar };
      expect(lastChangeOf(chain)).toBe(acting.at);
      expect(lastChangeOf({ ...chain, lastActing: null })).toBeNull();
    },
  );

  type Chain = Awaited<ReturnType<typeof givenEntries>>;
  it.each<[string, (chain: Chain) => TrailEntry[]]>([
    ['a changed field', ([a, b, c]) => [a, { ...b, at: '2026-11-20T10:00:01.000Z' }, c]],
    ['a field taken away', ([{ task: _, ...a }, b, c]) => [a as TrailEntry, b, c]],
    ['a missing first entry', ([, b, c]) => [b, c]],
    ['a missing entry in the middle', ([a, , c]) => [a, c]],
    ['two entries in the wrong order', ([a, b, c]) => [a, c, b]],
    [
      'an entry rewritten with its hash',
      ([a, b, c]) => [a, rehashed({ ...b, at: '2026-11-20T10:00:01.000Z' }), c],
    ],
    ['a rewritten first entry', ([a, b, c]) => [rehashed({ ...a, month: '2026-12' }), b, c]],
    ['an entry of another chain', ([a, b, c]) => [a, b, rehashed({ ...c, previousHash: a.hash })]],
    ['an entry twice', ([a, b, c]) => [a, a, b, c]],
    ['an entry of another place', ([a, b, c]) => [a, b, rehashed({ ...c, sequence: 4 })]],
  ])('with %s is not believed', async (_, tamper) => {
    const chain = await givenEntries();
    expect(() => chainOf('r', tamper(chain))).toThrow(TamperedTrailError);
  });
});
