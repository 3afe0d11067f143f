import { Effect, PolicyDocument, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';

interface TrailPolicyInput {
  /** Roles that append; may be a lazy list. */
  readonly writerRoleArns: string[];
  /** Roles that may change the table itself. */
  readonly deploymentRoleArns: readonly string[];
}

/**
 * Append-only, said by the table itself, so that an administrator's identity policy is not enough to rewrite
 * history. (An account's root can always delete the policy, and whoever may change the stack may change it; the
 * stream shows every change of an entry, and on-call is paged.)
 *
 * Resource is `*`, which here means this table: its own ARN would be a circular dependency. TransactWriteItems is
 * authorized as the actions of its parts, and needs no line of its own. A restore from a backup or an import makes
 * another table: nothing to deny here.
 * Source: DynamoDB Developer Guide, "API operations supported by resource-based policies".
 */
export function trailPolicy({ writerRoleArns, deploymentRoleArns }: TrailPolicyInput): PolicyDocument {
  const deny = (sid: string, actions: string[], allBut?: readonly string[]) =>
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
      deny('AppendOnlyByTheProduct', ['PutItem'], writerRoleArns),
      // BatchWriteItem and PartiQLInsert append too, but without the condition that keeps an entry from another's
      // place; nobody needs them.
      deny('ChangeNothing', [
        'UpdateItem',
        'DeleteItem',
        'BatchWriteItem',
        'PartiQLInsert',
        'PartiQLUpdate',
        'PartiQLDelete',
      ]),
      // UpdateTable would turn off the deletion protection or the stream, or add a replica in a Region where this
      // policy does not hold; a time to live would delete entries; without continuous backups nothing brings them back.
      deny(
        'KeepTheTableAsDeployed',
        [
          'UpdateTable',
          'DeleteTable',
          'UpdateTimeToLive',
          'UpdateContinuousBackups',
          'PutResourcePolicy',
          'DeleteResourcePolicy',
        ],
        deploymentRoleArns,
      ),
    ],
  });
}
