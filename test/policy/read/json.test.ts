import fc from 'fast-check';
import type { Fault } from '../../../policy/language.ts';
import { readJson } from '../../../policy/read/json.ts';
import { Place } from '../../../policy/read/place.ts';

function read(text: string) {
  const faults: Fault[] = [];
  return { json: readJson(text, new Place(faults)), faults };
}

describe('a text that is no JSON', () => {
  it.each<[string, string, string]>([
    ['', '', 'the text is empty'],
    [' \n', '', 'the text is empty'],
    ['{"a": 1 // one\n}', 'line 1, column 9', 'JSON has no comments'],
    ['{\n  "a": 1,\n  # two\n}', 'line 3, column 3', 'JSON has no comments'],
    ['{\r\n  "a": 1,\r\n}', 'line 3, column 1', 'is the comma before it one too many?'],
    ['[1, 2,]', 'line 1, column 7', 'is the comma before it one too many?'],
    ['{"a": }', 'line 1, column 7', 'expected a value, and found "}"'],
    ['{"a"}', 'line 1, column 5', 'expected a colon, and found "}"'],
    ['{"a": 1 "b": 2}', 'line 1, column 9', 'is a comma missing?'],
    ['[{} {}]', 'line 1, column 5', 'is a comma missing?'],
    ['{"a": [1}', 'line 1, column 9', 'expected a comma or "]", and found "}"'],
    ["{'a': 1}", 'line 1, column 2', 'JSON takes double quotes only'],
    ['{"a": Deny}', 'line 1, column 7', 'texts stand in double quotes'],
    ['{a: 1}', 'line 1, column 2', 'expected a name in double quotes, and found "a:"'],
    ['{"a": $ACCOUNT}', 'line 1, column 7', 'templates filled in'],
    ['{"a": {{ arn }}}', 'line 1, column 8', 'templates filled in'],
    ['{"a": "b\n"}', 'line 1, column 7', 'is not closed on its line'],
    ['{"a": "b', 'line 1, column 7', 'is not closed on its line'],
    ['{"a": "\\d"}', 'line 1, column 7', 'a backslash that stands for nothing'],
    ['{"a": "\t"}', 'line 1, column 7', 'holds a control character'],
    ['{"a": 1', 'line 1, column 8', 'it ends here, where a comma or "}" was expected'],
    ['{"a": 01}', 'line 1, column 7', 'expected a value'],
    ['{} {}', 'line 1, column 4', 'expected the end'],
    ['\ufeff{}', 'line 1, column 1', 'a byte order mark'],
  ])('is told of %j', (text, place, words) => {
    const { faults, json } = read(text);
    expect(json).toBeNull();
    expect(faults).toEqual([{ path: '', message: expect.stringContaining(words) }]);
    expect(faults[0]?.message).toContain(place);
  });

  it('is every text that JSON.parse refuses, and no other', () => {
    const json = fc.json({ maxDepth: 4 });
    // A valid text, of which a piece was cut out, or into which one was put.
    const broken = fc
      .tuple(
        json,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom('', ',', '"', '}', ']', '\\', '1', '-', '.', 'e'),
      )
      .map(([text, at, length, piece]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + piece + text.slice(from + length);
      });
    fc.assert(
      fc.property(fc.oneof(json, broken, fc.string()), (text) => {
        const { faults } = read(text);
        fc.pre(!faults.some(({ message }) => message.startsWith('is there twice')));
        expect(faults.length === 0).toBe(parses(text));
      }),
      { numRuns: 2000 },
    );
  });

  function parses(text: string): boolean {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }
});

describe('a name that is there twice', () => {
  it.each([
    ['in the document', '{"Statement": [], "Statement": [1]}', 'Statement'],
    ['in a statement', '{"Statement": [{}, {"Condition": {}, "Condition": {}}]}', 'Statement[1].Condition'],
    [
      'in a condition',
      '{"Condition": {"Bool": {"aws:MultiFactorAuthPresent": 1, "aws:MultiFactorAuthPresent": 2}}}',
      'Condition.Bool.aws:MultiFactorAuthPresent',
    ],
    ['in two ways to write it', '{"Action": 1, "\\u0041ction": 2}', 'Action'],
    ['as a name of JavaScript', '{"__proto__": 1, "__proto__": 2}', '__proto__'],
  ])('is a fault %s', (_, text, path) => {
    expect(read(text)).toEqual({
      json: null,
      faults: [{ path, message: expect.stringContaining('is there twice') }],
    });
  });

  it('is none in two objects', () => {
    expect(read('[{"a": {"a": 1}}, {"a": 2}]').faults).toEqual([]);
  });
});

describe('a text of great size', () => {
  it('is read to a depth that no policy has', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(read(nested(32)).faults).toEqual([]);
    expect(read(nested(34)).faults).toEqual([
      { path: '[0]'.repeat(33), message: expect.stringContaining('more than 32 levels') },
    ]);
  });

  it('may hold texts of any length', () => {
    for (const part of ['x', '\\n', 'x\\"'])
      expect(read(`{"a": "${part.repeat(3_000_000)}"}`).faults).toEqual([]);
    expect(read(`{${' '.repeat(9_000_000)}"a":${'\n'.repeat(9_000_000)}1}`).faults).toEqual([]);
    expect(read(`{"a": ${'1'.repeat(9_000_000)}}`).faults).toHaveLength(1);
  });
});
