import * as z from 'zod';
import type { DeployedRule, DeployedSchedule, DeployedTarget } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const target = z.strictObject({
  Arn: z.string(),
  Id: withoutEffect,
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.number().default(185),
      MaximumEventAgeInSeconds: z.number().default(86_400),
    })
    .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
});

const common = {
  Name: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: withoutEffect,
  Tags: withoutEffect,
};

/** Input, input transformers and roles for targets are not modelled for events: each is a property too many. */
const ruleProperties = z.strictObject({
  ...common,
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()),
  Targets: z.array(target).default([]),
});

/** EventBridge takes schedules on the default bus only. */
const scheduleProperties = z.strictObject({
  ...common,
  EventBusName: z.literal('default', 'a schedule lives on the default bus').optional(),
  ScheduleExpression: z.string(),
  Targets: z.array(target.extend({ Input: z.string().optional() })).default([]),
});

const deployedTarget = ({
  Arn,
  DeadLetterConfig,
  RetryPolicy,
}: z.infer<typeof target>): Omit<DeployedTarget, 'input'> => ({
  arn: Arn,
  deadLetterArn: DeadLetterConfig?.Arn ?? null,
  maximumRetryAttempts: RetryPolicy.MaximumRetryAttempts,
  maximumEventAgeSeconds: RetryPolicy.MaximumEventAgeInSeconds,
});

function rulesOf(resources: readonly ResolvedResource[], kind: 'event' | 'schedule'): ResolvedResource[] {
  return resources.filter(
    ({ type, properties }) =>
      type === 'AWS::Events::Rule' &&
      (kind === 'schedule') === Object.hasOwn(properties, 'ScheduleExpression'),
  );
}

/** The rules that wait for events. */
export function readRules(resources: readonly ResolvedResource[]): DeployedRule[] {
  return rulesOf(resources, 'event').map((rule) => {
    const properties = propertiesOf(rule, ruleProperties);
    return {
      name: rule.name,
      arn: rule.attribute('Arn'),
      busName: properties.EventBusName.replace(/^arn:.*:event-bus\//, ''),
      enabled: properties.State === 'ENABLED',
      pattern: properties.EventPattern,
      targets: properties.Targets.map(deployedTarget),
    };
  });
}

/** The rules that fire by the clock. */
export function readSchedules(resources: readonly ResolvedResource[]): DeployedSchedule[] {
  return rulesOf(resources, 'schedule').map((rule) => {
    const properties = propertiesOf(rule, scheduleProperties);
    return {
      name: rule.name,
      arn: rule.attribute('Arn'),
      enabled: properties.State === 'ENABLED',
      expression: properties.ScheduleExpression,
      targets: properties.Targets.map((one) => {
        if (one.Input === undefined) return deployedTarget(one);
        if (!isJson(one.Input)) throw new AssemblyError(rule, `Input is no JSON: ${one.Input}`);
        return { ...deployedTarget(one), input: one.Input };
      }),
    };
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
