import { type Elements, type EventField, type EventFields, readEventFields } from './event-fields.ts';
import { type Alternative, alternativeOf, PatternError } from './operators.ts';

/** EventBridge takes patterns of at most this many characters. */
const maximumLength = 2048;

/** Source: Amazon EventBridge User Guide, "Comparison operators", `$or`: fewer than this many combinations. */
const maximumBranches = 1000;

interface Field {
  readonly path: string;
  readonly alternatives: readonly Alternative[];
}

/** Takes an event as an object, or as the fields of its text, in which a key may be there twice. */
export type Matcher = (event: unknown) => boolean;

/** Every way of satisfying a pattern: each is a list of fields that must all hold. `$or` makes more than one. */
function branchesOf(pattern: unknown, path: string | null, isInOr: boolean): Field[][] {
  const where = path ?? 'the pattern';
  if (Array.isArray(pattern)) {
    if (pattern.length === 0) throw new PatternError(`${where}: an empty list matches nothing`);
    return [[{ path: where, alternatives: pattern.map(alternativeOf) }]];
  }
  if (typeof pattern !== 'object' || pattern === null) {
    throw new PatternError(`${where}: expected a list of values, found ${JSON.stringify(pattern)}`);
  }
  const members = Object.entries(pattern);
  if (members.length === 0) throw new PatternError(`${where}: expected a field, found none`);
  return members
    .map(([key, member]) => {
      if (key === '$or') return orBranches(member, path);
      if (isInOr && reservedInOr.has(key)) throw new PatternError(`"${key}" cannot be a field inside "$or"`);
      return branchesOf(member, path === null ? key : `${path}.${key}`, isInOr);
    })
    .reduce(combined);
}

/** Source: aws/event-ruler, Constants. */
const reservedInOr = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard
  not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range
  ip-address-not-in-range`.split(/\s+/),
);

function combined(before: readonly Field[][], next: readonly Field[][]): Field[][] {
  if (before.length * next.length >= maximumBranches) {
    throw new PatternError(
      `the pattern has more combinations of "$or" than EventBridge takes (${maximumBranches})`,
    );
  }
  return before.flatMap((left) => next.map((right) => [...left, ...right]));
}

function orBranches(members: unknown, path: string | null): Field[][] {
  if (!Array.isArray(members) || members.length < 2) {
    throw new PatternError(`"$or" expects at least two patterns, found ${JSON.stringify(members)}`);
  }
  return members.flatMap((member) => {
    if (Array.isArray(member))
      throw new PatternError(`"$or" expects patterns, found ${JSON.stringify(member)}`);
    return branchesOf(member, path, true);
  });
}

/** The fields in the order in which EventBridge looks at them, each path once. Source: aws/event-ruler, GenericMachine. */
function inOrder(fields: readonly Field[]): Field[] {
  const sorted = fields.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const twice = sorted.find(({ path }, index) => path === sorted[index + 1]?.path);
  if (twice !== undefined) throw new PatternError(`the path ${twice.path} is there more than once`);
  return sorted;
}

/** Both lie in the same element of every array that they share. */
function together(chosen: Elements, elements: Elements): boolean {
  return [...elements].every(([array, index]) => (chosen.get(array) ?? index) === index);
}

/** The elements of arrays that can be chosen so that this field holds as well, each choice once. */
function choicesWith(field: Field, there: readonly EventField[], choices: readonly Elements[]): Elements[] {
  const next = choices.flatMap((chosen) => {
    const reachable = there.filter(({ elements }) => together(chosen, elements));
    return field.alternatives.flatMap((alternative) => {
      if (alternative.absent) return reachable.length === 0 ? [chosen] : [];
      return reachable
        .filter(({ value }) => alternative.test(value))
        .map(({ elements }) => new Map([...chosen, ...elements]));
    });
  });
  return [...new Map(next.map((chosen) => [keyOf(chosen), chosen])).values()];
}

function keyOf(elements: Elements): string {
  return [...elements].sort(([a], [b]) => a - b).join(';');
}

function matchesBranch(fields: readonly Field[], event: EventFields): boolean {
  let choices: readonly Elements[] = [new Map()];
  for (const field of fields) {
    choices = choicesWith(field, event.get(field.path) ?? [], choices);
    if (choices.length === 0) return false;
  }
  return true;
}

/** Reads a pattern of a classic EventBridge rule (or of an event source mapping's filter, which has the same form). */
export function compilePattern(pattern: unknown): Matcher {
  const { length } = JSON.stringify(pattern);
  if (length > maximumLength) {
    throw new PatternError(`the pattern has ${length} characters; EventBridge takes ${maximumLength}`);
  }
  if (Array.isArray(pattern)) throw new PatternError('the pattern: expected an object, found a list');
  const branches = branchesOf(pattern, null, false).map(inOrder);
  return (event) => {
    const fields = event instanceof Map ? event : readEventFields(JSON.stringify(event));
    return branches.some((branch) => matchesBranch(branch, fields));
  };
}
