import * as z from 'zod';
import { rootTaskNames } from './root-tasks.ts';

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

export const refuseEnvironment = z.object({ ...auditTrail });
export type RefuseEnvironment = z.infer<typeof refuseEnvironment>;

/** `FAILURE_QUEUES` is JSON: the ARN of each failure queue, and the lane whose failures it holds. */
export const giveUpEnvironment = z.object({ ...auditTrail, ...locks, FAILURE_QUEUES: z.string().min(1) });
export type GiveUpEnvironment = z.infer<typeof giveUpEnvironment>;

/** By the ARN of a failure queue: the root task of its lane, or `refusals`. */
export const failureQueues = z.record(
  z.string().startsWith('arn:'),
  z.union([z.enum(rootTaskNames), z.literal('refusals')]),
);
export type FailureQueues = z.infer<typeof failureQueues>;

export const sweepEnvironment = z.object({ ...auditTrail, ...locks });
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
