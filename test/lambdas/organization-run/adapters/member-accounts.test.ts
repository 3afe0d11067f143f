import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { MemberAccounts } from '../../../../lambdas/organization-run/adapters/member-accounts.ts';
import { answering, awsError } from '../../given/sent.ts';

const accounts = new MemberAccounts('eu-central-1');
const arn = (id: string) => `arn:aws:organizations::111111111111:account/o-example/${id}`;
const listed = (id: string, rest: object = { State: 'ACTIVE' }) => ({
  Id: id,
  Name: `n-${id}`,
  Arn: arn(id),
  ...rest,
});
const one = '156041421443';

afterEach(() => jest.restoreAllMocks());

describe('the accounts of the organization', () => {
  it('are all of them, page by page, with the state that Organizations gives', async () => {
    const sent = answering(OrganizationsClient, (_, input) =>
      Reflect.get(input as object, 'NextToken') === undefined
        ? { Accounts: [listed(one)], NextToken: 'more' }
        : {
            Accounts: [
              listed('2', { Status: 'SUSPENDED' }),
              listed('3', { State: 'CLOSED', Status: 'ACTIVE' }),
              { Id: '4' },
            ],
          },
    );
    expect(await accounts.list(undefined)).toEqual({
      kind: 'listed',
      accounts: [
        { id: one, name: `n-${one}`, state: 'ACTIVE', managementAccountId: '111111111111' },
        expect.objectContaining({ id: '2', state: 'SUSPENDED' }),
        expect.objectContaining({ id: '3', state: 'CLOSED' }),
        { id: '4', name: '', state: 'unknown', managementAccountId: null },
      ],
    });
    expect(sent.map(({ command }) => command)).toEqual(['ListAccountsCommand', 'ListAccountsCommand']);
  });

  it('below some units are those of units below them too, each once', async () => {
    const units: Record<string, string[]> = { 'ou-a': ['ou-b'], 'ou-b': ['ou-c'] };
    const sent = answering(OrganizationsClient, (command, input) => {
      const parent: string = Reflect.get(input as object, 'ParentId');
      return command === 'ListAccountsForParentCommand'
        ? { Accounts: [listed(`in-${parent}`)] }
        : { OrganizationalUnits: (units[parent] ?? []).map((Id) => ({ Id })) };
    });
    const listing = await accounts.list(['ou-a', 'ou-b']);
    const ids = listing.kind === 'listed' ? listing.accounts.map(({ id }) => id).sort() : [];
    expect(ids).toEqual(['in-ou-a', 'in-ou-b', 'in-ou-c']);
    expect(sent).toHaveLength(6);
  });

  it.each([
    ['AccessDeniedException', true],
    ['ParentNotFoundException', false],
    ['AWSOrganizationsNotInUseException', false],
  ])('are not listed where Organizations says %s', async (name, mayPass) => {
    answering(OrganizationsClient, () => {
      throw awsError(name, 'by its own words');
    });
    expect(await accounts.list(['ou-a'])).toEqual({
      kind: 'not-listed',
      said: `${name}: by its own words`,
      mayPass,
    });
  });

  it('are asked for again where it throttles: a part of them is never taken for all', async () => {
    let pages = 0;
    answering(OrganizationsClient, () => {
      pages += 1;
      if (pages > 1) throw awsError('TooManyRequestsException');
      return { Accounts: [listed(one)], NextToken: 'more' };
    });
    await expect(accounts.list(undefined)).rejects.toThrow('TooManyRequests');
  });
});
