import { approvedTicket } from '../../../contract/approved-ticket.ts';
import { canonicalJson } from '../../../contract/canonical-json.ts';
import type { Reason } from '../../../contract/ending.ts';
import { type ApprovalSaid, sameApproval } from '../../../contract/same-approval.ts';
import type { ApprovedEntry } from '../../../contract/trail-entry.ts';
import { type AuthorizedRequest, understoodOf } from './authorize.ts';
import type { Refusal } from './received.ts';

/**
 * The refusal for a request whose recorded approval has another detail. A later approver's click is told apart from a
 * change of what was approved: neither has an effect, but only one of them should worry anybody.
 */
export function refuseChangedApproval(request: AuthorizedRequest, approved: ApprovedEntry): Refusal {
  const { envelope, ticket, requestId } = request;
  const was = approvedTicket.safeParse(approved.approval);
  const reason: Reason =
    was.success && onlyApprovalsAdded(sameApproval(was.data), sameApproval(ticket))
      ? {
          code: 'approval-already-used',
          path: 'detail.approvals',
          message: `this approval was taken up on ${approved.at}; a further approver changes nothing`,
        }
      : {
          code: 'changed-after-approval',
          path: 'detail',
          message: `the detail differs from the one recorded under the same approval on ${approved.at}`,
        };
  return {
    kind: 'refusal',
    reasons: [reason],
    understood: understoodOf(request),
    event: envelope,
    requestId,
  };
}

function onlyApprovalsAdded(was: ApprovalSaid, is: ApprovalSaid): boolean {
  const rest = ({ approvals: _, ...others }: ApprovalSaid) => canonicalJson(others);
  const now = new Set(is.approvals.map((approval) => canonicalJson(approval)));
  return rest(was) === rest(is) && was.approvals.every((approval) => now.has(canonicalJson(approval)));
}
