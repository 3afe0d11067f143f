import type { FieldValue } from './event-fields.ts';
import { JsonNumber } from './json-number.ts';

/** A pattern holds something that EventBridge refuses or this matcher does not know: refused when the world starts. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

export type Test = (value: FieldValue) => boolean;

/** What one alternative of a field demands: a leaf that passes a test, or that there is no leaf at all. */
export type Alternative = { readonly absent: true } | { readonly absent: false; readonly test: Test };

const onText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Every character in its lower or its upper case, each by itself. Source: aws/event-ruler, EqualsIgnoreCaseParser. */
function ignoringCase(text: string): string {
  if (/[\ud800-\udfff]/.test(text)) {
    throw new PatternError(`the sandbox does not model the case of ${JSON.stringify(text)}`);
  }
  return Array.from(text, (one) => `(?:${escaped(one.toLowerCase())}|${escaped(one.toUpperCase())})`).join(
    '',
  );
}

/** `*` for any characters, `\*` and `\\` for themselves. Source: aws/event-ruler, WildcardParser. */
function wildcard(pattern: string): (text: string) => boolean {
  const tokens = pattern.match(/\\[*\\]|[^\\]/gs) ?? [];
  if (pattern.includes('**') || tokens.join('') !== pattern) {
    throw new PatternError(`EventBridge does not take the wildcard ${JSON.stringify(pattern)}`);
  }
  const parts = [''];
  for (const one of tokens) {
    if (one === '*') parts.push('');
    else parts.push(`${parts.pop()}${one.replace(/^\\/, '')}`);
  }
  // AWS was seen to take 5 asterisks with a repeated letter between them, and to refuse 10 as "too complex".
  if (parts.length > 6)
    throw new PatternError(`the sandbox does not model more than 5 "*" in ${JSON.stringify(pattern)}`);
  return (text) => holdsInOrder(parts, text);
}

