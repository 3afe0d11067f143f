import { AwsError } from '../../errors.ts';
import type { Backstage, Service } from '../../operation.ts';
import { describeAccount } from './describe-account.ts';
import { describeOrganization } from './describe-organization.ts';
import { listAccounts, listAccountsForParent } from './list-accounts.ts';
import { describeOrganizationalUnit, listOrganizationalUnitsForParent } from './organizational-units.ts';
import { listParents, listRoots } from './roots-and-parents.ts';
import { organizationsWire } from './wire.ts';

export function organizationsService(backstage: Backstage): Service {
  return {
    wire: organizationsWire,
    operations: {
      DescribeAccount: describeAccount(backstage),
      DescribeOrganization: describeOrganization(backstage),
      DescribeOrganizationalUnit: describeOrganizationalUnit(backstage),
      ListAccounts: listAccounts(backstage),
      ListAccountsForParent: listAccountsForParent(backstage),
      ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent(backstage),
      ListParents: listParents(backstage),
      ListRoots: listRoots(backstage),
    },
    accessDenied: (message) => new AwsError(400, 'AccessDeniedException', message),
    throttled: () =>
      new AwsError(
        400,
        'TooManyRequestsException',
        "You've exceeded the number of requests to AWS Organizations. Try again later.",
      ),
    failed: () =>
      new AwsError(
        500,
        'ServiceException',
        'AWS Organizations encountered an internal error. Try again later.',
      ),
  };
}
