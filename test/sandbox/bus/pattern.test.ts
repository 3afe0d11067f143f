import { parseKeepingDuplicates } from '../../../sandbox/bus/json-members.ts';
import { compilePattern } from '../../../sandbox/bus/pattern.ts';

/** How EventBridge's own matcher (aws/event-ruler) answered: pattern of `a`, event, whether it matches. */
const measured: [pattern: unknown, event: unknown, matches: boolean][] = [
  [['x'], { a: 'x' }, true],
  [['x'], { a: ['x', 'y'] }, true],
  [['x'], { a: 'X' }, false],
  [[1], { a: 1.0 }, true],
  [[1], { a: '1' }, false],
  [[null], { a: null }, true],
  [[{ 'anything-but': ['x'] }], {}, false],
  [[{ 'anything-but': ['x'] }], { a: [] }, false],
  [[{ 'anything-but': ['x'] }], { a: { b: 'y' } }, false],
  [[{ 'anything-but': ['x'] }], { a: ['x'] }, false],
  [[{ 'anything-but': ['x'] }], { a: null }, true],
  [[{ 'anything-but': ['x'] }], { a: 1 }, true],
  [[{ 'anything-but': ['x'] }], { a: true }, true],
  [[{ 'anything-but': ['x'] }], { a: 'X' }, true],
  [[{ 'anything-but': ['x'] }], { a: ['x', 'y'] }, true],
  [[{ 'anything-but': { 'equals-ignore-case': ['x'] } }], { a: 'X' }, false],
  [[{ exists: false }], {}, true],
  [[{ exists: false }], { a: [] }, true],
  [[{ exists: false }], { a: { b: 'y' } }, true],
  [[{ exists: false }], { a: null }, false],
  [[{ exists: true }], { a: null }, true],
  [[{ exists: true }], { a: [] }, false],
  [{ t: [{ exists: false }] }, { a: 'text' }, true],
  [{ t: [{ exists: false }] }, {}, true],
  [{ t: ['x'] }, { a: [{ t: 'x' }, { t: 'y' }] }, true],
  [
    { t: ['x'], u: ['y'] },
    {
      a: [
        { t: 'x', u: 'n' },
        { t: 'n', u: 'y' },
      ],
    },
    false,
  ],
  [
    { t: ['x'], u: ['y'] },
    {
      a: [
        { t: 'n', u: 'y' },
        { t: 'x', u: 'y' },
      ],
    },
    true,
  ],
  [[{ 'equals-ignore-case': 'Root' }], { a: 'rOOT' }, true],
  [[{ wildcard: 'Root*Approved' }], { a: 'Root Task Approved' }, true],
  [[{ wildcard: 'Root*Approved' }], { a: 'Root Task Approved!' }, false],
  [[{ exists: false }, { 'anything-but': ['x'] }], {}, true],
  [[{ exists: false }, { 'anything-but': ['x'] }], { a: 'y' }, true],
  [[{ exists: false }, { 'anything-but': ['x'] }], { a: ['x', 'y'] }, true],
  [[{ exists: false }, { 'anything-but': ['x'] }], { a: 'x' }, false],
];

test.each(measured)('%j answers %j with %s', (pattern, event, matches) => {
  expect(compilePattern({ a: pattern })(event)).toBe(matches);
});

const further: [pattern: Record<string, unknown>, event: unknown, matches: boolean][] = [
  [{ a: ['x'], b: ['y'] }, { a: 'x', b: 'n' }, false],
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'n', b: 'y' }, true],
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'n', b: 'n' }, false],
  [{ c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'x' }, false],
  [{ a: [{ prefix: 'Root' }] }, { a: 'Root Task' }, true],
  [{ a: [{ prefix: { 'equals-ignore-case': 'ROOT' } }] }, { a: 'root task' }, true],
  [{ a: [{ suffix: 'Task' }] }, { a: 'Root Task' }, true],
  [{ a: [{ 'anything-but': { prefix: ['aws.', 'x'] } }] }, { a: 'aws.s3' }, false],
  [{ a: [{ 'anything-but': { suffix: '-state' } }] }, { a: 'tf-state' }, false],
  [{ a: [{ 'anything-but': 7 }] }, { a: 7 }, false],
  [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
  [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 6 }, false],
];

test.each(further)('%j answers %j with %s', (pattern, event, matches) => {
  expect(compilePattern(pattern)(event)).toBe(matches);
});

test('of a key that is given twice, both values count', () => {
  const event = parseKeepingDuplicates('{"a": "x", "b": [1, {"c": "\\"}"}], "a": "y"}');

  expect(compilePattern({ a: ['x'] })(event)).toBe(true);
  expect(compilePattern({ a: ['y'] })(event)).toBe(true);
  expect(compilePattern({ b: { c: ['"}'] } })(event)).toBe(true);
  expect(compilePattern({ a: ['z'] })(event)).toBe(false);
});

test.each([
  [{ a: [{ cidr: '10.0.0.0/8' }] }, 'does not know the pattern operator cidr'],
  [{ a: [{ 'anything-but': { cidr: 'x' } }] }, 'does not know the pattern operator anything-but of cidr'],
  [{ a: [{ numeric: ['~', 1] }] }, 'does not know the pattern operator numeric ~'],
  [{ a: [{ prefix: 'x', suffix: 'y' }] }, 'expected one operator'],
  [{ a: [] }, 'an empty list matches nothing'],
  [{ a: 'x' }, 'expected a list of values'],
  [{}, 'expected a field'],
  [{ $or: [{ a: ['x'] }] }, 'at least two patterns'],
  [{ a: [{ wildcard: 'x**y' }] }, 'does not model the wildcard'],
])('%j is refused', (pattern, problem) => {
  expect(() => compilePattern(pattern)).toThrow(problem);
});

test('a pattern of more than 2048 characters is refused', () => {
  expect(() => compilePattern({ a: ['x'.repeat(2038)] })).not.toThrow();
  expect(() => compilePattern({ a: ['x'.repeat(2039)] })).toThrow('EventBridge takes 2048');
});