/** The first part begins the text, the last one ends it, and the others lie between them one behind the other. */
function holdsInOrder([first = '', ...others]: readonly string[], text: string): boolean {
  const last = others.at(-1);
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others.slice(0, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= at;
}

type TextOperators = Readonly<Record<string, (argument: string) => (text: string) => boolean>>;

const fits = (expression: string) => {
  const compiled = new RegExp(expression);
  return (text: string) => compiled.test(text);
};

const textOperators: TextOperators = {
  'equals-ignore-case': (expected) => fits(`^${ignoringCase(expected)}$`),
  prefix: (start) => (text) => text.startsWith(start),
  suffix: (end) => (text) => text.endsWith(end),
  wildcard,
};

const ignoringCaseOperators: TextOperators = {
  prefix: (start) => fits(`^${ignoringCase(start)}`),
  suffix: (end) => fits(`${ignoringCase(end)}$`),
};

function textTest(operator: string, argument: unknown, operators = textOperators): Test {
  const make = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (make === undefined) throw unknownOperator(operator);
  if (typeof argument !== 'string' || argument === '') {
    throw new PatternError(`"${operator}" expects text, found ${JSON.stringify(argument)}`);
  }
  return onText(make(argument));
}

/** The operator and argument of an object that may hold just one. */
function onlyMember(value: object, where: string): [operator: string, argument: unknown] {
  const [member, ...more] = Object.entries(value);
  if (member !== undefined && more.length === 0) return member;
  throw new PatternError(`${where} expects one operator, found ${JSON.stringify(value)}`);
}

function anythingBut(argument: unknown): Test {
  const excluded = excludedBy(argument);
  return (value) => !excluded.some((test) => test(value));
}

function excludedBy(argument: unknown): readonly Test[] {
  if (typeof argument === 'object' && argument !== null && !Array.isArray(argument)) {
    const [operator, given] = onlyMember(argument, '"anything-but"');
    const texts: readonly unknown[] = [given].flat();
    if (texts.length === 0) throw new PatternError(`"anything-but" of ${operator} expects text, found []`);
    return texts.map((text) => textTest(operator, text));
  }
  const values: readonly unknown[] = [argument].flat();
  const [kind, ...otherKinds] = new Set(values.map((value) => typeof value));
  if (otherKinds.length > 0 || (kind !== 'string' && kind !== 'number')) {
    throw new PatternError(
      `"anything-but" expects texts, or numbers, and no mixture, found ${JSON.stringify(argument)}`,
    );
  }
  return values.map((value) =>
    typeof value === 'number' ? numberTest('=', value) : (found: FieldValue) => found === value,
  );
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numberTest(comparison: string, bound: unknown): Test {
  const compare = Object.hasOwn(comparisons, comparison) ? comparisons[comparison] : undefined;
  if (compare === undefined || typeof bound !== 'number') {
    throw new PatternError(`"numeric" does not take ${JSON.stringify([comparison, bound])}`);
  }
  refuseRounded(bound);
  return (found) => found instanceof JsonNumber && found.value !== null && compare(found.value, bound);
}

/** A whole number beyond these was rounded when the pattern was read: its spelling is lost. */
function refuseRounded(number: number): void {
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    throw new PatternError(`the sandbox does not model the number ${number} in a pattern`);
  }
}

/** One comparison, or a range: its lower bound first. Source: aws/event-ruler, JsonRuleCompiler. */
function numeric(argument: unknown): Test {
  const [first, low, second, high, ...more]: unknown[] = Array.isArray(argument) ? argument : [];
  const lower = numberTest(String(first), low);
  if (second === undefined) return lower;
  const upper = numberTest(String(second), high);
  const isRange = /^>=?$/.test(String(first)) && /^<=?$/.test(String(second)) && Number(low) < Number(high);
  if (!isRange || more.length > 0) {
    throw new PatternError(
      `"numeric" expects a range such as [">", 0, "<=", 5], found ${JSON.stringify(argument)}`,
    );
  }
  return (found) => lower(found) && upper(found);
}

const unknownOperator = (operator: string) =>
  new PatternError(`the sandbox does not know the pattern operator ${operator}`);

/** Texts that EventBridge takes for an address, and compares with any spelling of it. Source: aws/event-ruler, CIDR. */
const address = /^(?:\d+\.\d+\.\d+\.\d+|[\da-f:]*:[\da-f:]*)$/i;

function literal(member: unknown): Test {
  if (typeof member === 'number') {
    refuseRounded(member);
    const isEqual = numberTest('=', member);
    const text = JSON.stringify(member);
    return (found) =>
      isEqual(found) || (found instanceof JsonNumber && found.value === null && found.text === text);
  }
  if (typeof member === 'string' && address.test(member)) {
    throw new PatternError(`the sandbox does not model the address ${JSON.stringify(member)} in a pattern`);
  }
  return (found) => found === member;
}

/** One member of a field's list: a literal, or an object with one operator. */
export function alternativeOf(member: unknown): Alternative {
  if (Array.isArray(member)) throw new PatternError(`expected a value, found ${JSON.stringify(member)}`);
  if (typeof member !== 'object' || member === null) return { absent: false, test: literal(member) };
  const [operator, argument] = onlyMember(member, 'a value');
  switch (operator) {
    case 'exists':
      if (typeof argument !== 'boolean') throw new PatternError('"exists" expects true or false');
      return argument ? { absent: false, test: () => true } : { absent: true };
    case 'anything-but':
      return { absent: false, test: anythingBut(argument) };
    case 'numeric':
      return { absent: false, test: numeric(argument) };
    default:
      if (typeof argument !== 'object' || argument === null) {
        return { absent: false, test: textTest(operator, argument) };
      }
      return { absent: false, test: caselessEdge(operator, argument) };
  }
}

/** `{"prefix": {"equals-ignore-case": "a"}}`, and the same of a suffix. */
function caselessEdge(operator: string, argument: object): Test {
  if (!Object.hasOwn(ignoringCaseOperators, operator)) throw unknownOperator(operator);
  const [inner, text] = onlyMember(argument, `"${operator}"`);
  if (inner !== 'equals-ignore-case') throw unknownOperator(`${operator} of ${inner}`);
  return textTest(operator, text, ignoringCaseOperators);
}
