import { personOf, plainAddress } from '../../../contract/address.ts';
import type { Approval } from '../../../contract/approved-ticket.ts';
import type { Reason } from '../../../contract/ending.ts';
import { approverListsOf, isOn, type PeopleList } from '../../../contract/settings/who-may.ts';
import { requiredApprovalsOf, type Settings, type TicketSource } from '../../../contract/settings.ts';
import { isOrganization } from '../../../contract/target.ts';
import type { Received } from '../steps/received.ts';

/** Everything a rule may look at: deciding is a pure function of request, settings and time. */
export interface Facts extends Received {
  readonly settings: Settings;
  readonly now: Date;
  /** The configured ticket source that the event names; undefined when it names none of them. */
  readonly ticketSource: TicketSource | undefined;
  /** The lists that must all hold an approver. */
  readonly approverLists: readonly PeopleList[];
  readonly required: number;
  /** The approvals that count, oldest first. */
  readonly counted: readonly Approval[];
  /** The N-th approval that counts, N being what the settings ask for; undefined when there are fewer. */
  readonly deciding: Approval | undefined;
}

/** A rule answers every reason it has to refuse; none means it agrees. A rule that throws has refused. */
export type Rule = (facts: Facts) => readonly Reason[];

export function factsOf(received: Received, settings: Settings, now: Date): Facts {
  const { envelope, ticket } = received;
  const ticketSource = settings.ticketSources.find(({ source }) => source === envelope.source);
  const required = requiredApprovalsOf(settings, ticket.task, isOrganization(ticket.target));
  const approverLists = approverListsOf(settings, ticketSource, ticket.task);
  const counted = countedOf(ticket, approverLists);
  return {
    ...received,
    settings,
    now,
    ticketSource,
    approverLists,
    required,
    counted,
    deciding: counted[required - 1],
  };
}

/** Whether every list holds an address; one that is not plain is on none. */
export function isOnAll(lists: readonly PeopleList[], address: string): boolean {
  const plain = plainAddress(address);
  return plain !== undefined && lists.length > 0 && lists.every((list) => isOn(list, plain));
}

/** The first approval of each person who may approve and did not ask. */
function countedOf(
  { approvals, requestedBy }: Received['ticket'],
  lists: readonly PeopleList[],
): readonly Approval[] {
  const seen = new Set([personOf(requestedBy)]);
  return [...approvals]
    .sort((a, b) => Date.parse(a.approvedAt) - Date.parse(b.approvedAt))
    .filter(({ approver }) => {
      const person = personOf(approver);
      const counts = !seen.has(person) && isOnAll(lists, approver);
      seen.add(person);
      return counts;
    });
}
