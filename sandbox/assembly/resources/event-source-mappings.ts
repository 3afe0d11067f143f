import * as z from 'zod';
import type { DeployedEventSourceMapping, DeployedFunction } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const mappingProperties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.literal(true).default(true),
  BatchSize: z.number().optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .default({}),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  StartingPosition: withoutEffect,
  ParallelizationFactor: withoutEffect,
  MaximumBatchingWindowInSeconds: withoutEffect,
  Tags: withoutEffect,
});

export function readEventSourceMappings(
  resources: readonly ResolvedResource[],
  functions: readonly DeployedFunction[],
): DeployedEventSourceMapping[] {
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    .map((resource) => {
      const properties = propertiesOf(resource, mappingProperties);
      const fn = functions.find(({ name, arn }) => [name, arn].includes(properties.FunctionName));
      if (fn === undefined)
        throw new AssemblyError(resource, `no function ${properties.FunctionName} in the stack`);
      if (!properties.EventSourceArn.includes(':dynamodb:')) {
        throw new AssemblyError(
          resource,
          `the sandbox reads DynamoDB streams only, not ${properties.EventSourceArn}`,
        );
      }
      return {
        functionArn: fn.arn,
        sourceArn: properties.EventSourceArn,
        batchSize: properties.BatchSize ?? 100,
        bisectOnError: properties.BisectBatchOnFunctionError,
        reportBatchItemFailures: properties.FunctionResponseTypes.length > 0,
        maximumRetryAttempts: properties.MaximumRetryAttempts,
        maximumRecordAgeSeconds: properties.MaximumRecordAgeInSeconds,
        onFailureArn: properties.DestinationConfig.OnFailure?.Destination ?? null,
        filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern)),
      };
    });
}
