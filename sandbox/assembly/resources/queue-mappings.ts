import * as z from 'zod';
import type { DeployedFunction, DeployedQueueMapping } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';
import { mappedFunction, mappingsOn } from './event-source-mappings.ts';

/** What Lambda takes for a queue: no retries, no destination and no starting position, which are the queue's own. */
const mappingProperties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.int().min(1).default(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1000) }).optional(),
  MaximumBatchingWindowInSeconds: withoutEffect,
  Tags: withoutEffect,
});

/** The enabled mappings on queues of the stack. */
export function readQueueMappings(
  resources: readonly ResolvedResource[],
  functions: readonly DeployedFunction[],
): DeployedQueueMapping[] {
  const queues = resources.filter(({ type }) => type === 'AWS::SQS::Queue');
  return mappingsOn(resources, 'sqs')
    .map((resource) => ({ resource, properties: propertiesOf(resource, mappingProperties) }))
    .filter(({ properties }) => properties.Enabled)
    .map(({ resource, properties }) => {
      if (!queues.some((queue) => queue.attribute('Arn') === properties.EventSourceArn)) {
        throw new AssemblyError(resource, `no queue ${properties.EventSourceArn} in the stack`);
      }
      return {
        functionArn: mappedFunction(resource, properties.FunctionName, functions).arn,
        queueArn: properties.EventSourceArn,
        batchSize: properties.BatchSize,
        reportBatchItemFailures: properties.FunctionResponseTypes.length > 0,
        maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? null,
      };
    });
}
