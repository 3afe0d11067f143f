import { entryHash, trailEntry } from '../../contract/trail-entry.ts';

const unsealed = {
  requestId: 'jira/sec-1234/unlock-s3-bucket/156041421443/project-prod-1/2026-11-20T09:58:00.000Z',
  sequence: 2,
  at: '2026-11-20T10:00:00.000Z',
  month: '2026-11',
  by: { function: 'lane', requestId: 'r-1' },
  previousHash: 'a'.repeat(64),
  kind: 'ended',
  ending: 'nothing-to-do',
  code: 'no-policy',
  summary: 'Nothing.',
  remedy: null,
  after: null,
  session: null,
};
const entry = { ...unsealed, hash: entryHash(unsealed) };

describe('the hash of an entry', () => {
  it('is the same with and without the hash in place, and in any order of keys', () => {
    expect(entryHash(entry)).toBe(entry.hash);
    expect(entryHash(Object.fromEntries(Object.entries(entry).reverse()))).toBe(entry.hash);
  });

  it.each(Object.keys(unsealed))('covers %s', (field) => {
    expect(entryHash({ ...entry, [field]: 'another' })).not.toBe(entry.hash);
    const { [field]: _, ...without } = entry as Record<string, unknown>;
    expect(entryHash(without)).not.toBe(entry.hash);
  });
});

describe('an entry', () => {
  it('is read as it was written', () => {
    expect(trailEntry.parse(entry)).toEqual(entry);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a field of another maker', { note: 'x' }],
    ['an unknown kind', { kind: 'approved-by-hand' }],
    ['an unknown ending', { ending: 'approved' }],
    ['an unknown code', { code: 'fine' }],
    ['a sequence of zero', { sequence: 0 }],
    ['a hash in capitals', { hash: 'A'.repeat(64) }],
    ['a time in another offset', { at: '2026-11-20T10:00:00+01:00' }],
  ])('may not have %s', (_, change) => {
    expect(trailEntry.safeParse({ ...entry, ...change }).success).toBe(false);
  });
});
