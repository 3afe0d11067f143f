import type { Account } from '../../parts.ts';
import { AwsError } from '../errors.ts';
import { type Backstage, type Call, type Operation, plainResource, type Service } from '../operation.ts';
import { findAccount, isInOrganization, mayManageRoot, organizationId } from '../organization.ts';
import { jsonWire } from '../wire/json.ts';

const wire = jsonWire('1.1', 'com.amazonaws.organizations');

export function organizationsService(backstage: Backstage): Service {
  return {
    wire,
    operations: { DescribeAccount: describeAccount(backstage) },
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

function describeAccount({ organization }: Backstage): Operation {
  const arnOf = (accountId: string) =>
    `arn:aws:organizations::${organization.managementAccountId}:account/${organizationId}/${accountId}`;

  return {
    resource: (call) => arnOf(String(call.input.AccountId)),
    permissions: (call) => [
      {
        action: 'organizations:DescribeAccount',
        resource: plainResource(arnOf(accountIdOf(call)), call.principal.accountId),
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
      const account = findAccount(organization, accountId) ?? {
        name: `account ${accountId}`,
        state: 'ACTIVE',
      };
      return wire.success({ Account: describe(accountId, arnOf(accountId), account) });
    },
  };
}

function describe(accountId: string, arn: string, { name, state }: Pick<Account, 'name' | 'state'>) {
  return {
    Id: accountId,
    Arn: arn,
    Email: `${accountId}@example.com`,
    Name: name ?? `account ${accountId}`,
    // Retired by AWS on 2026-09-09 in favour of State, which tells more; a closed account was SUSPENDED in it.
    Status: state === 'CLOSED' ? 'SUSPENDED' : state,
    State: state,
    JoinedMethod: 'CREATED',
    JoinedTimestamp: 1_700_000_000,
  };
}

function accountIdOf({ input }: Call): string {
  const accountId = input.AccountId;
  if (typeof accountId === 'string' && /^\d{12}$/.test(accountId)) return accountId;
  throw new AwsError(
    400,
    'InvalidInputException',
    'You provided a value that does not match the required pattern.',
    {
      details: { Reason: 'INVALID_PATTERN' },
    },
  );
}
