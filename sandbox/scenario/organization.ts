import type { Organization } from '../parts.ts';
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
  const ids = new Set<string>(given.accounts.map(({ id }) => id));
  return { ...organization, accounts: organization.accounts.filter(({ id }) => ids.has(id)) };
}
