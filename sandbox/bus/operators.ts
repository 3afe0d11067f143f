import { matchesWildcard } from '../wildcard.ts';
import type { Leaf } from './leaves.ts';
import { type Comparison, compareNumbers } from './numeric.ts';

/** A pattern holds something that this matcher does not know: refused when the world starts. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

export type Test = (leaf: Leaf) => boolean;

/** What one alternative of a field demands: a leaf that passes a test, or that there is no leaf at all. */
export type Alternative = { readonly absent: true } | { readonly absent: false; readonly test: Test };

const onText =
  (test: (text: string) => boolean): Test =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

const textOf = (argument: unknown, operator: string): string => {
  if (typeof argument === 'string' && argument !== '') return argument;
  throw new PatternError(`"${operator}" expects text, found ${JSON.stringify(argument)}`);
};

const sameIgnoringCase = (a: string) => onText((b) => a.toLowerCase() === b.toLowerCase());

/** `{"prefix": "a"}` and `{"prefix": {"equals-ignore-case": "a"}}`. */
function edge(argument: unknown, operator: string, test: (text: string, edge: string) => boolean): Test {
  if (typeof argument === 'object' && argument !== null) {
    const [[inner, text] = [], ...more] = Object.entries(argument);
    if (inner !== 'equals-ignore-case' || more.length > 0) throw unknownOperator(`${operator} of ${inner}`);
    const expected = textOf(text, operator).toLowerCase();
    return onText((found) => test(found.toLowerCase(), expected));
  }
  const expected = textOf(argument, operator);
  return onText((found) => test(found, expected));
}

function wildcard(argument: unknown): Test {
  const pattern = textOf(argument, 'wildcard');
  if (pattern.includes('**') || pattern.includes('\\')) {
    throw new PatternError(`the sandbox does not model the wildcard ${JSON.stringify(pattern)}`);
  }
  return onText((text) => matchesWildcard(pattern, text));
}

const textOperators: Readonly<Record<string, (argument: unknown) => Test>> = {
  'equals-ignore-case': (argument) => sameIgnoringCase(textOf(argument, 'equals-ignore-case')),
  prefix: (argument) => edge(argument, 'prefix', (text, start) => text.startsWith(start)),
  suffix: (argument) => edge(argument, 'suffix', (text, end) => text.endsWith(end)),
  wildcard,
};

function anythingBut(argument: unknown): Test {
  if (typeof argument === 'object' && argument !== null && !Array.isArray(argument)) {
    const [[operator, values] = [], ...more] = Object.entries(argument);
    const make = operator === undefined ? undefined : textOperators[operator];
    if (make === undefined || more.length > 0) throw unknownOperator(`anything-but of ${operator}`);
    const excluded = [values].flat().map(make);
    return (leaf) => !excluded.some((test) => test(leaf));
  }
  const excluded: unknown[] = [argument].flat();
  if (
    excluded.length === 0 ||
    excluded.some((value) => typeof value !== 'string' && typeof value !== 'number')
  ) {
    throw new PatternError(`"anything-but" expects text or numbers, found ${JSON.stringify(argument)}`);
  }
  return (leaf) => !excluded.includes(leaf);
}

function numeric(argument: unknown): Test {
  if (!Array.isArray(argument) || argument.length === 0 || argument.length % 2 === 1) {
    throw new PatternError(
      `"numeric" expects pairs such as [">", 0, "<=", 5], found ${JSON.stringify(argument)}`,
    );
  }
  const comparisons = Array.from({ length: argument.length / 2 }, (_, index) => {
    const [operator, bound] = argument.slice(index * 2);
    const compare = compareNumbers[operator as Comparison];
    if (compare === undefined || typeof bound !== 'number') throw unknownOperator(`numeric ${operator}`);
    return (value: number) => compare(value, bound);
  });
  return (leaf) => typeof leaf === 'number' && comparisons.every((holds) => holds(leaf));
}

const unknownOperator = (operator: string) =>
  new PatternError(`the sandbox does not know the pattern operator ${operator}`);

/** One member of a field's list: a literal, or an object with one operator. */
export function alternativeOf(member: unknown): Alternative {
  if (typeof member !== 'object' || member === null)
    return { absent: false, test: (leaf) => leaf === member };
  const [[operator, argument] = [], ...more] = Object.entries(member);
  if (operator === undefined || more.length > 0) {
    throw new PatternError(`expected one operator, found ${JSON.stringify(member)}`);
  }
  if (operator === 'exists') {
    if (typeof argument !== 'boolean') throw new PatternError('"exists" expects true or false');
    return argument ? { absent: false, test: () => true } : { absent: true };
  }
  if (operator === 'anything-but') return { absent: false, test: anythingBut(argument) };
  if (operator === 'numeric') return { absent: false, test: numeric(argument) };
  const make = textOperators[operator];
  if (make === undefined) throw unknownOperator(operator);
  return { absent: false, test: make(argument) };
}
