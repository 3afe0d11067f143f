import { Members } from './json-members.ts';

export type Leaf = string | number | boolean | null;

/**
 * One leaf of an event: the path to it, its value, and which element of each array around it it belongs to. Only
 * leaves count: an empty array, and an object where a value is looked for, are as good as absent.
 */
export interface EventLeaf {
  readonly path: string;
  readonly value: Leaf;
  readonly elements: ReadonlyMap<string, number>;
}

/** A path as one text; keys are quoted, for they may hold dots. */
export const pathOf = (keys: readonly string[]) => JSON.stringify(keys);

/** All leaves of an event, arrays flattened as EventBridge does. */
export function leavesOf(
  value: unknown,
  keys: readonly string[] = [],
  elements: ReadonlyMap<string, number> = new Map(),
  arrays: { count: number } = { count: 0 },
): EventLeaf[] {
  if (Array.isArray(value)) {
    arrays.count += 1;
    const array = String(arrays.count);
    return value.flatMap((item, index) =>
      leavesOf(item, keys, new Map([...elements, [array, index]]), arrays),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const members = value instanceof Members ? value.members : Object.entries(value);
    return members.flatMap(([key, member]) => leavesOf(member, [...keys, key], elements, arrays));
  }
  if (value === undefined) return [];
  return [{ path: pathOf(keys), value: value as Leaf, elements }];
}
