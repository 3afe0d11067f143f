import type { ApprovedTicket } from './approved-ticket.ts';

/**
 * One text for every way of writing an address: trimmed, lower case, compatibility forms folded. Only for asking
 * whether two details are the same: what the trail holds of any age is compared in this form, so the form stays.
 * Who may approve is asked of `address.ts`, which folds less and refuses what it cannot read.
 */
export function sameAddress(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}

/**
 * An approval in the one form that all its spellings share: ticket system and id case-folded, people's addresses
 * folded, times in UTC, defaults filled in. What "the same approval" means wherever two details are compared. A tag in
 * an address is no spelling: a detail that names another address has been changed.
 */
export function sameApproval(approved: ApprovedTicket): ApprovedTicket {
  const { ticket, approvals, requestedBy } = approved;
  return {
    ...approved,
    ticket: { ...ticket, system: ticket.system.toLowerCase(), id: ticket.id.toLowerCase() },
    requestedBy: sameAddress(requestedBy),
    approvals: approvals.map(({ approver, approvedAt }) => ({
      approver: sameAddress(approver),
      approvedAt: new Date(approvedAt).toISOString(),
    })),
  };
}
