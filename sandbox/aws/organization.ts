import type { Account, Organization, PolicyDocument } from '../parts.ts';

export const organizationId = 'o-sandbox';
/** The root of the organization, which holds every account and unit that is in no other unit. */
export const organizationRootId = 'r-root';

/** An account by its id; organizations of thousands are asked for some on every call, so there is an index. */
export function findAccount({ accounts }: Organization, accountId: string): Account | undefined {
  return indexOf(accounts).get(accountId);
}

const indexes = new WeakMap<readonly Account[], ReadonlyMap<string, Account>>();

/** Accounts are added to an organization, never exchanged: as long as their number is the same, so are they. */
function indexOf(accounts: readonly Account[]): ReadonlyMap<string, Account> {
  const known = indexes.get(accounts);
  if (known?.size === accounts.length) return known;
  const index = new Map(accounts.map((account) => [account.id, account]));
  indexes.set(accounts, index);
  return index;
}

export function isInOrganization(organization: Organization, accountId: string): boolean {
  return isMember(organization, accountId) || accountId === organization.managementAccountId;
}

/** Every account of the organization but the management account. */
export function isMember(organization: Organization, accountId: string): boolean {
  if (accountId === organization.managementAccountId) return false;
  return (
    accountId === organization.delegatedAdminAccountId || findAccount(organization, accountId) !== undefined
  );
}

export function mayManageRoot(organization: Organization, accountId: string): boolean {
  return [organization.managementAccountId, organization.delegatedAdminAccountId].includes(accountId);
}

const fullAccess: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

export interface ControlPolicyLevel {
  readonly orgIdentifier: string;
  readonly policies: readonly { readonly name: string; readonly policy: PolicyDocument }[];
}

/**
 * The service control policies over an account, from the organization's root down; none over the management account
 * and over strangers. As in AWS, FullAWSAccess stays attached beside an account's own policies, unless these allow
 * something themselves: then they are taken as the whole list.
 */
export function controlPolicyLevels(organization: Organization, accountId: string): ControlPolicyLevel[] {
  if (!isMember(organization, accountId)) return [];
  const own = findAccount(organization, accountId)?.serviceControlPolicies ?? [];
  const policies = own.map((policy, index) => ({ name: `service control policy ${index + 1}`, policy }));
  const fullAccessPolicy = { name: 'FullAWSAccess', policy: fullAccess };
  return [
    { orgIdentifier: 'root', policies: [fullAccessPolicy] },
    {
      orgIdentifier: accountId,
      policies: own.some(allowsSomething) ? policies : [fullAccessPolicy, ...policies],
    },
  ];
}

/** A task policy as one more level: it takes away from root's power and grants nothing. */
export function taskPolicyLevel(document: PolicyDocument): ControlPolicyLevel {
  return {
    orgIdentifier: taskPolicyLevelName,
    policies: [
      { name: 'FullAWSAccess', policy: fullAccess },
      { name: 'task policy', policy: document },
    ],
  };
}

export const taskPolicyLevelName = 'task-policy';

function allowsSomething(policy: PolicyDocument): boolean {
  return [policy.Statement]
    .flat()
    .some(
      (statement) =>
        typeof statement === 'object' &&
        statement !== null &&
        'Effect' in statement &&
        statement.Effect === 'Allow',
    );
}
