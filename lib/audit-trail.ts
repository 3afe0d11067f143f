import { Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { RefuseEnvironment } from '../contract/environment.ts';
import type { Settings } from '../contract/settings.ts';
import { deploymentRoleArnsOf } from './deployment-roles.ts';
import type { FailureQueue } from './failure-queue.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';
import { tablePolicy } from './table-policy.ts';

/** Which changes of the trail a function is told of: EventBridge patterns over DynamoDB stream records. */
export interface StreamOptions {
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  /** How many changes it is told of at once, at most. */
  readonly batchSize: number;
  /** Takes the position of what could not be told within the retries. */
  readonly failures: FailureQueue;
}

/** What other parts may do with the trail. */
export interface IAuditTrail {
  /** Lets a function append entries and read chains, and tells it the table. */
  grantAppend(fn: RootdeskFunction): void;
  /** Lets a function read chains, and tells it the table. */
  grantRead(fn: RootdeskFunction): void;
  /** Lets a function list requests by the month of their entries. */
  grantList(fn: RootdeskFunction): void;
  /** Lets a function list requests by their target. */
  grantListTarget(fn: RootdeskFunction): void;
  /** Has a function called with the trail's changes, in batches, apart from every other function. */
  streamTo(fn: RootdeskFunction, options: StreamOptions): void;
}

export interface AuditTrailProps {
  readonly settings: Settings;
}

/** The append-only record of every request. See `contract/trail-entry.ts` for what an entry holds. */
export class AuditTrail extends Construct implements IAuditTrail {
  readonly table: TableV2;
  readonly #writers: RootdeskFunction[] = [];

  constructor(scope: Construct, id: string, { settings }: AuditTrailProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'requestId', type: AttributeType.STRING },
      sortKey: { name: 'sequence', type: AttributeType.NUMBER },
      globalSecondaryIndexes: [
        newestFirst('byAccount', 'accountId'),
        newestFirst('byTarget', 'targetPath'),
        newestFirst('byMonth', 'month'),
      ],
      // Old images as well: a changed or removed entry has to show what it was.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: true,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
      resourcePolicy: tablePolicy({
        writing: {
          sid: 'AppendOnlyByTheProduct',
          actions: ['PutItem'],
          roleArns: Lazy.list({ produce: () => this.#writers.map(({ role }) => role.roleArn) }),
        },
        // BatchWriteItem and PartiQLInsert append too, but without the condition that keeps an entry from another's
        // place; nobody needs them.
        never: [
          'UpdateItem',
          'DeleteItem',
          'BatchWriteItem',
          'PartiQLInsert',
          'PartiQLUpdate',
          'PartiQLDelete',
        ],
        deploymentRoleArns: deploymentRoleArnsOf(this, settings),
      }),
    });
  }

  grantAppend(fn: RootdeskFunction): void {
    this.#writers.push(fn);
    this.#grant(fn, 'AppendToTheTrail', ['PutItem', 'GetItem', 'Query']);
  }

  grantRead(fn: RootdeskFunction): void {
    this.#grant(fn, 'ReadTheTrail', ['GetItem', 'Query']);
  }

  grantList(fn: RootdeskFunction): void {
    this.#grantIndex(fn, 'ListTheTrail', 'byMonth');
  }

  grantListTarget(fn: RootdeskFunction): void {
    this.#grantIndex(fn, 'ListTheTrailOfATarget', 'byTarget');
  }

  streamTo(fn: RootdeskFunction, { filters, batchSize, failures }: StreamOptions): void {
    const stream = this.table.tableStreamArn;
    if (stream === undefined) throw new Error('the audit trail has no stream');
    fn.allow(
      new PolicyStatement({
        sid: 'FollowTheTrail',
        actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (name) => `dynamodb:${name}`,
        ),
        resources: [stream],
      }),
    );
    new EventSourceMapping(fn, 'TrailStream', {
      target: fn.handler,
      eventSourceArn: stream,
      filters: filters.map((filter) => FilterCriteria.filter({ ...filter })),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize,
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // Finite, and well within the 24 hours that a stream keeps a record: what cannot be told becomes an alarm
      // while the record can still be read.
      retryAttempts: 30,
      maxRecordAge: Duration.hours(20),
      onFailure: failures.asStreamDestination(),
    });
  }

  #grantIndex(fn: RootdeskFunction, sid: string, index: string): void {
    const resources = [`${this.table.tableArn}/index/${index}`];
    fn.allow(new PolicyStatement({ sid, actions: ['dynamodb:Query'], resources }));
  }

  /** On the table alone, without its indexes: an entry that counts is read consistently, which no index offers. */
  #grant(fn: RootdeskFunction, sid: string, names: readonly string[]): void {
    const actions = names.map((name) => `dynamodb:${name}`);
    fn.allow(new PolicyStatement({ sid, actions, resources: [this.table.tableArn] }));
    fn.addEnvironment<RefuseEnvironment>({ AUDIT_TRAIL_TABLE: this.table.tableName });
  }
}

/** An index that finds requests by one attribute in the order of time, holding just enough to list them. */
function newestFirst(indexName: string, attribute: string): GlobalSecondaryIndexPropsV2 {
  return {
    indexName,
    partitionKey: { name: attribute, type: AttributeType.STRING },
    sortKey: { name: 'at', type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['kind', 'ending', 'code'],
  };
}
