import type { Account } from '../../../parts.ts';
import { AwsError, notModelled, SandboxError } from '../../errors.ts';
import {
  type Backstage,
  type Call,
  type Operation,
  type Permission,
  plainResource,
} from '../../operation.ts';
import { findAccount } from '../../organization.ts';

/**
 * What an operation on a user needs, for calls without `UserName`: the action on the root user that calls. AWS was seen
 * to deny a root session every call with a `UserName`, since that names a user below the root user.
 */
export function onCallersRootUser(action: string): Pick<Operation, 'resource' | 'permissions'> {
  return {
    resource: ({ principal, input }) => targetOf(principal.accountId, input.UserName),
    permissions(call) {
      const { principal, input } = call;
      if (input.UserName !== undefined) return [onNamedUser(action, principal.accountId, input.UserName)];
      if (principal.type !== 'Account') throw notRoot(call);
      return [{ action, resource: plainResource(principal.principalArn, principal.accountId) }];
    },
  };
}

/** The account whose root user calls. Throws for callers whose `UserName` the sandbox has no users for. */
export function callersAccount(backstage: Backstage, call: Call): Account {
  if (call.input.UserName !== undefined) throw notModelled(`iam:${call.operation} with UserName`);
  return accountOf(backstage, call);
}

/** The account that a call is made in. */
export function accountOf({ organization }: Backstage, { principal }: Call): Account {
  const account = findAccount(organization, principal.accountId);
  if (account === undefined) throw new SandboxError(`there is no account ${principal.accountId}`);
  return account;
}

function onNamedUser(action: string, accountId: string, name: unknown): Permission {
  const resource = plainResource(targetOf(accountId, name), accountId);
  const refusal = (message: string) =>
    new AwsError(403, 'AccessDenied', message.replace(resource.arn, `user ${name}`));
  return { action, resource, refusal };
}

function targetOf(accountId: string, userName: unknown): string {
  return `arn:aws:iam::${accountId}:${userName === undefined ? 'root' : `user/${userName}`}`;
}

function notRoot({ principal, operation }: Call): AwsError {
  if (principal.type === 'User') return notModelled(`iam:${operation} of IAM users`);
  return new AwsError(400, 'ValidationError', 'Must specify userName when calling with non-User credentials');
}
