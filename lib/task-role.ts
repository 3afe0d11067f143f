import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, Effect, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RootTaskEnvironment } from '../contract/environment.ts';
import { type RootTaskName, taskPolicyArn } from '../contract/root-tasks.ts';
import { PlainFault } from './plain-fault.ts';
import { renderedLength } from './rendered-length.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

/** Source: IAM quotas, "Role inline policies", white space not counted. */
const maximumPolicyLength = 10_240;

export interface TaskRoleProps {
  readonly task: RootTaskName;
  /** The lane's function: alone in being trusted. */
  readonly trusted: RootdeskFunction;
  /** Accounts that are never a target, the management account among them; the stack's own account always is one. */
  readonly forbiddenAccountIds: readonly string[];
}

/**
 * The only role that can open root sessions of one task. The function cannot call AssumeRoot itself: it assumes this
 * role, and must name the ticket as its source identity to do so, which CloudTrail then shows in every account.
 */
export class TaskRole extends Construct {
  constructor(scope: Construct, id: string, { task, trusted, forbiddenAccountIds }: TaskRoleProps) {
    super(scope, id);
    // StringLike without IfExists is false when the key is absent: no source identity, no session.
    const withSourceIdentity = new ArnPrincipal(trusted.role.roleArn).withConditions({
      StringLike: { 'sts:SourceIdentity': '?*' },
    });
    const role = new Role(this, 'Role', {
      description: `Opens root sessions for ${task}, and nothing else`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: withSourceIdentity,
    });
    // AWS checks the two actions one by one; CDK writes sts:AssumeRole alone.
    role.assumeRolePolicy?.addStatements(
      new PolicyStatement({ principals: [withSourceIdentity], actions: ['sts:SetSourceIdentity'] }),
    );
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [this.#openThisTask(task), this.#neverThere([...forbiddenAccountIds, Aws.ACCOUNT_ID])],
    });
    policy.node.addValidation({ validate: () => withinLimit(policy) });

    trusted.allow(
      new PolicyStatement({
        sid: 'AssumeTheTaskRole',
        actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        resources: [role.roleArn],
      }),
    );
    trusted.addEnvironment<Pick<RootTaskEnvironment, 'TASK_ROLE_ARN' | 'TASK_POLICY_ARN' | 'PARTITION'>>({
      TASK_ROLE_ARN: role.roleArn,
      TASK_POLICY_ARN: taskPolicyArn(Aws.PARTITION, task),
      PARTITION: Aws.PARTITION,
    });
  }

  /** Source of the condition: Service Authorization Reference, AWS STS, `sts:TaskPolicyArn`. */
  #openThisTask(task: RootTaskName): PolicyStatement {
    return new PolicyStatement({
      sid: 'OpenRootSessionsOfThisTask',
      actions: ['sts:AssumeRoot'],
      resources: [rootOf('*')],
      conditions: { ArnEquals: { 'sts:TaskPolicyArn': taskPolicyArn(Aws.PARTITION, task) } },
    });
  }

  /** Root of the stack's own account could remove the policies that keep the trail and the queues what they are. */
  #neverThere(accountIds: readonly string[]): PolicyStatement {
    return new PolicyStatement({
      sid: 'NeverInTheseAccounts',
      effect: Effect.DENY,
      actions: ['sts:AssumeRoot'],
      resources: accountIds.map(rootOf),
    });
  }
}

function rootOf(accountId: string): string {
  return `arn:${Aws.PARTITION}:iam::${accountId}:root`;
}

function withinLimit(policy: Policy): string[] {
  const length = renderedLength(policy, policy.document);
  if (length <= maximumPolicyLength) return [];
  throw new PlainFault(
    `The policy of ${Stack.of(policy).stackName}'s task roles has up to ${length} characters; IAM takes ` +
      `${maximumPolicyLength}. It grows with excludedAccountIds: exclude accounts by a service control policy instead.`,
  );
}
