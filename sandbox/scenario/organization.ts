import type { Account, Organization, RootUser } from '../parts.ts';
import { generatedAccounts, generatedIds } from './generate-accounts.ts';
import type { Scenario } from './schema.ts';

type Given = Scenario['organization'];

/** The organization that a world changes: a copy of the given one, with the accounts that every story needs. */
export function worldOrganization(given: Given, senderAccountId: string, now: number): Organization {
  const { generate, ...written } = given;
  const organization = structuredClone(written) as Organization;
  organization.accounts.push(...generatedAccounts(generate, idsTaken(given), now));
  const there = new Set(organization.accounts.map(({ id }) => id));
  const needed = [given.managementAccountId, given.delegatedAdminAccountId, senderAccountId];
  for (const id of new Set(needed)) {
    if (there.has(id)) continue;
    organization.accounts.push({ id, state: 'ACTIVE', serviceControlPolicies: [], buckets: [], queues: [] });
  }
  return organization;
}

/** Its final state, in the shape in which it was given: without the accounts that were added. */
export function finalOrganization(given: Given, organization: Organization): Organization {
  const asGiven = new Map<string, Given['accounts'][number]>(given.accounts.map((one) => [one.id, one]));
  const generated = new Set(generatedIds(given.generate, idsTaken(given)));
  const accounts = organization.accounts.flatMap((account) => {
    const before = asGiven.get(account.id);
    if (before === undefined && !generated.has(account.id)) return [];
    return [finalAccount(before?.rootUser !== undefined, account)];
  });
  return { ...organization, accounts };
}

function idsTaken({ managementAccountId, delegatedAdminAccountId, accounts }: Given): ReadonlySet<string> {
  return new Set([managementAccountId, delegatedAdminAccountId, ...accounts.map(({ id }) => id)]);
}

/** A root user of whom nothing was said shows only once it has something. */
function finalAccount(toldOfRootUser: boolean, { rootUser, ...account }: Account): Account {
  if (rootUser === undefined || (!toldOfRootUser && hasNothing(rootUser))) return account;
  return { ...account, rootUser };
}

function hasNothing({ password, accessKeys, mfaDevices, signingCertificates }: RootUser): boolean {
  return (
    password === undefined &&
    [accessKeys, mfaDevices, signingCertificates].every(({ length }) => length === 0)
  );
}
