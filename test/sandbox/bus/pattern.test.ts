import { readEventFields } from '../../../sandbox/bus/event-fields.ts';
import { compilePattern } from '../../../sandbox/bus/pattern.ts';

const deep = (levels: number, inside: string) => '{"a":'.repeat(levels) + inside + '}'.repeat(levels);

/** The answers of aws/event-ruler 2.0.1: the pattern, the event's text, and whether it matches. */
const answersOfEventRuler: [pattern: object, event: string, matches: boolean][] = [
  [{ a: ['x'] }, '{"a":"x"}', true],
  [{ a: ['x'] }, '{"a":["x","y"]}', true],
  [{ a: ['x'] }, '{"a":"X"}', false],
  [{ a: ['x'], b: ['y'] }, '{"a":"x","b":"n"}', false],
  [{ a: ['x'] }, '{"a":"x","a":"y"}', true],
  [{ a: ['x'] }, '{"a":"y","a":"x"}', true],
  [{ a: ['x'] }, '{"a":"y","a":"z"}', false],
  [{ b: { c: ['"}'] } }, '{"b":[1,{"c":"\\"}"}]}', true],
  [{ a: [null] }, '{"a":null}', true],
  [{ a: [true] }, '{"a":"true"}', false],

  // Numbers
  [{ a: [1] }, '{"a":1.0}', true],
  [{ a: [1] }, '{"a":"1"}', false],
  [{ a: [100] }, '{"a":1e2}', true],
  [{ a: [0.1] }, '{"a":0.1000000000000000055}', false],
  [{ a: [0] }, '{"a":-0.0}', true],
  [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, '{"a":5}', true],
  [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, '{"a":6}', false],
  [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, '{"a":0}', false],
  [{ a: [{ numeric: ['>=', 1] }] }, '{"a":9007199254740993}', false],
  [{ a: [{ numeric: ['>=', 1] }] }, '{"a":1e400}', false],

  // Text
  [{ a: [{ prefix: 'Root' }] }, '{"a":"Root Task"}', true],
  [{ a: [{ prefix: { 'equals-ignore-case': 'ROOT' } }] }, '{"a":"root task"}', true],
  [{ a: [{ suffix: 'Task' }] }, '{"a":"Root Task"}', true],
  [{ a: [{ suffix: { 'equals-ignore-case': 'TASK' } }] }, '{"a":"Root Task"}', true],
  [{ a: [{ 'equals-ignore-case': 'Root' }] }, '{"a":"rOOT"}', true],
  [{ a: [{ 'equals-ignore-case': 'k' }] }, '{"a":"\u212a"}', false],
  [{ a: [{ wildcard: 'Root*Approved' }] }, '{"a":"Root Task Approved"}', true],
  [{ a: [{ wildcard: 'Root*Approved' }] }, '{"a":"Root Task Approved!"}', false],
  [{ a: [{ wildcard: 'x*x' }] }, '{"a":"x"}', false],
  [{ a: [{ wildcard: '*x*y*' }] }, '{"a":"axbyc"}', true],
  [{ a: [{ wildcard: '*x*y*' }] }, '{"a":"aybxc"}', false],
  [{ a: [{ wildcard: 'x\\*y' }] }, '{"a":"x*y"}', true],
  [{ a: [{ wildcard: 'x\\*y' }] }, '{"a":"xay"}', false],

  // anything-but
  [{ a: [{ 'anything-but': ['x'] }] }, '{}', false],
  [{ a: [{ 'anything-but': ['x'] }] }, '{"a":[]}', false],
  [{ a: [{ 'anything-but': ['x'] }] }, '{"a":{"b":"y"}}', false],
  [{ a: [{ 'anything-but': ['x'] }] }, '{"a":["x"]}', false],
  [{ a: [{ 'anything-but': ['x'] }] }, '{"a":null}', true],
  [{ a: [{ 'anything-but': ['x'] }] }, '{"a":1}', true],
  [{ a: [{ 'anything-but': ['x'] }] }, '{"a":"X"}', true],
  [{ a: [{ 'anything-but': ['x'] }] }, '{"a":["x","y"]}', true],
  [{ a: [{ 'anything-but': 7 }] }, '{"a":7.0}', false],
  [{ a: [{ 'anything-but': [7, 8] }] }, '{"a":"7"}', true],
  [{ a: [{ 'anything-but': { 'equals-ignore-case': ['x'] } }] }, '{"a":"X"}', false],
  [{ a: [{ 'anything-but': { prefix: ['aws.', 'x'] } }] }, '{"a":"aws.s3"}', false],
  [{ a: [{ 'anything-but': { suffix: '-state' } }] }, '{"a":"tf-state"}', false],
  [{ a: [{ 'anything-but': { wildcard: ['a*c'] } }] }, '{"a":"abc"}', false],
  [{ a: [{ exists: false }, { 'anything-but': ['x'] }] }, '{"a":["x","y"]}', true],
  [{ a: [{ exists: false }, { 'anything-but': ['x'] }] }, '{"a":"x"}', false],

  // exists
  [{ a: [{ exists: false }] }, '{}', true],
  [{ a: [{ exists: false }] }, '{"a":[]}', true],
  [{ a: [{ exists: false }] }, '{"a":{"b":"y"}}', true],
  [{ a: [{ exists: false }] }, '{"a":null}', false],
  [{ a: [{ exists: true }] }, '{"a":null}', true],
  [{ a: [{ exists: true }] }, '{"a":[]}', false],
  [{ a: { t: [{ exists: false }] } }, '{"a":"text"}', true],

  // Elements of one array
  [{ a: { t: ['x'] } }, '{"a":[{"t":"x"},{"t":"y"}]}', true],
  [{ a: { t: ['x'], u: ['y'] } }, '{"a":[{"t":"x","u":"n"},{"t":"n","u":"y"}]}', false],
  [{ a: { t: ['x'], u: ['y'] } }, '{"a":[{"t":"n","u":"y"},{"t":"x","u":"y"}]}', true],
  [{ a: { t: ['x'], u: [{ exists: false }] } }, '{"a":[{"t":"x"},{"u":"y"}]}', true],
  [{ a: { t: ['x'], u: [{ exists: false }] } }, '{"a":[{"t":"x","u":"n"},{"t":"y"}]}', false],
  [{ a: { t: ['x'], u: [{ exists: false }] } }, '{"a":[[{"t":"x"}],[{"u":"y"}]]}', true],
  [{ a: { t: [{ exists: false }], u: ['y'] } }, '{"a":[{"t":"x"},{"u":"y"}]}', false],
  [{ a: { t: [{ exists: false }], u: [{ exists: false }] } }, '{"a":[{"t":"x"}]}', false],
  [{ a: { t: ['x'] }, b: { u: ['y'] } }, '{"a":[{"t":"n"},{"t":"x"}],"b":[{"u":"y"}]}', true],

  // Keys with dots
  [{ a: { t: ['x'] } }, '{"a.t":"x"}', true],
  [{ 'a.t': ['x'] }, '{"a":{"t":"x"}}', true],
  [{ a: { t: [{ exists: false }] } }, '{"a.t":"x"}', false],
  [{ a: { t: { u: ['x'] } } }, '{"a.t":[{"u":"x"}]}', true],
  [{ a: { t: ['x'] } }, '{"a":{"":"n","t":"x"}}', true],
  [{ a: { t: ['x'] } }, '{"":{"a.t":"x"}}', false],

  // $or
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, '{"a":"n","b":"y"}', true],
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, '{"a":"n","b":"n"}', false],
  [{ c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, '{"a":"x"}', false],
];

