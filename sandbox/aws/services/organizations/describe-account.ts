import { AwsError } from '../../errors.ts';
import { type Backstage, type Call, type Operation, plainResource } from '../../operation.ts';
import { isInOrganization, mayManageRoot } from '../../organization.ts';
import { describedAccount } from './account.ts';
import { accountArn } from './arns.ts';
import { matching, organizationsWire } from './wire.ts';

export function describeAccount({ organization }: Backstage): Operation {
  return {
    resource: (call) => accountArn(organization, String(call.input.AccountId)),
    permissions: (call) => [
      {
        action: 'organizations:DescribeAccount',
        resource: plainResource(accountArn(organization, accountIdOf(call)), call.principal.accountId),
      },
    ],
    respond(call) {
      if (!mayManageRoot(organization, call.principal.accountId)) {
        throw new AwsError(
          400,
          'AccessDeniedException',
          "You don't have permissions to access this resource.",
        );
      }
      const accountId = accountIdOf(call);
      if (!isInOrganization(organization, accountId)) {
        throw new AwsError(400, 'AccountNotFoundException', "You specified an account that doesn't exist.");
      }
      return organizationsWire.success({ Account: describedAccount(organization, accountId) });
    },
  };
}

function accountIdOf(call: Call): string {
  return matching(call, 'AccountId', /^\d{12}$/);
}
