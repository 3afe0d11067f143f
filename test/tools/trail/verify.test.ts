import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrailEntry } from '../../../contract/trail-entry.ts';
import { type FindingCode, findingCodes } from '../../../tools/trail/findings.ts';
import { checked, digestOf, givenEntries, rechained, resealed } from './given.ts';

let all: TrailEntry[];
let orders: TrailEntry[];
let others: TrailEntry[];
beforeAll(async () => {
  all = await givenEntries();
  orders = all.filter(({ requestId }) => requestId.includes('/orders/'));
  others = all.filter(({ requestId }) => !requestId.includes('/orders/'));
});

const entry = (sequence: number): TrailEntry => {
  const found = orders.find((one) => one.sequence === sequence);
  if (found === undefined) throw new Error(`the chain has an entry ${sequence}`);
  return found;
};
const without = (...sequences: number[]) => orders.filter(({ sequence }) => !sequences.includes(sequence));

describe('a whole trail', () => {
  it('is whole, in whatever order its entries come', () => {
    for (const items of [all, all.toReversed(), [...others, ...orders]]) {
      expect(checked(items, [digestOf(all)])).toMatchObject({
        whole: true,
        entries: 7,
        chains: 3,
        findings: [],
        open: [],
        digests: { first: '2026-11-20', last: '2026-11-20', days: 1 },
      });
    }
  });

  it('may have requests that have not ended: they are named', () => {
    expect(checked([...others, entry(1)])).toMatchObject({
      whole: true,
      open: [{ requestId: entry(1).requestId, sequence: 1, at: entry(1).at }],
    });
  });

  it('without digests does not say that they were compared', () => {
    expect(checked(all).digests).toBeNull();
  });
});

type Tampering = readonly [
  what: string,
  tamper: () => unknown[],
  code: FindingCode,
  sequence: number,
  words: string,
];

/** What is done to the chain of three, and the entry at which it shows. */
const found: Tampering[] = [
  [
    'a changed field',
    () => [entry(1), { ...entry(2), at: '2026-11-20T10:00:09.000Z' }, entry(3)],
    'hash',
    2,
    'changed after it was written',
  ],
  [
    'a changed field deep inside',
    () => [
      { ...entry(1), approval: { ...Reflect.get(entry(1), 'approval'), reason: 'other' } },
      entry(2),
      entry(3),
    ],
    'hash',
    1,
    'changed after it was written',
  ],
  [
    'a field taken away',
    () =>
      [entry(1), entry(2), { ...entry(3), task: undefined }].map((one) => JSON.parse(JSON.stringify(one))),
    'hash',
    3,
    'changed after it was written',
  ],
  [
    'a field put in',
    () => [entry(1), { ...entry(2), note: 'x' }, entry(3)],
    'not-an-entry',
    2,
    'not an entry that rootdesk writes',
  ],
  [
    'a changed entry with a hash to cover it',
    () => [entry(1), resealed({ ...entry(2), at: '2026-11-20T10:00:09.000Z' }), entry(3)],
    'not-bound',
    3,
    'Entry 2 was rewritten',
  ],
  ['the first entry dropped', () => without(1), 'missing', 1, 'is missing although entry 2 is there'],
  ['a middle entry dropped', () => without(2), 'missing', 2, 'is missing although entry 3 is there'],
  ['two entries dropped', () => without(1, 2), 'missing', 1, 'and all up to entry 2'],
  [
    'the first dropped and the others numbered anew',
    () => without(1).map((one) => resealed({ ...one, sequence: one.sequence - 1 })),
    'not-bound',
    1,
    'entries were dropped',
  ],
  [
    'the first dropped and the others chained anew',
    () => rechained(without(1)),
    'wrong-beginning',
    1,
    'approval',
  ],
  [
    'an entry of another chain put in',
    () => [...orders, resealed({ ...others[1], requestId: entry(1).requestId })],
    'twice',
    2,
    'twice',
  ],
  [
    'an entry put in and those behind it numbered anew',
    () => [entry(1), entry(2), resealed({ ...entry(2), sequence: 3 }), { ...entry(3), sequence: 4 }],
    'not-bound',
    3,
    'is not bound to entry 2',
  ],
  [
    'an entry put behind the ending',
    () => rechained([...orders, entry(3)]),
    'behind-an-ending',
    4,
    'stands behind entry 3, which ended the request',
  ],
  [
    'a second approval put in',
    () => rechained([entry(1), entry(1), entry(2), entry(3)]),
    'wrong-beginning',
    2,
    'only begins a chain',
  ],
  [
    'two entries swapped',
    () => [entry(1), { ...entry(3), sequence: 2 }, { ...entry(2), sequence: 3 }],
    'hash',
    2,
    'changed after it was written',
  ],
  [
    'two entries swapped, with hashes to cover them',
    () => [entry(1), resealed({ ...entry(3), sequence: 2 }), resealed({ ...entry(2), sequence: 3 })],
    'not-bound',
    2,
    'is not bound to entry 1',
  ],
  [
    'an ending under refused/',
    () => rechained(orders.map((one) => ({ ...one, requestId: 'refused/x' }))),
    'wrong-refusal',
    1,
    'refusals, and nothing else',
  ],
];

