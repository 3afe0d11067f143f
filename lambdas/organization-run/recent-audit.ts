import { type OrganizationTarget, organizationTarget, targetPath } from '../../contract/target.ts';
import type { EndedEntry } from '../../contract/trail-entry.ts';
import { type Chain, chainOf } from '../root-task/steps/chain.ts';
import type { AuditTrail } from '../shared/trail.ts';

const auditCodes: ReadonlySet<string> = new Set(['organization-audited', 'organization-audited-in-part']);

export const everywhere: OrganizationTarget = { organization: true };

/** An audit across the organization that has ended, its whole chain read and found to add up. */
export interface EndedAudit {
  readonly requestId: string;
  readonly chain: Chain;
  readonly ended: EndedEntry;
}

type Reader = Pick<AuditTrail, 'listTarget' | 'read'>;

/**
 * The newest audit across the organization that ended before an instant; null where there is none. Where a target is
 * given, only one that looked at least where this target is. Throws a TamperedTrailError where its chain does not add up.
 */
export async function newestAudit(
  trail: Reader,
  until: Date,
  looksAt: OrganizationTarget | null = null,
): Promise<EndedAudit | null> {
  for await (const { code, requestId } of trail.listTarget(targetPath(everywhere), until, ['ended'])) {
    if (code === undefined || !auditCodes.has(code)) continue;
    const chain = chainOf(requestId, await trail.read(requestId));
    const { ended } = chain;
    if (ended === null || !auditCodes.has(ended.code)) continue;
    const target = organizationTarget.safeParse(ended.target);
    if (target.success && (looksAt === null || covers(target.data, looksAt)))
      return { requestId, chain, ended };
  }
  return null;
}

/**
 * Until when an audit must have ended for a deletion to act upon it: its approvers could have read that one. Whoever
 * sends an approval late, or again, has nothing deleted that they did not see. A time of approval that lies ahead, as
 * clocks may, counts as the time at which the run was begun.
 */
export function couldBeRead(decidedAt: string, begunAt: Date): Date {
  return new Date(Math.min(Date.parse(decidedAt), begunAt.getTime()));
}

/** An audit by its name; null where it has not ended as one. Throws a TamperedTrailError where it does not add up. */
export async function auditNamed(
  requestId: string,
  trail: Pick<AuditTrail, 'read'>,
): Promise<EndedAudit | null> {
  const chain = chainOf(requestId, await trail.read(requestId));
  const { ended } = chain;
  return ended === null || !auditCodes.has(ended.code) ? null : { requestId, chain, ended };
}

/** Whether one target holds at least the accounts of another, as far as what both leave out tells. */
export function covers(wide: OrganizationTarget, narrow: OrganizationTarget): boolean {
  const units = wide.organizationalUnitIds;
  const spared = new Set(narrow.excludedAccounts);
  return (
    (units === undefined || (narrow.organizationalUnitIds?.every((id) => units.includes(id)) ?? false)) &&
    (wide.excludedAccounts ?? []).every((id) => spared.has(id))
  );
}
