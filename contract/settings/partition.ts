import type { Settings } from '../settings.ts';
import { roleArn } from './fields.ts';

interface RoleOfSettings {
  readonly arn: string;
  readonly path: readonly PropertyKey[];
}

/** The partition that a role's ARN names: `aws`, `aws-cn`, `aws-us-gov` and so on; undefined where it is no such ARN. */
export function partitionOfRole(arn: string): string | undefined {
  return roleArn.safeParse(arn).success ? arn.split(':')[1] : undefined;
}

/** Every role that the settings name, and where. */
export function rolesOf({ ticketSources, deploymentRoleArns, operatorRoleArns }: Settings): RoleOfSettings[] {
  return [
    ...ticketSources.flatMap(({ senderRoleArns }, source) =>
      senderRoleArns.map((arn, index) => ({
        arn,
        path: ['ticketSources', source, 'senderRoleArns', index],
      })),
    ),
    ...(deploymentRoleArns ?? []).map((arn, index) => ({ arn, path: ['deploymentRoleArns', index] })),
    ...(operatorRoleArns ?? []).map((arn, index) => ({ arn, path: ['operatorRoleArns', index] })),
  ];
}

/**
 * The partition of this organization, as its roles name it: accounts of one partition cannot join an organization of
 * another. Throws where no role names one, which settings that were parsed never do.
 * Source: AWS GovCloud (US) User Guide, "AWS Organizations in AWS GovCloud (US)".
 */
export function partitionOf(settings: Settings): string {
  for (const { arn } of rolesOf(settings)) {
    const partition = partitionOfRole(arn);
    if (partition !== undefined) return partition;
  }
  throw new Error('no role in the settings names a partition');
}
