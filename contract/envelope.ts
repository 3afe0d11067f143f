import * as z from 'zod';
import { accountId } from './account-id.ts';
import { approvalDetailType } from './approved-ticket.ts';

/**
 * What EventBridge puts around a detail. `account` is the account that called PutEvents, the only field about the
 * sender that the sender cannot choose; `id` stays the same when a delivery is tried again.
 * Source: EventBridge User Guide, "Events structure".
 */
export const envelope = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]{1,128}$/, 'expected the id that EventBridge gives an event'),
  account: accountId,
  source: z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,256}$/u, 'expected a source, for example "acme.tickets"'),
  'detail-type': z.literal(approvalDetailType, `expected "${approvalDetailType}"`),
  time: z.iso.datetime({ offset: true }),
  region: z.string().min(1).max(64),
  'replay-name': z.string().optional(),
  detail: z.unknown(),
});

export type Envelope = z.infer<typeof envelope>;
