import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  type ListAccountsCommandOutput,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import * as f from './fixture.ts';

let world: f.World;
afterEach(() => world.aws.close());

const units = [
  { id: 'ou-root-prod', name: 'Production' },
  { id: 'ou-root-shop', name: 'Shop', parentId: 'ou-root-prod' },
];
const accountIdOf = (index: number) => String(500_000_000_000 + index);

async function startWith(accounts: f.World['organization']['accounts']) {
  world = await f.startWorld({ organization: f.organization({ accounts, organizationalUnits: units }) });
  return new OrganizationsClient(world.as(f.insider));
}
const as = (who: string) => new OrganizationsClient(world.as(who));
const listPolicy = (...statements: Readonly<Record<string, unknown>>[]) => ({
  ...f.deployment,
  roles: f.deployment.roles.map((role) =>
    role.arn === f.functionRole
      ? { ...role, policies: [{ name: 'inline', document: f.policy(...statements) }] }
      : role,
  ),
});

async function allPages(organizations: OrganizationsClient, MaxResults?: number) {
  const pages: string[][] = [];
  let NextToken: string | undefined;
  do {
    const page: ListAccountsCommandOutput = await organizations.send(
      new ListAccountsCommand({ ...(NextToken && { NextToken }), ...(MaxResults && { MaxResults }) }),
    );
    pages.push((page.Accounts ?? []).map(({ Id }) => Id ?? ''));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return pages;
}

describe('ListAccounts', () => {
  it('lists every account once, 20 to a page, those of whom nothing is said too', async () => {
    const members = Array.from({ length: 45 }, (_, index) => f.account(accountIdOf(index)));
    const pages = await allPages(await startWith(members));
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 7]);
    expect(pages.flat().toSorted()).toEqual(
      [f.management, f.admin, ...members.map(({ id }) => id)].toSorted(),
    );
    expect((await allPages(as(f.insider), 7)).map(({ length }) => length)).toEqual([7, 7, 7, 7, 7, 7, 5]);
  });

  it('tells of an account what is said of it, and both of its states', async () => {
    const organizations = await startWith([
      f.account(f.management),
      f.account(f.admin),
      f.account(f.member, { name: 'project-prod', email: 'project@example.com' }),
      f.account(f.otherMember, { state: 'SUSPENDED' }),
      f.account('777777777777', { state: 'CLOSED' }),
    ]);
    const { Accounts } = await organizations.send(new ListAccountsCommand({}));
    expect(Accounts?.map(({ Id, Status, State }) => [Id, Status, State])).toEqual([
      [f.management, 'ACTIVE', 'ACTIVE'],
      [f.admin, 'ACTIVE', 'ACTIVE'],
      [f.member, 'ACTIVE', 'ACTIVE'],
      [f.otherMember, 'SUSPENDED', 'SUSPENDED'],
      ['777777777777', 'SUSPENDED', 'CLOSED'],
    ]);
    expect(Accounts?.[2]).toEqual({
      Id: f.member,
      Arn: `arn:aws:organizations::${f.management}:account/o-sandbox/${f.member}`,
      Name: 'project-prod',
      Email: 'project@example.com',
      Status: 'ACTIVE',
      State: 'ACTIVE',
      JoinedMethod: 'CREATED',
      JoinedTimestamp: new Date('2020-01-01T00:00:00Z'),
    });
    const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: f.member }));
    expect(Account).toEqual(Accounts?.[2]);
  });

  it.each([
    [{ MaxResults: 21 }, 'MAX_VALUE_EXCEEDED'],
    [{ MaxResults: 0 }, 'MIN_VALUE_EXCEEDED'],
    [{ NextToken: 'nonsense' }, 'INVALID_NEXT_TOKEN'],
  ])('refuses %j', async (input, Reason) => {
    const organizations = await startWith([]);
    await expect(organizations.send(new ListAccountsCommand(input))).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason,
    });
  });

  it('is for the management account and the delegated administrator', async () => {
    await startWith([f.account(f.member)]);
    const list = new ListAccountsCommand({});
    await expect(as(`arn:aws:iam::${f.management}:role/administrator`).send(list)).resolves.toBeDefined();
    await expect(as(f.memberAdmin).send(list)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(as(f.outsider).send(list)).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    });
  });

  it('needs the permission, and is throttled as Organizations does', async () => {
    world = await f.startWorld({ deployment: listPolicy(f.allow('organizations:ListRoots', '*')) });
    const organizations = new OrganizationsClient(world.asRole(f.functionRole));
    await expect(organizations.send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /organizations:ListAccounts on resource: \* because no identity-based policy allows/,
      ),
    });
    world.aws.setFaults([
      { service: 'organizations', operation: 'ListRoots', when: 'before', effect: 'throttle' },
    ]);
    await expect(organizations.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    await expect(organizations.send(new ListRootsCommand({}))).resolves.toBeDefined();
  });
});

