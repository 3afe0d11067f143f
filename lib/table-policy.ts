import { Effect, PolicyDocument, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';

interface TablePolicyInput {
  /** How items are written, and by which roles; the list may be a lazy one. */
  readonly writing: { readonly sid: string; readonly actions: string[]; readonly roleArns: string[] };
  /** What nobody does to an item. */
  readonly never: string[];
  /** Roles that may change the table itself. */
  readonly deploymentRoleArns: readonly string[];
}

/** UpdateTable would turn off deletion protection or the stream, or add a replica where this policy does not hold. */
const tableChanges = [
  'UpdateTable',
  'DeleteTable',
  // Deletes items by and by.
  'UpdateTimeToLive',
  // Without continuous backups nothing brings them back.
  'UpdateContinuousBackups',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
];

/**
 * Who writes to a table, said by the table itself, so that an administrator's identity policy is not enough. (An
 * account's root can always delete the policy, and whoever may change the stack may change it.)
 *
 * Resource is `*`, which here means this table: its own ARN would be a circular dependency. TransactWriteItems is
 * authorized as the actions of its parts, and needs no line of its own. A restore from a backup or an import makes
 * another table: nothing to deny here.
 * Source: DynamoDB Developer Guide, "API operations supported by resource-based policies".
 */
export function tablePolicy({ writing, never, deploymentRoleArns }: TablePolicyInput): PolicyDocument {
  const deny = (sid: string, actions: readonly string[], allBut?: readonly string[]) =>
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new StarPrincipal()],
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: ['*'],
      conditions: allBut === undefined ? undefined : { ArnNotEquals: { 'aws:PrincipalArn': allBut } },
    });
  return new PolicyDocument({
    statements: [
      deny(writing.sid, writing.actions, writing.roleArns),
      deny('ChangeNothing', never),
      deny('KeepTheTableAsDeployed', tableChanges, deploymentRoleArns),
    ],
  });
}
