import * as z from 'zod';

/**
 * What each function reads from its environment, declared once: constructs write exactly these names, handlers parse
 * exactly these schemas. Settings are not here: they travel inside the bundle.
 */
const auditTrail = { AUDIT_TRAIL_TABLE: z.string().min(1) };

export const rootTaskEnvironment = z.object({
  ...auditTrail,
  LOCK_TABLE: z.string().min(1),
  TASK_ROLE_ARN: z.string().startsWith('arn:'),
  TASK_POLICY_ARN: z.string().startsWith('arn:'),
  PARTITION: z.string().min(1),
});
export type RootTaskEnvironment = z.infer<typeof rootTaskEnvironment>;

export const refuseEnvironment = z.object({ ...auditTrail });
export type RefuseEnvironment = z.infer<typeof refuseEnvironment>;

export const notifyEnvironment = z.object({ ...auditTrail, TOPIC_ARN: z.string().startsWith('arn:') });
export type NotifyEnvironment = z.infer<typeof notifyEnvironment>;

export const publishEnvironment = z.object({ BUS_NAME: z.string().min(1) });
export type PublishEnvironment = z.infer<typeof publishEnvironment>;

/** What the Lambda runtime itself sets. Source: Lambda Developer Guide, "Defined runtime environment variables". */
export const lambdaEnvironment = z.object({
  AWS_REGION: z.string().min(1),
  AWS_LAMBDA_FUNCTION_NAME: z.string().min(1),
});
export type LambdaEnvironment = z.infer<typeof lambdaEnvironment>;
