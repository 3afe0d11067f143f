import { type EventLeaf, leavesOf, pathOf } from './leaves.ts';
import { type Alternative, alternativeOf, PatternError } from './operators.ts';

/** EventBridge takes patterns of at most this many characters. */
const maximumLength = 2048;

interface Field {
  readonly path: string;
  readonly alternatives: readonly Alternative[];
}

export type Matcher = (event: unknown) => boolean;

/** Every way of satisfying a pattern: each is a list of fields that must all hold. `$or` makes more than one. */
function branchesOf(pattern: unknown, keys: readonly string[]): Field[][] {
  if (Array.isArray(pattern)) {
    if (pattern.length === 0) throw new PatternError(`${keys.join('.')}: an empty list matches nothing`);
    return [[{ path: pathOf(keys), alternatives: pattern.map(alternativeOf) }]];
  }
  if (typeof pattern !== 'object' || pattern === null) {
    throw new PatternError(`${keys.join('.')}: expected a list of values, found ${JSON.stringify(pattern)}`);
  }
  const members = Object.entries(pattern);
  if (members.length === 0)
    throw new PatternError(`${keys.join('.') || 'the pattern'}: expected a field, found none`);
  return members
    .map(([key, member]) => (key === '$or' ? orBranches(member, keys) : branchesOf(member, [...keys, key])))
    .reduce((before, next) => before.flatMap((left) => next.map((right) => [...left, ...right])));
}

function orBranches(members: unknown, keys: readonly string[]): Field[][] {
  if (!Array.isArray(members) || members.length < 2) {
    throw new PatternError(`"$or" expects at least two patterns, found ${JSON.stringify(members)}`);
  }
  return members.flatMap((member) => branchesOf(member, keys));
}

type Elements = ReadonlyMap<string, number>;

/** Both leaves lie in the same element of every array that they share. */
function together(chosen: Elements, leaf: Elements): boolean {
  return [...leaf].every(([array, index]) => (chosen.get(array) ?? index) === index);
}

/** Can the fields be satisfied by leaves that go together? Tries each leaf that fits, as EventBridge does. */
function satisfiable(fields: readonly Field[], leaves: readonly EventLeaf[], chosen: Elements): boolean {
  const [field, ...rest] = fields;
  if (field === undefined) return true;
  const there = leaves.filter(({ path }) => path === field.path);
  return field.alternatives.some((alternative) => {
    if (alternative.absent) return there.length === 0 && satisfiable(rest, leaves, chosen);
    return there.some(
      (leaf) =>
        alternative.test(leaf.value) &&
        together(chosen, leaf.elements) &&
        satisfiable(rest, leaves, new Map([...chosen, ...leaf.elements])),
    );
  });
}

/** Reads a pattern of a classic EventBridge rule (or of an event source mapping's filter, which has the same form). */
export function compilePattern(pattern: unknown): Matcher {
  const { length } = JSON.stringify(pattern);
  if (length > maximumLength) {
    throw new PatternError(`the pattern has ${length} characters; EventBridge takes ${maximumLength}`);
  }
  const branches = branchesOf(pattern, []);
  return (event) => {
    const leaves = leavesOf(event);
    return branches.some((fields) => satisfiable(fields, leaves, new Map()));
  };
}
