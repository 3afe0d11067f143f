import type { Condition } from '../language.ts';
import { listed } from './lists.ts';

const negated = /Not/;

/** Whoever a condition on who calls compares with: "arn:aws:iam::1:role/pipeline". */
export function namesIn({ values }: Condition): string {
  return listed(values, 'or');
}

/** Whether the condition singles out callers by who they are. */
export function isOnIdentity({ key }: Condition): boolean {
  return ['aws:principalarn', 'aws:userid', 'aws:username', 'aws:principaltype'].includes(key);
}

/**
 * How those call for whom a condition holds, or does not: "through VPC endpoint vpce-1", "without MFA". A
 * StringNotEquals that does not hold is "through", one that does is "otherwise than through".
 */
export function callersWith(condition: Condition, holds: boolean): string {
  const { key, operator, values, writtenKey } = condition;
  const names = listed(values, 'or');
  const isIt = negated.test(operator) ? !holds : holds;
  if (operator === 'Null') {
    const isAbsent = values.some((value) => value.toLowerCase() === 'true') === holds;
    return isAbsent ? `without ${writtenKey}` : `with ${writtenKey}`;
  }
  if (key === 'aws:sourceip') return `from ${isIt ? '' : 'outside '}${names}`;
  if (key === 'aws:vpcsourceip') return `from ${isIt ? '' : 'outside '}${names} within a VPC`;
  if (key === 'aws:sourcevpc') return `${isIt ? 'through' : 'otherwise than through'} VPC ${names}`;
  if (key === 'aws:sourcevpce') return `${isIt ? 'through' : 'otherwise than through'} VPC endpoint ${names}`;
  if (key === 'aws:multifactorauthpresent') {
    const isWith = values.some((value) => value.toLowerCase() === 'true') === holds;
    return isWith ? 'with MFA' : 'without MFA';
  }
  if (isOnIdentity(condition)) return isIt ? `that are ${names}` : `that are not ${names}`;
  return `with ${writtenKey} that ${comparison(operator, holds)} ${names}`;
}

function comparison(operator: Condition['operator'], holds: boolean): string {
  const more = operator.startsWith('Date') ? 'after' : 'more than';
  const less = operator.startsWith('Date') ? 'before' : 'less than';
  const said: readonly (readonly [RegExp, string, string])[] = [
    [/LessThanEquals$/, `is not ${more}`, `is ${more}`],
    [/LessThan$/, `is ${less}`, `is not ${less}`],
    [/GreaterThanEquals$/, `is not ${less}`, `is ${less}`],
    [/GreaterThan$/, `is ${more}`, `is not ${more}`],
    [/Not/, 'is not', 'is'],
    [/./, 'is', 'is not'],
  ];
  const [, yes = 'is', no = 'is not'] = said.find(([pattern]) => pattern.test(operator)) ?? [];
  return holds ? yes : no;
}
