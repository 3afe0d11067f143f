import type { ApprovedTicket } from './approved-ticket.ts';

/** One address for every way of writing it: trimmed, lower case, compatibility forms folded. */
export function sameAddress(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}

/**
 * An approval in the one form that all its spellings share: ticket system and id case-folded, people's addresses
 * folded, times in UTC, defaults filled in. What "the same approval" means wherever two details are compared.
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