describe('by its chains alone', () => {
  it.each(found)('%s is found and named', (_, tamper, code, sequence, words) => {
    const report = checked([...others, ...tamper()]);
    expect(report.whole).toBe(false);
    const [first] = report.findings;
    expect(first).toMatchObject({ code, sequence, message: expect.stringContaining(words) });
    expect(first?.message).toContain(`entry ${sequence} of ${first?.requestId}`);
  });

  it('every other chain is still checked', () => {
    const both = [...without(2), ...others.map((one) => ({ ...one, at: '2026-11-20T10:00:09.000Z' }))];
    const { findings } = checked(both);
    expect(new Set(findings.map(({ requestId }) => requestId)).size).toBe(3);
  });

  it('a refusal among a request\u2019s entries is found', () => {
    const [refusal] = others.filter(({ kind }) => kind === 'refused');
    const forged = { ...refusal, requestId: entry(1).requestId } as TrailEntry;
    expect(checked(rechained([entry(1), forged])).findings).toMatchObject([
      { code: 'wrong-refusal', sequence: 2 },
    ]);
  });

  it.each([null, 'text', 7, {}, { requestId: 'r' }, []])('an item %j is found by its place', (item) => {
    expect(checked([...all, item]).findings).toMatchObject([
      { code: 'not-an-entry', requestId: null, message: expect.stringContaining('item 8 is not an entry') },
    ]);
  });

  it('an entry that JSON cannot say is found', () => {
    const odd = { ...entry(1), approval: { amount: 12345678901234567890n } };
    expect(checked([odd]).findings).toMatchObject([{ code: 'hash', sequence: 1 }]);
  });
});

describe('only by the digest', () => {
  /** Not to be seen by the chains alone. */
  const hidden: Tampering[] = [
    ['the last entry dropped', () => without(3), 'head-missing', 3, 'the digest of 2026-11-20 has it'],
    ['the last two dropped', () => without(2, 3), 'head-missing', 3, 'the digest of 2026-11-20 has it'],
    ['a whole chain dropped', () => [], 'chain-missing', 3, 'its whole chain'],
    [
      'a whole chain rewritten',
      () => rechained(orders.map((one) => ({ ...one, by: { function: 'forger', requestId: 'f' } }))),
      'head-differs',
      3,
      'rewritten since',
    ],
    [
      'an ending put behind one that was open when the day ended',
      () => orders,
      'not-in-digest',
      3,
      'it was put in later',
    ],
    [
      'a whole chain put in',
      () => [...orders, ...rechained(orders.map((one) => ({ ...one, requestId: 'jira/forged/x' })))],
      'not-in-digest',
      3,
      'it was put in later',
    ],
  ];

  it.each(hidden)('%s is found and named', (what, tamper, code, sequence, words) => {
    const items = [...others, ...tamper()];
    expect(checked(items)).toMatchObject({ whole: true, findings: [] });
    const seen = what.includes('open when') ? [...others, ...without(3)] : all;
    const report = checked(items, [digestOf(seen)]);
    expect(report.whole).toBe(false);
    expect(report.findings).toMatchObject([{ code, sequence, message: expect.stringContaining(words) }]);
  });

  it('a trail that is empty is found, unless the digests are too', () => {
    expect(checked([], [digestOf(all)]).findings).toHaveLength(3);
    expect(checked([], [digestOf([])])).toMatchObject({ whole: true, entries: 0 });
  });

  it('an entry that was unreadable when the digest was made is named', () => {
    const digest = digestOf(all);
    const heads = digest.heads.map((head, index) => (index === 0 ? { ...head, hash: null } : head));
    expect(checked(all, [{ ...digest, heads }]).findings).toMatchObject([{ code: 'head-unread' }]);
  });

  it('a chain that went on after the day is as that day saw it', () => {
    const seen = digestOf([...others, entry(1)]);
    const later = [entry(1), ...rechained([...orders]).slice(1)].map((one, index) =>
      index === 0 ? one : { ...one, at: '2026-11-21T00:00:00.000Z' },
    ) as TrailEntry[];
    expect(checked([...others, ...rechained(later)], [seen])).toMatchObject({ whole: true });
  });
});

describe('digests', () => {
  const days = (...names: string[]) => names.map((day) => digestOf([], day));

  it('that are missing between others are named, month and year ends included', () => {
    const { findings } = checked([], days('2027-01-02', '2026-12-29', '2026-12-30'));
    expect(findings).toMatchObject([
      { code: 'digest-missing', message: expect.stringContaining('2026-12-31') },
      { code: 'digest-missing', message: expect.stringContaining('2027-01-01') },
    ]);
  });

  it('that differ for one day are named, the same one given twice is not', () => {
    const empty = digestOf([]);
    expect(checked([], [empty, empty])).toMatchObject({ whole: true, digests: { days: 1 } });
    expect(checked(all, [empty, digestOf(all)]).findings.map(({ code }) => code)).toContain('digest-twice');
  });
});

it('every finding is explained in the documents', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/trail.md'), 'utf8');
  expect(findingCodes.filter((code) => !text.includes(`| \`${code}\` |`))).toEqual([]);
});
