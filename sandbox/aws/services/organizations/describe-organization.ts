import { type Backstage, type Operation, plainResource } from '../../operation.ts';
import { organizationId } from '../../organization.ts';
import { describedAccount } from './account.ts';
import { organizationArn } from './arns.ts';
import { checkIsInOrganization } from './callers.ts';
import { organizationsWire } from './wire.ts';

/** DescribeOrganization: every account of the organization may ask. */
export function describeOrganization({ organization }: Backstage): Operation {
  return {
    resource: () => '*',
    permissions: ({ principal }) => [
      { action: 'organizations:DescribeOrganization', resource: plainResource('*', principal.accountId) },
    ],
    respond(call) {
      checkIsInOrganization(organization, call);
      const management = describedAccount(organization, organization.managementAccountId);
      return organizationsWire.success({
        Organization: {
          Id: organizationId,
          Arn: organizationArn(organization),
          FeatureSet: 'ALL',
          MasterAccountArn: management.Arn,
          MasterAccountId: management.Id,
          MasterAccountEmail: management.Email,
          AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
        },
      });
    },
  };
}
