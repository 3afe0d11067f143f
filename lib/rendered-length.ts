import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The longest values that CloudFormation could put in: a check against a limit must not be too kind. */
const longest: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws-iso-b',
  'AWS::Region': 'ap-southeast-99',
  'AWS::AccountId': '000000000000',
};

/** `arn:<partition>:<service>:<region>:<account>:<type>/` and a generated name of 64 characters. */
const longestArn = 'x'.repeat(130);

/**
 * An upper bound of the characters that a value of the template has once CloudFormation has resolved it; for limits
 * that AWS checks at deployment only, minutes later and in other words.
 */
export function renderedLength(scope: IConstruct, value: unknown): number {
  return JSON.stringify(withoutIntrinsics(Stack.of(scope).resolve(value))).length;
}

function withoutIntrinsics(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIntrinsics);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only;
    if (name === 'Ref') return longest[String(argument)] ?? longestArn;
    if (name === 'Fn::GetAtt') return longestArn;
    if (name === 'Fn::Join') return joined(argument);
  }
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutIntrinsics(member)]));
}

function joined(argument: unknown): string {
  const [separator, parts]: unknown[] = Array.isArray(argument) ? argument : [];
  return Array.isArray(parts)
    ? parts.map((part) => String(withoutIntrinsics(part))).join(String(separator))
    : '';
}
