import { approvedTicket } from '../../../contract/approved-ticket.ts';
import { requestIdOf } from '../../../contract/request-id.ts';
import type { ApprovableTask } from '../../../contract/root-tasks.ts';
import { policySha256 } from '../../../policy/canonical.ts';
import { type Detail, entryOf } from '../scenes/approval.ts';
import type { Policy, Scene, Step } from '../scenes/scene.ts';
import { everyScene } from '../scenes/scenes.ts';
import type { Ticket } from '../scenes/ticket.ts';

/** The root task that puts back what a scene's own takes away. */
export function restoreOf({ service }: Scene): ApprovableTask {
  switch (service) {
    case 's3':
      return 'restore-s3-bucket-policy';
    case 'sqs':
      return 'restore-sqs-queue-policy';
    default:
      throw new Error(`nothing puts back a policy of ${service}`);
  }
}

/** For each scene the root task that undoes it. */
export const everyRestore = everyScene.map((scene) => ({ scene, task: restoreOf(scene) }));

/** The request that a detail becomes, once its last approval decides. */
export function requestOf(detail: Detail): string {
  const approved = approvedTicket.parse(detail);
  const decidedAt = approved.approvals.at(-1)?.approvedAt ?? '';
  return requestIdOf(approved, decidedAt);
}

/** What a ticket system quotes of a policy: `npm run --silent diagnose -- --hash` prints the same. */
export const hashOf = (policy: Policy) => policySha256(JSON.stringify(policy));

/** What a ticket asks that wants a policy back. */
export interface Restoring {
  readonly earlierRequest: string;
  /** How long after the ticket came up it was approved. */
  readonly approved: string;
  /** Tells tickets on one target apart; `R` where it is not said. */
  readonly letter?: string;
  readonly policySha256?: string;
  readonly dryRun?: boolean;
  /** Put back though it shuts some out, because it spares others. */
  readonly evenIfItLocksSome?: boolean;
}

/** The detail of an approved restore on the target of a ticket. */
export function restoreDetail(ticket: Ticket, { approved, letter = 'R', ...asked }: Restoring): Detail {
  const { approval, approvals } = ticket.another(letter);
  return approval({
    task: restoreOf(ticket.scene),
    reason: 'The policy is wanted back',
    approvals: approvals(['lead@example.com', approved]),
    ...asked,
  });
}

/** Its ticket system sends that. */
export function restore(ticket: Ticket, asked: Restoring, settleFor?: string): Step {
  const entry = entryOf(restoreDetail(ticket, asked));
  return { putEvents: { as: 'ticketing', entry, ...(settleFor && { settleFor }) } };
}

/** The policy was taken away by root though it locks nobody out: what a restore is for. */
export const evenIfNotLocked = { evenIfNotLocked: true } as const;

/** The request of a ticket's own unlocking, as it is sent with these changes. */
export const unlockingOf = (ticket: Ticket, changes: Detail = evenIfNotLocked) =>
  requestOf(ticket.approval(changes));

/** Owner's policy, taken away by root on a ticket, and a quarter of an hour for what comes next. */
export const takenAway = (ticket: Ticket, policy: Policy): Step[] => [
  ticket.ownerPuts(policy),
  ticket.send(evenIfNotLocked),
  later,
];

/** Whoever approves after this has seen what happened before it. */
export const later: Step = { advanceClock: 'PT10M' };
