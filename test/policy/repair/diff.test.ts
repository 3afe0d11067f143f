import fc from 'fast-check';
import { lineDiff } from '../../../policy/repair/diff.ts';

const text = (...lines: readonly string[]) => lines.join('\n');
const numbered = (count: number) => Array.from({ length: count }, (_, place) => `line ${place + 1}`);

test('nothing differs from itself', () => {
  expect(lineDiff('a\nb', 'a\nb')).toBe('');
});

test('a changed line is shown with three lines around it', () => {
  const before = numbered(9);
  expect(lineDiff(text(...before), text(...before.with(4, 'new'))).split('\n')).toEqual([
    '@@ -2,7 +2,7 @@',
    ...[' line 2', ' line 3', ' line 4', '-line 5', '+new', ' line 6', ' line 7', ' line 8'],
  ]);
});

test('changes far from each other are shown apart, near ones together', () => {
  const before = numbered(30);
  const after = before.with(1, 'new').toSpliced(20, 1).toSpliced(25, 0, 'more');
  expect(
    lineDiff(text(...before), text(...after))
      .split('\n')
      .filter((line) => /^[@+-]/.test(line)),
  ).toEqual(['@@ -1,5 +1,5 @@', '-line 2', '+new', '@@ -18,12 +18,12 @@', '-line 21', '+more']);
});

/** What `patch` would do. */
function applied(before: string, diff: string): string {
  const left = before.split('\n');
  const after: string[] = [];
  let at = 1;
  const copyTo = (line: number) => {
    for (; at < line; at += 1) after.push(left[at - 1] ?? '');
  };
  for (const line of diff === '' ? [] : diff.split('\n')) {
    const hunk = /^@@ -(\d+),\d+ \+(\d+),\d+ @@$/.exec(line);
    if (hunk !== null) {
      copyTo(Number(hunk[1]));
      expect(after.length + 1).toBe(Number(hunk[2]));
    } else if (line.startsWith('+')) {
      after.push(line.slice(1));
    } else {
      expect(line.slice(1)).toBe(left[at - 1]);
      if (line.startsWith(' ')) after.push(line.slice(1));
      at += 1;
    }
  }
  copyTo(left.length + 1);
  return after.join('\n');
}

test('a diff turns the one text into the other', () => {
  const some = fc.array(fc.constantFrom('{', '}', 'a', 'b'), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(some, some, (before, after) => {
      const diff = lineDiff(text(...before), text(...after));
      expect(applied(text(...before), diff)).toBe(text(...after));
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('no more is shown as changed than is', () => {
  const before = numbered(1500);
  const after = before.toSpliced(100, 1).toSpliced(1400, 0, 'a', 'b');
  const changed = lineDiff(text(...before), text(...after)).match(/^[+-]/gm);
  expect(changed).toHaveLength(3);
});
