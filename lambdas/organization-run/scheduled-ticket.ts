import * as z from 'zod';
import { type ApprovedTicket, approval, approvedTicket } from '../../contract/approved-ticket.ts';
import { targetSchemaOf } from '../../contract/target.ts';

const { shape } = approvedTicket.options[0];

/** The system that tickets of rootdesk itself are of: the settings let no ticket source speak for it. */
const ownSystem = 'rootdesk';
const ownId = 'scheduled-audit';

/** What stands in the place of an approval where the settings themselves ask: nobody approves it, by name. */
const scheduledTicket = z.strictObject({
  schemaVersion: shape.schemaVersion,
  ticket: z.strictObject({ system: z.literal(ownSystem), id: z.literal(ownId), url: shape.ticket.shape.url }),
  task: z.literal('audit-root-credentials'),
  // Of one account as well: an account of the run records the run's approval with itself as the target.
  target: targetSchemaOf('audit-root-credentials'),
  reason: shape.reason,
  requestedBy: shape.requestedBy,
  approvals: z.array(approval).max(0),
  dryRun: z.literal(false),
});

/** The detail that an audit by schedule is recorded with; the same each time. */
export const scheduledDetail = {
  schemaVersion: '1',
  ticket: {
    system: ownSystem,
    id: ownId,
    // Nobody wrote a ticket: what there is to read is why root credentials are looked for at all.
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management',
  },
  task: 'audit-root-credentials',
  target: { organization: true },
  reason: 'The settings ask for an audit of the whole organization by schedule',
  requestedBy: 'rootdesk settings',
  approvals: [],
  dryRun: false,
} as const satisfies z.input<typeof scheduledTicket>;

/**
 * Reads an approval that the trail holds: one of a ticket, or the settings' own, which has no approvals. Only for what
 * was recorded: at the door nothing gets in without an approval. Throws a ZodError for anything else.
 */
export function recordedTicket(recorded: unknown): ApprovedTicket {
  const own = scheduledTicket.safeParse(recorded);
  return own.success ? own.data : approvedTicket.parse(recorded);
}
