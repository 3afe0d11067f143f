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

/** The services whose events Lambda itself fetches here: streams of DynamoDB, queues of SQS. */
type Source = 'dynamodb' | 'sqs';

const sourceOf = ({ properties }: ResolvedResource) => String(properties.EventSourceArn).split(':')[2];

/** The mappings on one kind of source. One on any other kind is an error. */
export function mappingsOn(resources: readonly ResolvedResource[], source: Source): ResolvedResource[] {
  const mappings = resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping');
  const stranger = mappings.find((mapping) => !['dynamodb', 'sqs'].includes(sourceOf(mapping) ?? ''));
  if (stranger !== undefined) {
    throw new AssemblyError(
      stranger,
      `the sandbox reads DynamoDB streams and SQS queues only, not ${stranger.properties.EventSourceArn}`,
    );
  }
  return mappings.filter((mapping) => sourceOf(mapping) === source);
}

/** The function of a mapping, which names it by name or ARN. */
export function mappedFunction(
  mapping: ResolvedResource,
  reference: string,
  functions: readonly DeployedFunction[],
): DeployedFunction {
  const fn = functions.find(({ name, arn }) => [name, arn].includes(reference));
  if (fn === undefined) throw new AssemblyError(mapping, `no function ${reference} in the stack`);
  return fn;
}

/** The mappings on DynamoDB streams. */
export function readEventSourceMappings(
  resources: readonly ResolvedResource[],
  functions: readonly DeployedFunction[],
): DeployedEventSourceMapping[] {
  return mappingsOn(resources, 'dynamodb').map((resource) => {
    const properties = propertiesOf(resource, mappingProperties);
    return {
      functionArn: mappedFunction(resource, properties.FunctionName, functions).arn,
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
