import type { ApprovedTicket } from './approved-ticket.ts';

/**
 * One text for every way of writing an address: trimmed, lower case, compatibility forms folded. Only for asking
 * whether two details are the same: what the trail holds of any age is compared in this form, so the form stays.
 * Who may approve is asked of `address.ts`, which folds less and refuses what it cannot read.
 */
export function sameAddress(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}

/** An approval in the form in which two are compared. */
export type ApprovalSaid = Readonly<Record<string, unknown>> & Pick<ApprovedTicket, 'approvals'>;

/** Defaults of fields that came later: left out, so that what was recorded before them keeps its hash. */
const laterDefaults: Readonly<Record<string, unknown>> = { remedy: 'delete', evenIfNotLocked: false };

/**
 * An approval in the one form that all its spellings share: ticket system and id case-folded, people's addresses
 * folded, times in UTC, defaults filled in, or left out where the field is younger than the form. What "the same
 * approval" means wherever two details are compared. A tag in an address is no spelling: a detail that names another
 * address has been changed.
 */
export function sameApproval(approved: ApprovedTicket): ApprovalSaid {
  const { ticket, approvals, requestedBy } = approved;
  const said = Object.entries(approved).filter(([field, value]) => laterDefaults[field] !== value);
  return {
    ...Object.fromEntries(said),
    ticket: { ...ticket, system: ticket.system.toLowerCase(), id: ticket.id.toLowerCase() },
    requestedBy: sameAddress(requestedBy),
    approvals: approvals.map(({ approver, approvedAt }) => ({
      approver: sameAddress(approver),
      approvedAt: new Date(approvedAt).toISOString(),
    })),
  };
}
