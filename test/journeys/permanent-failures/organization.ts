import type { Account, Organization } from '../../../sandbox/parts.ts';
import type { World } from '../../../sandbox/world.ts';
import { account } from '../scenes/scene.ts';

/** An account of the organization that owns nothing that a story is about. */
export const otherAccount = '444444444444';
/** Where the product runs. */
export const ownAccount = '222222222222';

const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const statement = { Effect: 'Deny', Resource: '*' };

/** A service control policy that keeps root of member accounts from something. */
export const denyRoot = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      ...statement,
      Sid: 'DenyRoot',
      Action,
      Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    },
  ],
});

/** One that keeps everybody from opening root sessions. */
export const denyAssumeRoot = {
  Version: '2012-10-17',
  Statement: [{ ...statement, Action: 'sts:AssumeRoot' }],
};

/** What somebody has done to the organization, by which a request fails. */
export type Change = (organization: Organization, member: Account) => void;

export function accountIn({ accounts }: Organization, id = account): Account {
  const found = accounts.find((one) => one.id === id);
  if (found === undefined) throw new Error(`account ${id} is in every story`);
  return found;
}

export const controlledBy =
  (policy: Account['serviceControlPolicies'][number], id = account): Change =>
  (organization) => {
    accountIn(organization, id).serviceControlPolicies = [allow, policy];
  };

export const joinedByOther: Change = ({ accounts }) => {
  const nothing = { serviceControlPolicies: [], buckets: [], queues: [] };
  accounts.push({ id: otherAccount, state: 'ACTIVE', ...nothing });
};

/** Changes the organization of a world; what is answered puts it back. Resource policies stay as they have become. */
export function changed({ organization }: World, change: Change, memberId = account): () => void {
  const { accounts, ...setUp } = organization;
  const before = accounts.map((one) => ({ one, was: { ...one } }));
  change(organization, accountIn(organization, memberId));
  return () => {
    Object.assign(organization, setUp);
    for (const { one, was } of before) Object.assign(one, was);
    accounts.splice(before.length);
  };
}
