import type { Account, Organization, RootUser } from '../parts.ts';
import type { Scenario } from './schema.ts';

type Given = Scenario['organization'];

/** The organization that a world changes: a copy of the given one, with the accounts that every story needs. */
export function worldOrganization(given: Given, senderAccountId: string): Organization {
  const organization = structuredClone(given) as Organization;
  const needed = [given.managementAccountId, given.delegatedAdminAccountId, senderAccountId];
  for (const id of new Set(needed)) {
    if (organization.accounts.some((account) => account.id === id)) continue;
    organization.accounts.push({ id, state: 'ACTIVE', serviceControlPolicies: [], buckets: [], queues: [] });
  }
  return organization;
}

/** Its final state, in the shape in which it was given: without the accounts that were added. */
export function finalOrganization(given: Given, organization: Organization): Organization {
  const asGiven = new Map<string, Given['accounts'][number]>(given.accounts.map((one) => [one.id, one]));
  const accounts = organization.accounts.flatMap((account) => {
    const before = asGiven.get(account.id);
    return before === undefined ? [] : [finalAccount(before, account)];
  });
  return { ...organization, accounts };
}

/** A root user of whom nothing was said shows only once it has something. */
function finalAccount(before: Given['accounts'][number], { rootUser, ...account }: Account): Account {
  if (rootUser === undefined || (before.rootUser === undefined && hasNothing(rootUser))) return account;
  return { ...account, rootUser };
}

function hasNothing({ password, accessKeys, mfaDevices, signingCertificates }: RootUser): boolean {
  return (
    password === undefined &&
    [accessKeys, mfaDevices, signingCertificates].every(({ length }) => length === 0)
  );
}
