import { marshall } from '@aws-sdk/util-dynamodb';
import type { TrailEntry } from '../../../contract/trail-entry.ts';
import { itemsIn } from '../../../tools/trail/items.ts';
import { checked, givenEntries } from './given.ts';

let entries: TrailEntry[];
beforeAll(async () => {
  entries = await givenEntries();
});

const lines = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).join('\n');
const marshalled = () => entries.map((entry) => marshall(entry, { removeUndefinedValues: true }));

describe('entries', () => {
  it.each<[string, () => string]>([
    ['a list', () => JSON.stringify(entries)],
    ['what the sandbox answers', () => JSON.stringify({ organization: {}, trail: entries }, null, 2)],
    ['lines', () => `${lines(entries)}\n`],
    ['the lines of an export', () => lines(marshalled().map((Item) => ({ Item })))],
    ['the answer of a scan', () => JSON.stringify({ Items: marshalled(), Count: 7, ScannedCount: 7 })],
  ])('are read from %s', (_, text) => {
    const items = itemsIn(text(), 'x.json');
    expect(items).toEqual(JSON.parse(JSON.stringify(entries)));
    expect(checked(items)).toMatchObject({ whole: true, entries: 7 });
  });

  it('may be one, or none', () => {
    expect(itemsIn(JSON.stringify(entries[0]), 'x')).toHaveLength(1);
    expect(itemsIn(JSON.stringify({ Item: marshalled()[0] }), 'x')).toHaveLength(1);
    for (const nothing of ['[]', '', '\n\n', '{"trail":[]}', '{"Items":[]}'])
      expect(itemsIn(nothing, 'x')).toEqual([]);
  });

  it('that DynamoDB cannot have written are left for the check to name', () => {
    const items = itemsIn('{"Item":{"requestId":{"S":"r"},"sequence":{"X":"1"}}}\n{"Item":7}', 'x');
    expect(checked(items).findings).toHaveLength(2);
  });

  it.each([
    ['{"a":1}', 'holds no entries'],
    ['null', 'holds no entries'],
    ['7', 'holds no entries'],
    ['{"requestId":"r"}\n{"requestId":', 'line 2 is not JSON'],
    ['hello', 'line 1 is not JSON'],
    ['[{"trail":[]},{"trail":[]}]', 'several stories'],
    ['{"Items":[],"LastEvaluatedKey":{"a":{"S":"b"}}}', 'only one page'],
    ['{"Items":[],"NextToken":"x"}', 'only one page'],
  ])('are not read from %s', (text, words) => {
    expect(() => itemsIn(text, 'x.json')).toThrow(words);
  });
});