describe('compilePattern', () => {
  it.each(answersOfEventRuler)('answers as event-ruler when %j meets %s: %s', (pattern, event, matches) => {
    expect(compilePattern(pattern)(readEventFields(event))).toBe(matches);
  });

  it('takes an event as an object', () => {
    expect(compilePattern({ a: [{ numeric: ['<', 2] }] })({ a: [3, 1] })).toBe(true);
  });

  it.each([
    [{ a: [{ cidr: '10.0.0.0/8' }] }, 'does not know the pattern operator cidr'],
    [{ a: ['10.0.0.1'] }, 'does not model the address "10.0.0.1"'],
    [{ a: ['::1'] }, 'does not model the address "::1"'],
    [{ a: [{ 'anything-but': { cidr: 'x' } }] }, 'does not know the pattern operator cidr'],
    [{ a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }] }, '"prefix" expects text'],
    [{ a: [{ 'anything-but': ['x', 7] }] }, '"anything-but" expects texts, or numbers, and no mixture'],
    [{ a: [{ 'anything-but': [] }] }, '"anything-but" expects texts'],
    [{ a: [{ 'anything-but': { prefix: [] } }] }, '"anything-but" of prefix expects text'],
    [{ a: [{ 'anything-but': [null] }] }, '"anything-but" expects texts'],
    [{ a: [{ wildcard: { 'equals-ignore-case': 'x' } }] }, 'does not know the pattern operator wildcard'],
    [{ a: [{ toString: 'x' }] }, 'does not know the pattern operator toString'],
    [{ a: [{ numeric: ['~', 1] }] }, '"numeric" does not take ["~",1]'],
    [{ a: [{ numeric: ['<', 5, '>', 0] }] }, '"numeric" expects a range'],
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, '"numeric" expects a range'],
    [{ a: [{ numeric: ['>', 0, '<', 5, '<', 9] }] }, '"numeric" expects a range'],
    [{ a: [9_007_199_254_740_992] }, 'does not model the number'],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, 'expects one operator'],
    [{ a: [{}] }, 'expects one operator'],
    [{ a: [['x']] }, 'expected a value'],
    [{ a: [] }, 'an empty list matches nothing'],
    [{ a: 'x' }, 'expected a list of values'],
    [{ a: { b: ['x'] }, 'a.b': ['y'] }, 'the path a.b is there more than once'],
    [{ a: ['x'], $or: [{ a: ['y'] }, { b: ['y'] }] }, 'the path a is there more than once'],
    [{}, 'expected a field'],
    [['x'], 'expected an object'],
    [{ $or: [{ a: ['x'] }] }, 'at least two patterns'],
    [{ $or: [['x'], { b: ['y'] }] }, '"$or" expects patterns'],
    [{ $or: [{ a: { prefix: ['x'] } }, { b: ['y'] }] }, '"prefix" cannot be a field inside "$or"'],
    [{ a: [{ wildcard: 'x**y' }] }, 'does not take the wildcard'],
    [{ a: [{ wildcard: 'x\\y' }] }, 'does not take the wildcard'],
    [{ a: [{ wildcard: '*a*a*a*a*a*' }] }, 'does not model more than 5 "*"'],
  ])('refuses %j', (pattern, problem) => {
    expect(() => compilePattern(pattern)).toThrow(problem);
  });

  it('refuses a pattern when it has more than 2048 characters', () => {
    expect(() => compilePattern({ a: ['x'.repeat(2038)] })).not.toThrow();
    expect(() => compilePattern({ a: ['x'.repeat(2039)] })).toThrow('EventBridge takes 2048');
  });

  it('refuses a pattern when its $or make a thousand combinations', () => {
    const either = { $or: ['x', 'y'].map((key) => ({ [key]: ['z'] })) };
    const of = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, one) => [one, either]));

    expect(() => compilePattern(of(9))).not.toThrow();
    expect(() => compilePattern(of(10))).toThrow('more combinations');
  });
});

describe('readEventFields', () => {
  it.each([
    ['nested objects', deep(100_000, '"x"')],
    ['nested arrays', `{"a":${'['.repeat(1000)}${']'.repeat(1000)},"b":1}`],
    ['text full of escapes', JSON.stringify({ a: '\\"\n'.repeat(300_000) })],
    ['spaces', `{"a":${' '.repeat(1_000_000)}1}`],
  ])('goes through many %s without a stack', (_, json) => {
    expect(readEventFields(json).size).toBe(1);
  });
});