describe('organizational units', () => {
  const members = [
    f.account(f.member, { organizationalUnitId: 'ou-root-shop' }),
    f.account(f.otherMember, { organizationalUnitId: 'ou-root-prod' }),
  ];

  it('hold accounts and units; what is in none is in the root', async () => {
    const organizations = await startWith(members);
    const { Roots } = await organizations.send(new ListRootsCommand({}));
    expect(Roots).toMatchObject([
      { Id: 'r-root', Arn: `arn:aws:organizations::${f.management}:root/o-sandbox/r-root` },
    ]);
    const accountsOf = async (ParentId: string) =>
      (await organizations.send(new ListAccountsForParentCommand({ ParentId }))).Accounts?.map(
        ({ Id }) => Id,
      );
    const unitsOf = async (ParentId: string) =>
      (await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId })))
        .OrganizationalUnits;
    expect(await accountsOf('r-root')).toEqual([f.management, f.admin]);
    expect(await accountsOf('ou-root-prod')).toEqual([f.otherMember]);
    expect(await accountsOf('ou-root-shop')).toEqual([f.member]);
    expect(await unitsOf('ou-root-prod')).toEqual([
      {
        Id: 'ou-root-shop',
        Arn: `arn:aws:organizations::${f.management}:ou/o-sandbox/ou-root-shop`,
        Name: 'Shop',
      },
    ]);
    expect((await unitsOf('r-root'))?.map(({ Id }) => Id)).toEqual(['ou-root-prod']);
    expect(await unitsOf('ou-root-shop')).toEqual([]);
    const unit = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-root-prod' });
    expect((await organizations.send(unit)).OrganizationalUnit?.Name).toBe('Production');
  });

  it('ListParents climbs up', async () => {
    const organizations = await startWith(members);
    const parentOf = async (ChildId: string) =>
      (await organizations.send(new ListParentsCommand({ ChildId }))).Parents;
    expect(await parentOf(f.member)).toEqual([{ Id: 'ou-root-shop', Type: 'ORGANIZATIONAL_UNIT' }]);
    expect(await parentOf('ou-root-shop')).toEqual([{ Id: 'ou-root-prod', Type: 'ORGANIZATIONAL_UNIT' }]);
    expect(await parentOf('ou-root-prod')).toEqual([{ Id: 'r-root', Type: 'ROOT' }]);
    expect(await parentOf(f.management)).toEqual([{ Id: 'r-root', Type: 'ROOT' }]);
    await expect(parentOf(f.stranger)).rejects.toMatchObject({ name: 'ChildNotFoundException' });
  });

  it('that are not there are not found', async () => {
    const organizations = await startWith([]);
    const ParentId = 'ou-root-gone';
    await expect(organizations.send(new ListAccountsForParentCommand({ ParentId }))).rejects.toMatchObject({
      name: 'ParentNotFoundException',
    });
    await expect(
      organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: 'r-other' })),
    ).rejects.toMatchObject({ name: 'ParentNotFoundException' });
    await expect(
      organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: ParentId })),
    ).rejects.toMatchObject({ name: 'OrganizationalUnitNotFoundException' });
    await expect(
      organizations.send(new ListAccountsForParentCommand({ ParentId: 'Production' })),
    ).rejects.toMatchObject({ name: 'InvalidInputException', Reason: 'INVALID_PATTERN' });
  });

  it('are resources of a policy', async () => {
    const arn = `arn:aws:organizations::${f.management}:ou/o-sandbox/ou-root-prod`;
    world = await f.startWorld({
      deployment: listPolicy(f.allow('organizations:ListAccountsForParent', arn)),
      organization: f.organization({ accounts: members, organizationalUnits: units }),
    });
    const organizations = new OrganizationsClient(world.asRole(f.functionRole));
    const list = (ParentId: string) => organizations.send(new ListAccountsForParentCommand({ ParentId }));
    await expect(list('ou-root-prod')).resolves.toBeDefined();
    await expect(list('ou-root-shop')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(list('r-root')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

it('DescribeOrganization names the management account to every account of the organization', async () => {
  await startWith([f.account(f.member)]);
  const describeIt = new DescribeOrganizationCommand({});
  expect((await as(f.memberAdmin).send(describeIt)).Organization).toMatchObject({
    Id: 'o-sandbox',
    MasterAccountId: f.management,
    FeatureSet: 'ALL',
  });
  await expect(as(f.outsider).send(describeIt)).rejects.toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
  });
});
