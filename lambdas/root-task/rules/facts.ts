import type { Approval } from '../../../contract/approved-ticket.ts';
import type { Reason } from '../../../contract/ending.ts';
import { sameAddress } from '../../../contract/same-approval.ts';
import { approversOf, type Settings, type TicketSource, taskSettingsOf } from '../../../contract/settings.ts';
import type { Received } from '../steps/received.ts';

/** Everything a rule may look at: deciding is a pure function of request, settings and time. */
export interface Facts extends Received {
  readonly settings: Settings;
  readonly now: Date;
  /** The configured ticket source that the event names; undefined when it names none of them. */
  readonly ticketSource: TicketSource | undefined;
  readonly required: number;
  /** The approvals that count, oldest first. */
  readonly counted: readonly Approval[];
  /** The N-th approval that counts, N being what the settings ask for; undefined when there are fewer. */
  readonly deciding: Approval | undefined;
}

/** A rule answers every reason it has to refuse; none means it agrees. A rule that throws has refused. */
export type Rule = (facts: Facts) => readonly Reason[];

/** Who may approve through a source: its own list where it has one, the common list otherwise. */
export function approversFor(settings: Settings, source: TicketSource | undefined): ReadonlySet<string> {
  const listed = source === undefined ? settings.approvers : approversOf(settings, source);
  return new Set(listed.map(sameAddress));
}

export function factsOf(received: Received, settings: Settings, now: Date): Facts {
  const ticketSource = settings.ticketSources.find(({ source }) => source === received.envelope.source);
  const { requiredApprovals: required } = taskSettingsOf(settings, received.ticket.task);
  const listed = approversFor(settings, ticketSource);
  const requester = sameAddress(received.ticket.requestedBy);
  const seen = new Set<string>();
  const counted = [...received.ticket.approvals]
    .sort((a, b) => Date.parse(a.approvedAt) - Date.parse(b.approvedAt))
    .filter(({ approver }) => {
      const address = sameAddress(approver);
      const counts = listed.has(address) && address !== requester && !seen.has(address);
      seen.add(address);
      return counts;
    });
  return { ...received, settings, now, ticketSource, required, counted, deciding: counted[required - 1] };
}
