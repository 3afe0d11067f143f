import * as z from 'zod';
import { duration, milliseconds } from '../duration.ts';
import { type ApprovableTask, approvableTasks, isOrganizationTask, rootTasks } from '../root-tasks.ts';
import { approvers, requesters } from './fields.ts';

const approvals = z
  .int('expected a whole number, for example 1')
  .min(1, 'expected at least 1')
  .max(20, 'expected at most 20');

const acrossOrganization = {
  organizationRequiredApprovals: approvals.optional().meta({
    description:
      'How many approvals it needs when the target is the organization; default: 1 to audit, 2 to delete.',
  }),
};

/** What holds for some tasks only. */
const own = {
  'unlock-s3-bucket': {},
  'unlock-sqs-queue': {},
  'restore-s3-bucket-policy': {},
  'restore-sqs-queue-policy': {},
  'audit-root-credentials': acrossOrganization,
  'delete-root-credentials': {
    ...acrossOrganization,
    auditMaxAge: duration.default('P7D').meta({
      description: 'How old the audit may be that a deletion across the organization acts upon.',
    }),
  },
  'allow-root-password-recovery': {
    maximumRemoveAfter: duration
      .refine((text) => milliseconds(text) <= 7 * 86_400_000, 'expected at most "P7D"')
      .default('PT12H')
      .meta({
        description: 'For how long password recovery may be allowed at most.',
      }),
  },
} as const satisfies Record<ApprovableTask, z.ZodRawShape>;

function settingsSchemaOf<Task extends ApprovableTask>(task: Task) {
  return z.strictObject(
    {
      enabled: z.boolean('expected true or false').default(true),
      requiredApprovals: approvals.default(rootTasks[task].approvals.one),
      approvers: approvers.optional().meta({
        description:
          "Who may approve this task, in place of the common list; a ticket source's own list must hold them too.",
      }),
      requesters: requesters
        .optional()
        .meta({ description: 'Who may ask for this task, in place of the common list.' }),
      ...(own[task] as (typeof own)[Task]),
    },
    'expected what holds for this root task, for example {"enabled": true, "requiredApprovals": 2}',
  );
}

type Schemas = { [Task in ApprovableTask]: ReturnType<typeof settingsSchemaOf<Task>> };

const schemas = Object.fromEntries(
  approvableTasks.map((task) => [task, settingsSchemaOf(task)]),
) as unknown as Schemas;

export type TaskSettings<Task extends ApprovableTask = ApprovableTask> = z.infer<Schemas[Task]>;

/** The settings of the root tasks, by name. */
export const tasks = z.strictObject(
  Object.fromEntries(approvableTasks.map((name) => [name, schemas[name].optional()])) as {
    [Task in ApprovableTask]: z.ZodOptional<Schemas[Task]>;
  },
  `expected root tasks by name, for example {"${approvableTasks[0]}": {"requiredApprovals": 2}}`,
);

type Tasks = { readonly tasks: z.infer<typeof tasks> };

/** A root task's settings, its defaults filled in. */
export function taskSettingsOf<Task extends ApprovableTask>(settings: Tasks, task: Task): TaskSettings<Task> {
  const given = settings.tasks[task] as TaskSettings<Task> | undefined;
  return given ?? (schemas[task].parse({}) as TaskSettings<Task>);
}

/** How many approvals count as enough: for something in one account, or for the whole organization. */
export function requiredApprovalsOf(settings: Tasks, task: ApprovableTask, organization: boolean): number {
  const { requiredApprovals, ...others } = taskSettingsOf(settings, task);
  if (!organization || !isOrganizationTask(task)) return requiredApprovals;
  const given = 'organizationRequiredApprovals' in others ? others.organizationRequiredApprovals : undefined;
  return given ?? Math.max(requiredApprovals, rootTasks[task].approvals.organization);
}
