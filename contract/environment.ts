import * as z from 'zod';
import { organizationTasks, rootTaskNames } from './root-tasks.ts';

/**
 * What each function reads from its environment, declared once: constructs write exactly these names, handlers parse
 * exactly these schemas. Settings are not here: they travel inside the bundle.
 */
const auditTrail = { AUDIT_TRAIL_TABLE: z.string().min(1) };

const locks = { LOCK_TABLE: z.string().min(1) };
const announced = { ANNOUNCED_TABLE: z.string().min(1) };

export const rootTaskEnvironment = z.object({
  ...auditTrail,
  ...locks,
  SWITCH_PARAMETER: z.string().min(1),
  TASK_ROLE_ARN: z.string().startsWith('arn:'),
  TASK_POLICY_ARN: z.string().startsWith('arn:'),
  PARTITION: z.string().min(1),
});
export type RootTaskEnvironment = z.infer<typeof rootTaskEnvironment>;

/** What the lane that allows password recovery needs besides: what to schedule, and as whom. */
export const recoveryEnvironment = z.object({
  CLOSING_FUNCTION_ARN: z.string().startsWith('arn:'),
  CLOSING_SCHEDULE_GROUP: z.string().min(1),
  CLOSING_SCHEDULE_ROLE_ARN: z.string().startsWith('arn:'),
  CLOSING_DEAD_LETTER_QUEUE_ARN: z.string().startsWith('arn:'),
});
export type RecoveryEnvironment = z.infer<typeof recoveryEnvironment>;

/** `RUN_MACHINES` is JSON: by root task, the ARN of the state machine that runs it across the organization. */
const runMachinesText = { RUN_MACHINES: z.string().min(2) };
export const runMachines = z.partialRecord(z.enum(organizationTasks), z.string().startsWith('arn:'));
export type RunMachines = z.infer<typeof runMachines>;

export const beginRunEnvironment = z.object({
  ...auditTrail,
  ...locks,
  ...runMachinesText,
  SWITCH_PARAMETER: z.string().min(1),
});
export type BeginRunEnvironment = z.infer<typeof beginRunEnvironment>;

const reports = { REPORT_BUCKET: z.string().min(1) };

export const planRunEnvironment = z.object({ ...auditTrail, ...reports });
export type PlanRunEnvironment = z.infer<typeof planRunEnvironment>;

export const collateRunEnvironment = z.object({ ...auditTrail, ...locks, ...reports });
export type CollateRunEnvironment = z.infer<typeof collateRunEnvironment>;

export const refuseEnvironment = z.object({ ...auditTrail });
export type RefuseEnvironment = z.infer<typeof refuseEnvironment>;

/** `FAILURE_QUEUES` is JSON: the ARN of each failure queue, and the lane whose failures it holds. */
export const giveUpEnvironment = z.object({ ...auditTrail, ...locks, FAILURE_QUEUES: z.string().min(1) });
export type GiveUpEnvironment = z.infer<typeof giveUpEnvironment>;

/** By the ARN of a failure queue: the root task of its lane, `organization-runs`, or `refusals`. */
export const failureQueues = z.record(
  z.string().startsWith('arn:'),
  z.union([z.enum(rootTaskNames), z.literal('organization-runs'), z.literal('refusals')]),
);
export type FailureQueues = z.infer<typeof failureQueues>;

/** The sweep also starts again what nobody else does: runs that stand still, and closings that have not come. */
export const sweepEnvironment = z.object({
  ...auditTrail,
  ...locks,
  ...runMachinesText,
  CLOSING_FUNCTION_ARN: z.string().startsWith('arn:'),
});
export type SweepEnvironment = z.infer<typeof sweepEnvironment>;

export const notifyEnvironment = z.object({
  ...auditTrail,
  ...announced,
  TOPIC_ARN: z.string().startsWith('arn:'),
  ALARM_TOPIC_ARN: z.string().startsWith('arn:'),
});
export type NotifyEnvironment = z.infer<typeof notifyEnvironment>;

export const publishEnvironment = z.object({ ...auditTrail, ...announced, BUS_NAME: z.string().min(1) });
export type PublishEnvironment = z.infer<typeof publishEnvironment>;

export const digestEnvironment = z.object({ ...auditTrail, DIGEST_BUCKET: z.string().min(1) });
export type DigestEnvironment = z.infer<typeof digestEnvironment>;

/** What the Lambda runtime itself sets. Source: Lambda Developer Guide, "Defined runtime environment variables". */
export const lambdaEnvironment = z.object({
  AWS_REGION: z.string().min(1),
  AWS_LAMBDA_FUNCTION_NAME: z.string().min(1),
});
export type LambdaEnvironment = z.infer<typeof lambdaEnvironment>;
