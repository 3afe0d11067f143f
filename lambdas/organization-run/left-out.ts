import type { Settings } from '../../contract/settings.ts';
import type { OrganizationTarget } from '../../contract/target.ts';
import type { LeftOutAccount } from '../../contract/trail-entry.ts';
import type { MemberAccount } from './adapters/member-accounts.ts';

type Why = Pick<LeftOutAccount, 'reason' | 'detail'>;

/** What decides which accounts a run visits. */
export interface Sieve {
  readonly target: OrganizationTarget;
  readonly settings: Settings;
  /** The account in which rootdesk runs. */
  readonly ownAccountId: string;
}

/** Why an account is not visited, whatever is done; null where nothing keeps a run from it. */
export function whyLeftOut(
  { id, managementAccountId, state }: MemberAccount,
  { ownAccountId, settings, target }: Sieve,
): Why | null {
  if (id === settings.managementAccountId || id === managementAccountId)
    return {
      reason: 'management-account',
      detail: 'It is the management account, in which AWS opens no root session.',
    };
  if (id === ownAccountId)
    return {
      reason: 'own-account',
      detail: 'rootdesk runs in it, and never opens a root session there.',
    };
  if (state !== 'ACTIVE')
    return {
      reason: 'not-active',
      detail: `Its state is ${state}: only active accounts have root sessions.`,
    };
  if (target.excludedAccounts?.some((excluded) => excluded === id) === true)
    return { reason: 'excluded-by-ticket', detail: 'The ticket excludes it.' };
  if (settings.excludedAccountIds.some((excluded) => excluded === id))
    return { reason: 'excluded-by-settings', detail: 'The settings exclude it.' };
  return null;
}

/** Accounts that the ticket or the settings exclude and that the listing does not hold: a typing error, perhaps. */
export function unknownExclusions(
  listed: readonly MemberAccount[],
  { settings, target }: Sieve,
): { readonly ticket: string[]; readonly settings: string[] } {
  const ids = new Set(listed.map(({ id }) => id));
  const missing = (excluded: readonly string[] = []) => excluded.filter((id) => !ids.has(id));
  const isWhole = target.organizationalUnitIds === undefined;
  return {
    ticket: missing(target.excludedAccounts),
    // What is below some units only need not hold what the settings exclude everywhere.
    settings: isWhole ? missing(settings.excludedAccountIds) : [],
  };
}
