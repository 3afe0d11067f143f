import * as z from 'zod';
import { type RootTaskName, rootTaskNames } from '../root-tasks.ts';
import { approvers, requesters } from './fields.ts';

const taskSettings = z.strictObject(
  {
    enabled: z.boolean('expected true or false').default(true),
    requiredApprovals: z
      .int('expected a whole number, for example 1')
      .min(1, 'expected at least 1')
      .max(20, 'expected at most 20')
      .default(1),
    approvers: approvers.optional().meta({
      description:
        "Who may approve this task, in place of the common list; a ticket source's own list must hold them too.",
    }),
    requesters: requesters
      .optional()
      .meta({ description: 'Who may ask for this task, in place of the common list.' }),
  },
  'expected what holds for this root task, for example {"enabled": true, "requiredApprovals": 2}',
);

export type TaskSettings = z.infer<typeof taskSettings>;

const defaults = taskSettings.parse({});

/** The settings of the root tasks, by name. */
export const tasks = z.strictObject(
  Object.fromEntries(rootTaskNames.map((name) => [name, taskSettings.optional()])) as Record<
    RootTaskName,
    z.ZodOptional<typeof taskSettings>
  >,
  `expected root tasks by name, for example {"${rootTaskNames[0]}": {"requiredApprovals": 2}}`,
);

/** A root task's settings, its defaults filled in. */
export function taskSettingsOf(
  settings: { readonly tasks: z.infer<typeof tasks> },
  task: RootTaskName,
): TaskSettings {
  return settings.tasks[task] ?? defaults;
}
