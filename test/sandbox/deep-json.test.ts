import { deepJson, isDeeperThan } from '../../sandbox/deep-json.ts';

const nested = (levels: number) => '{"a":['.repeat(levels) + 1 + ']}'.repeat(levels);

describe('deepJson', () => {
  it.each([
    '{}',
    '[]',
    '[[],{},null]',
    '{"a":"\\"\\n","b":[1,2,{"c":true}],"":-0.5}',
    '"text"',
    nested(50_000),
  ])('writes back what was read', (text) => {
    expect(deepJson(JSON.parse(text)) === text).toBe(true);
  });
});

it('leaves out members that are undefined', () => {
  expect(deepJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

describe('isDeeperThan', () => {
  it.each([
    ['the limit', '{"a":'.repeat(5) + 1 + '}'.repeat(5), false],
    ['one level more', '{"a":'.repeat(6) + 1 + '}'.repeat(6), true],
    ['many levels of arrays', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, true],
    ['levels below the exception only', `[{"Detail":${nested(50_000)}}]`, false],
  ])('measures %s', (_, text, expected) => {
    expect(isDeeperThan(5, JSON.parse(text), 'Detail')).toBe(expected);
  });
});
