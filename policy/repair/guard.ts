import { type WrittenStatement, withActions } from './document.ts';

/** The condition that a guard adds to those of the statement that it stands in for. */
const guardOperator = 'StringNotEquals';
const guardKey = 'aws:PrincipalAccount';

type Members = Readonly<Record<string, unknown>>;

const members = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/** The name under which the object has it: operators and keys are compared without regard to case. */
const nameIn = (object: Members, name: string) =>
  Object.keys(object).find((other) => other.toLowerCase() === name.toLowerCase()) ?? name;

const valuesOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** One more account that has to be none of a list of values which must not match: that is an AND. */
function outsideToo(condition: unknown, accountId: string): Members {
  const operators = members(condition);
  const operator = nameIn(operators, guardOperator);
  const keys = members(operators[operator]);
  const key = nameIn(keys, guardKey);
  const others = valuesOf(keys[key]).filter((value) => value !== accountId);
  return {
    ...operators,
    [operator]: { ...keys, [key]: others.length === 0 ? accountId : [...others, accountId] },
  };
}

/** A Sid that no other statement has, of letters and digits, which every service takes. */
export function guardSid(
  narrowed: { readonly index: number; readonly sid: string | null },
  taken: ReadonlySet<string>,
): string {
  const name = (narrowed.sid ?? '').replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 40);
  const base = `${name === '' ? `Statement${narrowed.index}` : name}KeepsOutsidersOut`;
  let sid = base;
  for (let number = 2; taken.has(sid); number += 1) sid = `${base}${number}`;
  return sid;
}

/**
 * The statement that keeps denying the actions to everybody outside the account to whom the narrowed one denied them: the
 * same principals, resources and conditions, and besides an aws:PrincipalAccount that is not the owner's. A negated
 * operator also holds where the key is absent (IAM User Guide, "IAM JSON policy elements: Condition operators"), so
 * anonymous callers and services, who have none, stay out.
 */
export function guardOf(
  narrowed: WrittenStatement,
  actions: readonly string[],
  sid: string,
  accountId: string,
): WrittenStatement {
  const members = Object.entries(withActions(narrowed, { not: false, patterns: actions })).filter(
    ([name]) => name !== 'Sid' && name !== 'Condition',
  );
  return {
    Sid: sid,
    ...Object.fromEntries(members),
    Condition: outsideToo(narrowed.Condition, accountId),
  };
}
