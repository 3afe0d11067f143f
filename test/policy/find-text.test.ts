import fc from 'fast-check';
import { globMatches } from '../../policy/evaluate/glob.ts';
import { findText } from '../../policy/search/find-text.ts';

const found = (...all: string[][]) => findText({ all, none: [] });

test.each([
  ['a literal', [['abc']], 'abc'],
  ['what two patterns share', [['admin-*'], ['*-prod']], 'admin-prod'],
  ['where they overlap', [['ab*'], ['*bc']], 'abc'],
  [
    'a member of each list',
    [
      ['x', 'role/a*'],
      ['y', '*b'],
    ],
    'role/ab',
  ],
  ['one character for ?', [['a?']], 'ax'],
  ['nothing for a star', [['*']], ''],
])('finds %s', (_, all, text) => {
  expect(found(...all)).toBe(text);
});

test.each([
  ['two literals', [['a'], ['b']]],
  ['patterns with other beginnings', [['admin-*'], ['deploy-*']]],
  ['a pattern that is too long for the other', [['a??'], ['a?']]],
])('says that there is none for %s', (_, all) => {
  expect(found(...all)).toBeNull();
});

test('finds a text outside of patterns', () => {
  expect(findText({ all: [['role/*']], none: ['role/*'] })).toBeNull();
  const outside = findText({ all: [['role/?*']], none: ['role/a*', 'role/x'] });
  expect(outside).toMatch(/^role\/[^a]/);
  expect(outside).not.toBe('role/x');
});

const globs = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 }), {
  minLength: 1,
  maxLength: 2,
});

test('what it finds matches each list and none of the others, and what it does not find is not there', () => {
  fc.assert(
    fc.property(fc.array(globs, { minLength: 1, maxLength: 3 }), globs, (all, none) => {
      const matches = (text: string) =>
        all.every((list) => list.some((glob) => globMatches(glob, text))) &&
        !none.some((glob) => globMatches(glob, text));
      const text = findText({ all, none });
      if (typeof text === 'string') expect(matches(text)).toBe(true);
      else if (text === null) expect(textsUpTo(6).filter(matches)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function textsUpTo(length: number): string[] {
  let texts = [''];
  const all = [...texts];
  for (let at = 0; at < length; at += 1) {
    texts = texts.flatMap((text) => ['a', 'b', 'x'].map((character) => text + character));
    all.push(...texts);
  }
  return all;
}
