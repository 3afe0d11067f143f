import { baseOperators, type Condition } from '../language.ts';
import { type Place, quoted } from './place.ts';
import { isMembers, kindOf, listOf } from './shapes.ts';

type Operator = Pick<Condition, 'operator' | 'ifExists' | 'set'>;

/** AWS compares the names of operators without regard to case. */
const operators = new Map(baseOperators.map((operator) => [operator.toLowerCase(), operator]));

/** The element Condition: one entry for each key of each operator. What is wrong is said at its place. */
export function readConditions(value: unknown, place: Place): Condition[] {
  if (value === undefined) return [];
  if (!isMembers(value)) {
    place.fault(`is ${kindOf(value)}: expected an object of operators, for example {"StringEquals": {...}}`);
    return [];
  }
  const seen = new Set<string>();
  return Object.entries(value).flatMap(([written, keys]) => {
    const at = place.member(written);
    const operator = readOperator(written, at);
    if (!isMembers(keys)) {
      at.fault(
        `is ${kindOf(keys)}: expected an object of keys, for example {"aws:SourceVpce": "vpce-1a2b3c4d"}`,
      );
      return [];
    }
    return Object.entries(keys).map(([writtenKey, values]): Condition => {
      const here = at.member(writtenKey);
      const key = writtenKey.toLowerCase();
      if (key.trim() === '') here.fault('has no name: expected a key, for example "aws:PrincipalArn"');
      const once = JSON.stringify([operator, key]);
      if (seen.has(once))
        here.fault('is there twice in different spellings: names are compared without regard to case');
      seen.add(once);
      return { ...operator, key, writtenKey, values: readValues(values, here) };
    });
  });
}

/** Something to go on with where there is a fault: nobody gets to see it. */
const unknown: Operator = { operator: 'StringEquals', ifExists: false, set: null };

function readOperator(written: string, place: Place): Operator {
  const [, prefix, rest = ''] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/is.exec(written) ?? [];
  const ifExists = /IfExists$/i.test(rest);
  const operator = operators.get((ifExists ? rest.slice(0, -'IfExists'.length) : rest).toLowerCase());
  if (operator === undefined) {
    place.fault(
      `${quoted(written)} is no operator: expected one as StringEquals, ArnNotLike, Bool or NotIpAddress`,
    );
    return unknown;
  }
  // Source: IAM User Guide, "IAM JSON policy elements: Condition operators", on IfExists.
  if (operator === 'Null' && ifExists)
    place.fault('"Null" cannot have "IfExists": remove that from its name');
  return { operator, ifExists, set: setOf(prefix) };
}

function setOf(prefix: string | undefined): Condition['set'] {
  if (prefix === undefined) return null;
  return prefix.toLowerCase() === 'foranyvalue' ? 'ForAnyValue' : 'ForAllValues';
}

/**
 * An empty list is a fault: the grammar wants one value at least, and where AWS speaks of one ("Access Analyzer policy
 * check reference", empty array condition) it is true for one operator and false for another.
 */
function readValues(value: unknown, place: Place): string[] {
  return (listOf(value, place) ?? []).flatMap(([item, at]) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'boolean') return String(item);
    if (typeof item !== 'number') {
      at.fault(`is ${kindOf(item)}: expected a text, a number, true or false, or a list of them`);
      return [];
    }
    // JSON.parse has rounded it: nobody can tell which number was meant.
    if (!Number.isFinite(item) || (Number.isInteger(item) && !Number.isSafeInteger(item)))
      at.fault('is a number with more digits than can be read exactly: write it in quotes');
    return String(item);
  });
}
