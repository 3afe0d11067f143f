import type { Account, Organization } from '../../../parts.ts';
import { findAccount } from '../../organization.ts';
import { longAgo } from '../../root-user.ts';
import { accountArn } from './arns.ts';

/** An account of the organization, also where nothing is said of it but its id. */
export function describedAccount(organization: Organization, accountId: string) {
  const { name, email, state }: Partial<Account> = findAccount(organization, accountId) ?? {};
  return {
    Id: accountId,
    Arn: accountArn(organization, accountId),
    Email: email ?? `${accountId}@example.com`,
    Name: name ?? `account ${accountId}`,
    // Retired by AWS on 2026-09-09 in favour of State, which tells more; a closed account was SUSPENDED in it.
    Status: state === 'CLOSED' ? 'SUSPENDED' : (state ?? 'ACTIVE'),
    State: state ?? 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: Date.parse(longAgo) / 1000,
  };
}

/** Every account's id: also of those that an organization has without a word about them. */
export function accountIds(organization: Organization): readonly string[] {
  const unsaid = [organization.managementAccountId, organization.delegatedAdminAccountId].filter(
    (id) => findAccount(organization, id) === undefined,
  );
  return [...unsaid, ...organization.accounts.map(({ id }) => id)];
}
