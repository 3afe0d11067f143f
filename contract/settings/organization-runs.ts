import * as z from 'zod';

const expectedSchedule =
  'expected an expression of EventBridge Scheduler, for example "rate(7 days)" or "cron(0 6 ? * MON *)"';

/** How runs across the organization go, and whether there is one by schedule. */
export const organizationRuns = z.strictObject(
  {
    maxConcurrency: z
      .int('expected a whole number, for example 10')
      .min(1, 'expected at least 1')
      .max(
        100,
        'expected at most 100: the switch is read twice an account, and Parameter Store answers 40 reads a second',
      )
      .default(10)
      .meta({ description: 'How many accounts are visited at the same time.' }),
    scheduledAudit: z
      .strictObject(
        {
          enabled: z.boolean('expected true or false').default(false),
          schedule: z
            .string(expectedSchedule)
            .regex(/^(?:rate\([1-9]\d{0,3} days?\)|cron\([A-Z0-9 ,*/?#-]{11,80}\))$/, expectedSchedule)
            .default('rate(7 days)')
            .meta({ description: 'When, in UTC, as EventBridge Scheduler has it.' }),
        },
        'expected whether and when, for example {"enabled": true, "schedule": "rate(7 days)"}',
      )
      .prefault({})
      .meta({ description: 'An audit of the whole organization that no ticket asks for; default: off.' }),
  },
  'expected how runs go, for example {"maxConcurrency": 10}',
);
