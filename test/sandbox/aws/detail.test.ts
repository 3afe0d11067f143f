import { isDetail } from '../../../sandbox/aws/services/events/detail.ts';

const nested = (levels: number) => '{"a":'.repeat(levels) + 1 + '}'.repeat(levels);
const lists = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('isDetail', () => {
  it.each([
    ['an object', '{}'],
    ['a thousand levels of objects', nested(1000)],
    ['a thousand levels with arrays', lists(999)],
    ['many objects side by side', `{"a":[${Array(2000).fill('{}').join()}]}`],
    ['brackets in text', JSON.stringify({ [`"${'{['.repeat(2000)}`]: '{'.repeat(2000) })],
    ['the largest integer', '{"a":9223372036854775807}'],
    ['the smallest integer', '{"a":[-9223372036854775808]}'],
    ['a large number that is no integer', '{"a":1e300,"b":9223372036854775808.5}'],
    ['digits in text', '{"99999999999999999999":"99999999999999999999"}'],
  ])('takes %s', (_, text) => {
    expect(isDetail(text)).toBe(true);
  });

  it.each([
    ['a list', '[]'],
    ['text', '"a"'],
    ['null', 'null'],
    ['what is not JSON', '{'],
    ['1,001 levels of objects', nested(1001)],
    ['1,001 levels with arrays', lists(1000)],
    ['a hundred thousand levels', nested(100_000)],
    ['an integer beyond 64 bits', '{"a":9223372036854775808}'],
    ['a negative integer beyond 64 bits', '{"a":[{"b":-9223372036854775809}]}'],
    ['a number of more than a thousand digits', `{"a":0.${'1'.repeat(1000)}}`],
  ])('refuses %s', (_, text) => {
    expect(isDetail(text)).toBe(false);
  });
});
