import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RootTaskEnvironment } from '../contract/environment.ts';
import type { Settings } from '../contract/settings.ts';
import { deploymentRoleArnsOf } from './deployment-roles.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';
import { tablePolicy } from './table-policy.ts';

export interface DeliveryLocksProps {
  readonly settings: Settings;
}

/**
 * Locks that keep two deliveries of one request, and two requests on one target, from running at the same time.
 * They lapse by themselves and prove nothing: what was done is in the audit trail. Key and attribute names are
 * Powertools' defaults (idempotency, DynamoDBPersistenceLayer).
 */
export class DeliveryLocks extends Construct {
  readonly table: TableV2;
  readonly #users: RootdeskFunction[] = [];

  constructor(scope: Construct, id: string, { settings }: DeliveryLocksProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiration',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
      // Whoever could write here could take a lock away from a run, or keep every run from starting.
      resourcePolicy: tablePolicy({
        writing: {
          sid: 'LockedByTheProduct',
          actions: ['PutItem', 'UpdateItem', 'DeleteItem'],
          roleArns: Lazy.list({ produce: () => this.#users.map(({ role }) => role.roleArn) }),
        },
        never: ['BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'],
        deploymentRoleArns: deploymentRoleArnsOf(this, settings),
      }),
    });
  }

  /** Lets a function take and release locks, and tells it the table. */
  grantUse(fn: RootdeskFunction): void {
    this.#users.push(fn);
    fn.allow(
      new PolicyStatement({
        sid: 'TakeLocks',
        actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map((name) => `dynamodb:${name}`),
        resources: [this.table.tableArn],
      }),
    );
    fn.addEnvironment<Pick<RootTaskEnvironment, 'LOCK_TABLE'>>({ LOCK_TABLE: this.table.tableName });
  }
}
