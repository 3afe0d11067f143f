import type { AwsPrincipal, Principals } from '../language.ts';
import type { Caller } from './request.ts';

/** Name of the role in arn:aws:iam::…:role/path/<name>; the session's ARN has it without the path. */
const roleName = (roleArn: string) => roleArn.slice(roleArn.lastIndexOf('/') + 1);

function isSessionOf(
  caller: Caller,
  kind: 'assumed-role' | 'federated-user',
  accountId: string,
  name: string,
) {
  const [, , , , account, resource = ''] = caller.arn.split(':');
  const [kindOfSession, nameOfSession = ''] = resource.split('/');
  return (
    caller.kind === 'session' &&
    account === accountId &&
    kindOfSession === kind &&
    nameOfSession.toLowerCase() === name.toLowerCase()
  );
}

/** Whether a principal in the element Principal covers the caller. */
function covers(principal: AwsPrincipal, caller: Caller): boolean {
  switch (principal.kind) {
    case 'account':
      return (
        (caller.kind === 'user' || caller.kind === 'session' || caller.kind === 'root') &&
        caller.accountId === principal.accountId
      );
    case 'user':
      return (
        (caller.kind === 'user' && caller.arn === principal.arn) ||
        isSessionOf(caller, 'federated-user', principal.accountId, roleName(principal.arn))
      );
    case 'role':
      return isSessionOf(caller, 'assumed-role', principal.accountId, roleName(principal.arn));
    case 'session':
    case 'federated-user':
      return caller.kind === 'session' && caller.arn === principal.arn;
    case 'unique-id':
      return false;
    default:
      return principal satisfies never;
  }
}

/**
 * Whether a principal in the element NotPrincipal spares the caller. It does so only where the caller itself is named:
 * an account spares its root alone, and a role none of its sessions, for of a role's callers AWS says that they are
 * "identified by the role session name" (IAM User Guide, "AWS JSON policy elements: NotPrincipal").
 */
function spares(principal: AwsPrincipal, caller: Caller): boolean {
  switch (principal.kind) {
    case 'account':
      return caller.kind === 'root' && caller.accountId === principal.accountId;
    case 'user':
      return caller.kind === 'user' && caller.arn === principal.arn;
    case 'session':
    case 'federated-user':
      return caller.kind === 'session' && caller.arn === principal.arn;
    case 'role':
    case 'unique-id':
      return false;
    default:
      return principal satisfies never;
  }
}

/**
 * Whether a statement is about this caller. Federated principals and canonical users cover nobody: callers have
 * neither, and S3 itself turns a canonical user into an ARN.
 */
export function principalsMatch(principals: Principals, caller: Caller): boolean {
  const named = principals.not ? spares : covers;
  const listed =
    principals.everyone ||
    principals.aws.some((principal) => named(principal, caller)) ||
    (caller.kind === 'service' && principals.services.includes(caller.arn));
  return listed !== principals.not;
}
