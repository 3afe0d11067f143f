import type { AwsError } from '../errors.ts';
import type { Backstage, Call, Permission } from '../operation.ts';

/** What a caller must be allowed on the key of an encrypted topic, queue or bucket. */
export function keyPermissions(
  { deployment }: Backstage,
  call: Call,
  keyArn: string | null,
  refusal: (message: string) => AwsError,
  actions: readonly string[] = ['kms:GenerateDataKey', 'kms:Decrypt'],
): Permission[] {
  const key = deployment.keys.find((one) => one.arn === keyArn);
  if (key === undefined) return [];
  const resource = { arn: key.arn, accountId: deployment.accountId, policy: key.policy, policyOfStack: true };
  const context = {
    'kms:CallerAccount': call.principal.accountId,
    'kms:ViaService': `${call.service}.${call.region}.amazonaws.com`,
  };
  return actions.map((action) => ({ action, resource, context, refusal }));
}
