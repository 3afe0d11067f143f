import { approvalDetailType } from '../../../contract/approved-ticket.ts';
import { envelope } from '../../../contract/envelope.ts';
import type { ApprovedEntry } from '../../../contract/trail-entry.ts';
import { recordedTicket } from '../../organization-run/scheduled-ticket.ts';
import { type AuthorizedRequest, authorizedBefore } from './authorize.ts';

/**
 * The request that an `approved` entry records, as it was authorized then. Throws a ZodError where the entry holds no
 * approval that is understood today.
 */
export function recorded(approved: ApprovedEntry, region: string): AuthorizedRequest {
  const { approval, approvalSha256, envelope: sent } = approved;
  return authorizedBefore(
    {
      kind: 'received',
      envelope: envelope.parse({
        id: sent.eventId,
        account: sent.account,
        source: sent.source,
        time: sent.time,
        // The bus and its functions are of one Region.
        region,
        'detail-type': approvalDetailType,
        detail: approval,
      }),
      ticket: recordedTicket(approval),
      approvalSha256,
    },
    approved,
  );
}
