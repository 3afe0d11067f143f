import { type Backstage, type Operation, plainResource } from '../../operation.ts';
import { findAccount, organizationRootId } from '../../organization.ts';
import { accountIds, describedAccount } from './account.ts';
import { checkMaySeeTheOrganization } from './callers.ts';
import { page } from './pages.ts';
import { existingParent, onParent } from './parents.ts';
import { organizationsWire } from './wire.ts';

/** ListAccounts: every account, whatever its state, the management account too. */
export function listAccounts({ organization }: Backstage): Operation {
  return {
    resource: () => '*',
    permissions: ({ principal }) => [
      { action: 'organizations:ListAccounts', resource: plainResource('*', principal.accountId) },
    ],
    respond(call) {
      checkMaySeeTheOrganization(organization, call);
      const { items, rest } = page(call, accountIds(organization));
      return organizationsWire.success({
        Accounts: items.map((id) => describedAccount(organization, id)),
        ...rest,
      });
    },
  };
}

/** ListAccountsForParent: the accounts right below a parent, not those of the units below it. */
export function listAccountsForParent({ organization }: Backstage): Operation {
  return {
    ...onParent(organization, 'organizations:ListAccountsForParent'),
    respond(call) {
      checkMaySeeTheOrganization(organization, call);
      const parentId = existingParent(organization, call);
      const children = accountIds(organization).filter(
        (id) => (findAccount(organization, id)?.organizationalUnitId ?? organizationRootId) === parentId,
      );
      const { items, rest } = page(call, children);
      return organizationsWire.success({
        Accounts: items.map((id) => describedAccount(organization, id)),
        ...rest,
      });
    },
  };
}
