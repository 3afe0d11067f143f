import * as z from 'zod';
import type { DeployedTable } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.string() }));
const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.string(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

/** Of a table that is written on demand, in one Region. */
const tableProperties = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: keySchema,
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z.strictObject({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z
    .strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() })
    .optional(),
  SSESpecification: withoutEffect,
  WriteOnDemandThroughputSettings: withoutEffect,
  Replicas: z
    .array(
      z.strictObject({
        Region: z.string(),
        ResourcePolicy: z.strictObject({ PolicyDocument: policyDocument }).optional(),
        DeletionProtectionEnabled: withoutEffect,
        PointInTimeRecoverySpecification: withoutEffect,
        ContributorInsightsSpecification: withoutEffect,
        GlobalSecondaryIndexes: withoutEffect,
        TableClass: withoutEffect,
        SSESpecification: withoutEffect,
        Tags: withoutEffect,
      }),
    )
    .length(1, 'the sandbox has tables of one Region'),
});

export function readTables(resources: readonly ResolvedResource[]): DeployedTable[] {
  return resources
    .filter(({ type }) => type === 'AWS::DynamoDB::GlobalTable')
    .map((table) => {
      const properties = propertiesOf(table, tableProperties);
      const timeToLive = properties.TimeToLiveSpecification;
      if (timeToLive?.Enabled === true && timeToLive.AttributeName === undefined) {
        throw new AssemblyError(table, 'TimeToLiveSpecification names no attribute');
      }
      return {
        logicalId: table.logicalId,
        name: table.name,
        arn: table.attribute('Arn'),
        streamArn: properties.StreamSpecification === undefined ? null : table.attribute('StreamArn'),
        streamViewType: properties.StreamSpecification?.StreamViewType ?? null,
        timeToLiveAttribute: timeToLive?.Enabled === true ? (timeToLive.AttributeName ?? null) : null,
        resourcePolicy: properties.Replicas[0]?.ResourcePolicy?.PolicyDocument ?? null,
        createTable: {
          TableName: table.name,
          AttributeDefinitions: properties.AttributeDefinitions,
          KeySchema: properties.KeySchema,
          BillingMode: properties.BillingMode,
          ...(properties.GlobalSecondaryIndexes && {
            GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
          }),
          ...(properties.LocalSecondaryIndexes && {
            LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
          }),
        },
      };
    });
}
