import * as z from 'zod';
import type { DeployedSchedulerSchedule } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

/** Defaults: EventBridge Scheduler API Reference, "RetryPolicy". */
const scheduleProperties = z.strictObject({
  Name: z.string().optional(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z
    .enum(['UTC', 'Etc/UTC'], 'the sandbox models schedules in UTC only')
    .default('UTC'),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().optional(),
    DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
    RetryPolicy: z
      .strictObject({
        MaximumRetryAttempts: z.number().default(185),
        MaximumEventAgeInSeconds: z.number().default(86_400),
      })
      .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
  }),
  Description: withoutEffect,
});

/** Schedules of EventBridge Scheduler, not those of EventBridge's rules. */
export function readSchedulerSchedules(resources: readonly ResolvedResource[]): DeployedSchedulerSchedule[] {
  const groups = resources.filter(({ type }) => type === 'AWS::Scheduler::ScheduleGroup');
  return resources
    .filter(({ type }) => type === 'AWS::Scheduler::Schedule')
    .map((schedule) => {
      const { GroupName: group, Target, ...properties } = propertiesOf(schedule, scheduleProperties);
      if (group !== 'default' && !groups.some(({ name }) => name === group)) {
        throw new AssemblyError(schedule, `no schedule group ${group} in the stack`);
      }
      return {
        name: schedule.name,
        group,
        arn: schedule.attribute('Arn'),
        enabled: properties.State === 'ENABLED',
        expression: properties.ScheduleExpression,
        target: {
          arn: Target.Arn,
          roleArn: Target.RoleArn,
          input: Target.Input ?? null,
          deadLetterArn: Target.DeadLetterConfig?.Arn ?? null,
          maximumRetryAttempts: Target.RetryPolicy.MaximumRetryAttempts,
          maximumEventAgeSeconds: Target.RetryPolicy.MaximumEventAgeInSeconds,
        },
      };
    });
}
