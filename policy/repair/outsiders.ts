import { reaches } from '../evaluate/statement.ts';
import type { Policy, Principals, Statement } from '../language.ts';

/** Whether the element may be about somebody who is not surely a principal of the account. */
export function mayBeOutsiders(principals: Principals, accountId: string): boolean {
  return (
    principals.not ||
    principals.everyone ||
    principals.services.length > 0 ||
    principals.federated.length > 0 ||
    principals.canonicalUsers.length > 0 ||
    principals.aws.some((principal) => principal.kind === 'unique-id' || principal.accountId !== accountId)
  );
}

/** Only objects: what has a slash outside of variables is not the ARN of a bucket. */
const isOfObjects = (pattern: string) => pattern.replaceAll(/\$\{[^}]*\}/g, '').includes('/');

const mayBeBucketOrQueue = ({ resources }: Statement) =>
  resources.not || !resources.patterns.every(isOfObjects);

/**
 * Whether a Deny may be all that keeps somebody outside the account from these actions: it is about outsiders, and
 * some Allow grants them one of the actions. Conditions are not weighed, so the answer may only err towards yes.
 */
export function keepsOutsidersOut(
  policy: Policy,
  deny: Statement,
  actions: readonly string[],
  accountId: string,
): boolean {
  return (
    mayBeOutsiders(deny.principals, accountId) &&
    policy.statements.some(
      (statement) =>
        statement.effect === 'Allow' &&
        mayBeOutsiders(statement.principals, accountId) &&
        mayBeBucketOrQueue(statement) &&
        actions.some((action) => reaches(statement.actions, action, 'action')),
    )
  );
}
