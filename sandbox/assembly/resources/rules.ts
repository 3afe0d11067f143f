import * as z from 'zod';
import type { DeployedRule } from '../../parts.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

/** Input transformers, schedules and roles for targets are not modelled: each is a property too many. */
const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z
    .array(
      z.strictObject({
        Arn: z.string(),
        Id: withoutEffect,
        DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
        RetryPolicy: z
          .strictObject({
            MaximumRetryAttempts: z.number().default(185),
            MaximumEventAgeInSeconds: z.number().default(86_400),
          })
          .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
      }),
    )
    .default([]),
  Description: withoutEffect,
  Tags: withoutEffect,
});

export function readRules(resources: readonly ResolvedResource[]): DeployedRule[] {
  return resources
    .filter(({ type }) => type === 'AWS::Events::Rule')
    .map((rule) => {
      const properties = propertiesOf(rule, ruleProperties);
      return {
        name: rule.name,
        arn: rule.attribute('Arn'),
        busName: properties.EventBusName.replace(/^arn:.*:event-bus\//, ''),
        enabled: properties.State === 'ENABLED',
        pattern: properties.EventPattern,
        targets: properties.Targets.map(({ Arn, DeadLetterConfig, RetryPolicy }) => ({
          arn: Arn,
          deadLetterArn: DeadLetterConfig?.Arn ?? null,
          maximumRetryAttempts: RetryPolicy.MaximumRetryAttempts,
          maximumEventAgeSeconds: RetryPolicy.MaximumEventAgeInSeconds,
        })),
      };
    });
}
