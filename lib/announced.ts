import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { NotifyEnvironment } from '../contract/environment.ts';
import type { Settings } from '../contract/settings.ts';
import { deploymentRoleArnsOf } from './deployment-roles.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';
import { tablePolicy } from './table-policy.ts';

export interface AnnouncedProps {
  readonly settings: Settings;
}

/**
 * Which entries of the trail have been told, and on which channel: so that the catch-up tells what was missed and
 * nothing twice. It lapses by itself and proves nothing.
 */
export class Announced extends Construct {
  readonly table: TableV2;
  readonly #announcers: RootdeskFunction[] = [];

  constructor(scope: Construct, id: string, { settings }: AnnouncedProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'entry', type: AttributeType.STRING },
      sortKey: { name: 'channel', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiration',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
      // Whoever could write here could keep an ending from being told.
      resourcePolicy: tablePolicy({
        writing: {
          sid: 'RecordedByTheAnnouncers',
          actions: ['PutItem', 'UpdateItem'],
          roleArns: Lazy.list({ produce: () => this.#announcers.map(({ role }) => role.roleArn) }),
        },
        never: ['DeleteItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'],
        deploymentRoleArns: deploymentRoleArnsOf(this, settings),
      }),
    });
  }

  /** Lets a function look up and record what was told, and tells it the table. */
  grantRecord(fn: RootdeskFunction): void {
    this.#grant(fn, ['GetItem', 'PutItem']);
  }

  /** The same, and counting: for the function that holds back what would be a flood. */
  grantRecordAndCount(fn: RootdeskFunction): void {
    this.#grant(fn, ['GetItem', 'PutItem', 'UpdateItem']);
  }

  #grant(fn: RootdeskFunction, names: readonly string[]): void {
    this.#announcers.push(fn);
    fn.allow(
      new PolicyStatement({
        sid: 'RecordWhatWasTold',
        actions: names.map((name) => `dynamodb:${name}`),
        resources: [this.table.tableArn],
      }),
    );
    fn.addEnvironment<Pick<NotifyEnvironment, 'ANNOUNCED_TABLE'>>({ ANNOUNCED_TABLE: this.table.tableName });
  }
}
