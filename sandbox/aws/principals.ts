import type { Deployment, PolicyDocument } from '../parts.ts';
import type { TaskPolicy } from './task-policies.ts';

export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Who stands behind a credential. */
export interface Principal {
  /** The name in AWS's messages and in GetCallerIdentity: for a role its session, not the role. */
  readonly arn: string;
  /** `aws:PrincipalArn`: for a role session the role. */
  readonly principalArn: string;
  readonly accountId: string;
  readonly type: 'AssumedRole' | 'Account' | 'User' | 'Service';
  readonly userId: string;
  readonly identityPolicies: readonly NamedPolicy[];
  readonly sessionPolicy: PolicyDocument | null;
  /** The ceiling of a root session; null for everyone else, the root user who signed in included. */
  readonly taskPolicy: TaskPolicy | null;
  readonly sourceIdentity: string | null;
  /** The execution environment that a fault kills: inherited by every credential derived from its own. */
  readonly environmentId: string | null;
}

export const allowEverything: NamedPolicy = {
  name: 'AdministratorAccess',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

const iamArn = /^arn:[a-z-]+:iam::(?<account>\d{12}):(?<path>root|user\/.+|role\/.+)$/;
const sessionArn =
  /^arn:(?<partition>[a-z-]+):sts::(?<account>\d{12}):assumed-role\/(?<role>[^/]+)\/(?<session>.+)$/;

/** A principal by its ARN: a role of the stack with the stack's policies, anybody else an administrator. */
export function principalOf(deployment: Deployment, arn: string): Principal {
  const session = sessionArn.exec(arn)?.groups;
  if (session !== undefined) {
    const roleArn = `arn:${session.partition}:iam::${session.account}:role/${session.role}`;
    return roleSession(deployment, { roleArn, sessionName: session.session ?? '' });
  }
  const groups = iamArn.exec(arn)?.groups;
  const accountId = groups?.account;
  if (groups === undefined || accountId === undefined) {
    throw new TypeError(
      `expected the ARN of a role, a role session, a user or a root user, for example "arn:aws:iam::333333333333:role/ticketing", got "${arn}"`,
    );
  }
  if (groups.path?.startsWith('role/')) {
    return roleSession(deployment, { roleArn: arn, sessionName: 'sandbox' });
  }
  const isRoot = groups.path === 'root';
  return {
    arn,
    principalArn: arn,
    accountId,
    type: isRoot ? 'Account' : 'User',
    userId: isRoot ? accountId : 'AIDASANDBOXUSER00000',
    identityPolicies: [allowEverything],
    ...unrestricted,
  };
}

const unrestricted = {
  sessionPolicy: null,
  taskPolicy: null,
  sourceIdentity: null,
  environmentId: null,
} as const;

export function roleSession(
  deployment: Deployment,
  session: {
    readonly roleArn: string;
    readonly sessionName: string;
    readonly sessionPolicy?: PolicyDocument | null;
    readonly sourceIdentity?: string | null;
    readonly environmentId?: string | null;
  },
): Principal {
  const role = deployment.roles.find((one) => one.arn === session.roleArn);
  const [, partition = 'aws', , , accountId = '', path = ''] = session.roleArn.split(':');
  const roleName = path.split('/').at(-1);
  return {
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${session.sessionName}`,
    principalArn: session.roleArn,
    accountId,
    type: 'AssumedRole',
    userId: `AROASANDBOXROLE00000:${session.sessionName}`,
    identityPolicies: role?.policies ?? [allowEverything],
    sessionPolicy: session.sessionPolicy ?? null,
    taskPolicy: null,
    sourceIdentity: session.sourceIdentity ?? null,
    environmentId: session.environmentId ?? null,
  };
}

/** What AssumeRoot hands out: the root user of an account below one task policy. */
export function rootSession(accountId: string, taskPolicy: TaskPolicy, caller: Principal): Principal {
  const arn = `arn:aws:iam::${accountId}:root`;
  return {
    arn,
    principalArn: arn,
    accountId,
    type: 'Account',
    userId: accountId,
    identityPolicies: [allowEverything],
    sessionPolicy: null,
    taskPolicy,
    sourceIdentity: caller.sourceIdentity,
    environmentId: caller.environmentId,
  };
}
