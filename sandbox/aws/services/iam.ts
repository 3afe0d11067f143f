import { AwsError } from '../errors.ts';
import { type Backstage, type Operation, plainResource, type Service } from '../operation.ts';
import { isInOrganization, mayManageRoot, organizationId } from '../organization.ts';
import { queryWire } from '../wire/query.ts';

const wire = queryWire('https://iam.amazonaws.com/doc/2010-05-08/');

export function iamService(backstage: Backstage): Service {
  return {
    wire,
    operations: { ListOrganizationsFeatures: listOrganizationsFeatures(backstage) },
    accessDenied: (message) => new AwsError(403, 'AccessDenied', message),
    throttled: () => new AwsError(400, 'Throttling', 'Rate exceeded'),
    failed: () =>
      new AwsError(500, 'ServiceFailure', 'The request processing has failed because of an unknown error.'),
  };
}

function listOrganizationsFeatures({ organization }: Backstage): Operation {
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
      return wire.success('ListOrganizationsFeatures', {
        OrganizationId: organizationId,
        EnabledFeatures: { member: organization.features },
      });
    },
  };
}
