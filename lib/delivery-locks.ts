import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RootTaskEnvironment } from '../contract/environment.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

/**
 * Locks that keep two deliveries of one request, and two requests on one target, from running at the same time.
 * They lapse by themselves and prove nothing: what was done is in the audit trail. Key and attribute names are
 * Powertools' defaults (idempotency, DynamoDBPersistenceLayer).
 */
export class DeliveryLocks extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiration',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Lets a function take and release locks, and tells it the table. */
  grantUse(fn: RootdeskFunction): void {
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
