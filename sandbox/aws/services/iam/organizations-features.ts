import { AwsError } from '../../errors.ts';
import { type Backstage, type Operation, plainResource } from '../../operation.ts';
import { isInOrganization, mayManageRoot, organizationId } from '../../organization.ts';
import { iamWire } from './wire.ts';

export function listOrganizationsFeatures({ organization }: Backstage): Operation {
  return {
    resource: () => '*',
    permissions: ({ principal }) => [
      { action: 'iam:ListOrganizationsFeatures', resource: plainResource('*', principal.accountId) },
    ],
    respond({ principal: { accountId } }) {
      if (!isInOrganization(organization, accountId)) {
        throw new AwsError(
          400,
          'OrganizationNotFoundException',
          `Account ${accountId} is not in an organization.`,
        );
      }
      if (!organization.trustedAccess) {
        throw new AwsError(
          400,
          'ServiceAccessNotEnabledException',
          `Trusted Access for IAM not enabled by organization of input account ${accountId}.`,
        );
      }
      if (!mayManageRoot(organization, accountId)) {
        throw new AwsError(
          400,
          'AccountNotManagementOrDelegatedAdministratorException',
          `Input account ${accountId} is neither management account nor delegated admin.`,
        );
      }
      return iamWire.success('ListOrganizationsFeatures', {
        OrganizationId: organizationId,
        EnabledFeatures: { member: organization.features },
      });
    },
  };
}
