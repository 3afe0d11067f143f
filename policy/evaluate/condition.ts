import type { Condition, Policy } from '../language.ts';
import { comparisons } from './comparisons.ts';
import type { Lookup } from './request.ts';
import { fillIn } from './variables.ts';

/** Keys that have a list of values even where it is a list of one: without a set operator they match nothing. */
const multiValuedKeys = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
]);

/**
 * Whether a condition holds for a request. On an absent key it does for IfExists, ForAllValues and negated operators,
 * and does not for others (IAM User Guide, "Condition operators" and "Single-valued vs. multivalued context keys").
 * ForAnyValue wants a value whatever else the operator says, negated or with IfExists. Several values want a set
 * operator; without one nothing holds.
 */
export function conditionHolds(condition: Condition, context: Lookup, version: Policy['version']): boolean {
  const present = context.get(condition.key) ?? [];
  const absent = present.length === 0;
  if (condition.operator === 'Null') {
    return condition.values.some((value) => value.toLowerCase() === String(absent));
  }
  const { negated, compare } = comparisons[condition.operator];
  if (absent) {
    if (condition.set !== null) return condition.set === 'ForAllValues';
    return condition.ifExists || negated;
  }
  const values = condition.values.map((written) => ({
    written,
    filledIn: () => fillIn(written, context, version),
  }));
  const holdsFor = (text: string) =>
    negated
      ? values.every((value) => compare(value, text) === false)
      : values.some((value) => compare(value, text) === true);
  switch (condition.set) {
    case 'ForAllValues':
      return present.every(holdsFor);
    case 'ForAnyValue':
      return present.some(holdsFor);
    case null:
      return present.length === 1 && !multiValuedKeys.has(condition.key) && present.every(holdsFor);
    default:
      return condition.set satisfies never;
  }
}
