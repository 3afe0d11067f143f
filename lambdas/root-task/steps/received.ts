import type { ApprovedTicket } from '../../../contract/approved-ticket.ts';
import type { Reason } from '../../../contract/ending.ts';
import type { Envelope } from '../../../contract/envelope.ts';
import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { Target } from '../../../contract/target.ts';

/** An event whose every field was understood. Nothing in it is believed yet. */
export interface Received {
  readonly kind: 'received';
  readonly envelope: Envelope;
  readonly ticket: ApprovedTicket;
  /** SHA-256 of the whole approval in the form that all its spellings share: what "the same approval" means. */
  readonly approvalSha256: string;
}

/** What of a refused event could be read, for the trail and for people. */
export interface Understood {
  readonly eventId: string | null;
  readonly envelope: Partial<Envelope>;
  readonly ticket: ApprovedTicket['ticket'] | null;
  readonly task: RootTaskName | null;
  readonly target: Target | null;
  readonly requestedBy: string | null;
  readonly approvers: readonly string[];
}

/** An event that is turned away, with every reason. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly reasons: readonly [Reason, ...Reason[]];
  readonly understood: Understood;
  /** The event as it came. */
  readonly event: unknown;
  /** The request it spoke of, where one could be read. */
  readonly requestId: string | null;
}
