import { duration, milliseconds } from '../../contract/duration.ts';

describe('a duration', () => {
  it.each([
    ['PT24H', 86_400_000],
    ['P1D', 86_400_000],
    ['P1DT2H3M4S', 93_784_000],
    ['PT90M', 5_400_000],
    ['PT0S', 0],
    ['P7D', 604_800_000],
  ])('%s is %i milliseconds', (text, expected) => {
    expect(duration.parse(text)).toBe(text);
    expect(milliseconds(text)).toBe(expected);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '24H',
    'PT24',
    'P1M',
    'P1Y',
    'P1W',
    'PT1.5H',
    'PT-1H',
    '-P1D',
    'pt24h',
    'PT24H\n',
  ])('%j is none', (text) => {
    expect(duration.safeParse(text).success).toBe(false);
    expect(() => milliseconds(text)).toThrow(RangeError);
  });
});
