import { CreateAccessKeyCommand, IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeAccountCommand,
  ListHandshakesForAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import * as f from './fixture.ts';

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld();
});
afterEach(() => world.aws.close());

describe('IAM ListOrganizationsFeatures', () => {
  const list = (configuration: f.ClientConfiguration) =>
    new IAMClient(configuration).send(new ListOrganizationsFeaturesCommand({}));

  it.each([[['RootSessions', 'RootCredentialsManagement']], [['RootSessions']], [[]]])(
    'answers %j',
    async (features) => {
      world.organization.features = features;
      const answer = await list(world.asRole(f.functionRole));
      expect(answer.OrganizationId).toBe('o-sandbox');
      expect(answer.EnabledFeatures ?? []).toEqual(features);
    },
  );

  it('says when trusted access is off', async () => {
    world.organization.trustedAccess = false;
    await expect(list(world.asRole(f.functionRole))).rejects.toMatchObject({
      name: 'ServiceAccessNotEnabledException',
      message: `Trusted Access for IAM not enabled by organization of input account ${f.admin}.`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('refuses members and strangers', async () => {
    await expect(list(world.as(f.memberAdmin))).rejects.toMatchObject({
      name: 'AccountNotManagementOrDelegatedAdministratorException',
      message: `Input account ${f.member} is neither management account nor delegated admin.`,
    });
    await expect(list(world.as(f.outsider))).rejects.toMatchObject({ name: 'OrganizationNotFoundException' });
  });

  it('refuses a role without the permission', async () => {
    await expect(list(world.asRole(f.taskRole))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(
        /on resource: \* because no identity-based policy allows the iam:ListOrganizationsFeatures action$/,
      ),
    });
  });

  it('says what else it does not model', async () => {
    const create = new IAMClient(world.as(f.insider)).send(new CreateAccessKeyCommand({}));
    await expect(create).rejects.toMatchObject({ message: 'the sandbox does not model iam:CreateAccessKey' });
  });
});

describe('Organizations DescribeAccount', () => {
  const describeAccount = (configuration: f.ClientConfiguration, AccountId: string) =>
    new OrganizationsClient(configuration).send(new DescribeAccountCommand({ AccountId }));

  it('describes a member, a closed one too', async () => {
    world.organization.accounts.push(f.account('777777777777', { state: 'CLOSED', name: 'gone' }));
    const { Account } = await describeAccount(world.asRole(f.functionRole), '777777777777');
    expect(Account).toMatchObject({
      Id: '777777777777',
      Arn: `arn:aws:organizations::${f.management}:account/o-sandbox/777777777777`,
      Name: 'gone',
      Status: 'SUSPENDED',
      State: 'CLOSED',
    });
  });

  it('knows the management account by its ARN', async () => {
    const { Account } = await describeAccount(world.asRole(f.functionRole), f.management);
    expect(Account?.Arn).toContain(`::${f.management}:account/o-sandbox/${f.management}`);
  });

  it('does not find strangers', async () => {
    await expect(describeAccount(world.asRole(f.functionRole), f.stranger)).rejects.toMatchObject({
      name: 'AccountNotFoundException',
    });
  });

  it('refuses accounts that are no delegated administrator', async () => {
    await expect(describeAccount(world.as(f.memberAdmin), f.member)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
    });
  });

  it('says what else it does not model', async () => {
    const list = new OrganizationsClient(world.as(f.insider)).send(new ListHandshakesForAccountCommand({}));
    await expect(list).rejects.toMatchObject({
      message: 'the sandbox does not model organizations:ListHandshakesForAccount',
    });
  });
});
