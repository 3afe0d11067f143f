import * as z from 'zod';
import { oneTimeOf } from '../../scheduler/one-time.ts';
import type { Schedule } from '../../scheduler/schedules.ts';
import { AwsError, notModelled } from '../errors.ts';

/** A parameter more, or another value, would mean something that the sandbox does not do. */
const request = z.strictObject({
  Name: z.string(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.literal('UTC').default('UTC'),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  ClientToken: z.string().nullable().default(null),
  Description: z.string().optional(),
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().nullable().default(null),
    DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
    RetryPolicy: z
      .strictObject({
        MaximumRetryAttempts: z.int().min(0).max(185).default(185),
        MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
      })
      .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
  }),
});

export function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationException', message);
}

/** The name of a schedule, in the form that Scheduler takes. */
export function scheduleName(name: unknown): string {
  const text = String(name);
  const failed = (constraint: string) =>
    invalid(
      `1 validation error detected: Value '${text}' at 'name' failed to satisfy constraint: Member must ${constraint}`,
    );
  if (text.length > 64) throw failed('have length less than or equal to 64');
  if (!/^[0-9a-zA-Z-_.]+$/.test(text)) throw failed('satisfy regular expression pattern: [0-9a-zA-Z-_.]+');
  return text;
}

/** A call of CreateSchedule for a moment to come. Recurring schedules come with the template only. */
export function parseSchedule(
  input: Readonly<Record<string, unknown>>,
  now: number,
): Omit<Schedule, 'arn' | 'createdAt'> {
  const parsed = request.safeParse(input);
  if (!parsed.success) throw notModelled(`scheduler:CreateSchedule so: ${z.prettifyError(parsed.error)}`);
  const { Target, ScheduleExpression: expression, ...asked } = parsed.data;
  const oneTime = oneTimeOf(expression);
  if (oneTime === null && expression.startsWith('at(')) {
    throw invalid(`Invalid Schedule Expression ${expression}.`);
  }
  if (oneTime === null) throw notModelled(`scheduler:CreateSchedule with ${expression}`);
  if (oneTime.firstAt <= now) throw invalid(`Invalid Schedule Expression ${expression}: it is in the past.`);
  return {
    name: scheduleName(asked.Name),
    group: asked.GroupName,
    enabled: asked.State === 'ENABLED',
    expression,
    actionAfterCompletion: asked.ActionAfterCompletion,
    clientToken: asked.ClientToken,
    target: {
      arn: Target.Arn,
      roleArn: Target.RoleArn,
      input: Target.Input,
      deadLetterArn: Target.DeadLetterConfig?.Arn ?? null,
      maximumRetryAttempts: Target.RetryPolicy.MaximumRetryAttempts,
      maximumEventAgeSeconds: Target.RetryPolicy.MaximumEventAgeInSeconds,
    },
  };
}
