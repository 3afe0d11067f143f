import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { Policy } from '../scenes/scene.ts';

type Told = Pick<Answer, 'logs' | 'notifications' | 'outcomes'>;

/** Words that every policy has, and that messages may have for reasons of their own. */
const everybodys = new Set(['2012-10-17', 'Deny', 'Allow', '*', 'true', 'false', 'AWS', 'Service']);

/** All that stands in a policy: values, and of conditions the operators and keys too. */
function textsIn(value: unknown, isCondition = false): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => textsIn(member, isCondition));
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(isCondition ? [key] : []),
    ...textsIn(member, isCondition || key === 'Condition'),
  ]);
}

/** A role or user may also be named without its account. */
const shortened = (text: string) => /:((?:role|user|assumed-role)\/.+)$/.exec(text)?.[1] ?? text;

const sidsIn = ({ Statement }: Policy) =>
  [Statement].flat().map((statement) => Reflect.get(Object(statement), 'Sid'));

/**
 * What of a policy can be read in logs, messages and outcome events. The target's own ARN is no secret, nor are the
 * actions with which a policy is administered; a Sid may be told of what was carried out, and not of a rehearsal.
 */
export function policyTold({ logs, notifications, outcomes }: Told, policy: Policy, arn: string): string[] {
  const isRehearsal = outcomes.some(({ detail }) => Reflect.get(Object(detail), 'ending') === 'rehearsed');
  const harmless = new Set([...everybodys, arn, ...(isRehearsal ? [] : sidsIn(policy))]);
  const told = JSON.stringify({ logs, notifications, outcomes }).replaceAll('\\', '');
  return [...new Set(textsIn(policy))]
    .filter((text) => !harmless.has(text) && !/:(?:Get|Put|Delete)BucketPolicy$/.test(text))
    .map(shortened)
    .filter((text) => told.includes(text));
}

/** Whoever may not read the trail learns nothing of a policy but which statement locked somebody out. */
export function expectPolicyUntold(told: Told, policy: Policy, arn: string): void {
  expect(policyTold(told, policy, arn)).toEqual([]);
}
