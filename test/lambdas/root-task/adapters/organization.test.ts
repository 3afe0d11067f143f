import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { Organization } from '../../../../lambdas/root-task/adapters/organization.ts';
import { answering, awsError } from '../../given/sent.ts';

const organization = new Organization('eu-central-1');
const Arn = 'arn:aws:organizations::111111111111:account/o-example/156041421443';

afterEach(() => jest.restoreAllMocks());

describe('an account', () => {
  it.each([
    [
      { Arn, State: 'ACTIVE' },
      { state: 'ACTIVE', managementAccountId: '111111111111' },
    ],
    [{ Arn, Status: 'SUSPENDED' }, { state: 'SUSPENDED' }],
    [{ Arn, State: 'CLOSED', Status: 'ACTIVE' }, { state: 'CLOSED' }],
    [{}, { state: null, managementAccountId: null }],
  ])('%j is a member as Organizations says', async (Account, expected) => {
    const sent = answering(OrganizationsClient, () => ({ Account }));
    expect(await organization.account('156041421443')).toMatchObject({ kind: 'member', ...expected });
    expect(sent).toMatchObject([{ command: 'DescribeAccountCommand', input: { AccountId: '156041421443' } }]);
  });

  it.each([
    ['AccountNotFoundException', { kind: 'not-a-member' }],
    ['AccessDeniedException', { kind: 'unknown', errorName: 'AccessDeniedException' }],
    ['TooManyRequestsException', { kind: 'unknown', errorName: 'TooManyRequestsException' }],
  ])('that is answered with %s', async (name, expected) => {
    answering(OrganizationsClient, () => {
      throw awsError(name);
    });
    expect(await organization.account('156041421443')).toEqual(expected);
  });
});

describe('the features', () => {
  it.each([[['RootSessions']], [[]]])('%j are those that IAM lists', async (EnabledFeatures) => {
    answering(IAMClient, () => ({ EnabledFeatures }));
    expect(await organization.features()).toEqual({ kind: 'enabled', features: EnabledFeatures });
  });

  it.each([
    ['ServiceAccessNotEnabledException', { kind: 'trusted-access-off' }],
    ['AccountNotManagementOrDelegatedAdministratorException', { kind: 'not-delegated-administrator' }],
    ['AccessDenied', { kind: 'unknown', errorName: 'AccessDenied' }],
  ])('that are answered with %s', async (name, expected) => {
    answering(IAMClient, () => {
      throw awsError(name);
    });
    expect(await organization.features()).toEqual(expected);
  });
});
