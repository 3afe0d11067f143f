import { milliseconds } from '../../../contract/duration.ts';
import type { Policy, Scene, Step } from './scene.ts';

type PutEvents = NonNullable<Step['putEvents']>;
type Detail = Readonly<Record<string, unknown>>;

/** A ticket that asks for a root task on one target. Its times are counted from the moment at which it came up. */
export interface Ticket {
  readonly scene: Scene;
  /** As ticket systems write it: `SEC-7`. */
  readonly id: string;
  /** The ticket, as an approval refers to it. */
  readonly reference: Readonly<Record<'system' | 'id' | 'url', string>>;
  /** The name of its target. */
  readonly target: string;
  /** The time so long after the ticket came up; before it with a minus. */
  at(offset: string): string;
  /** A list of approvals: who, and how long after the ticket came up. */
  approvals(...given: readonly (readonly [approver: string, offset: string])[]): Detail[];
  /** The detail that its ticket system sends, approved two minutes ago; what differs from the usual one is named. */
  approval(changes?: Detail): Detail;
  /** Its ticket system sends that. */
  send(changes?: Detail, more?: Partial<PutEvents>): Step;
  /** The owner changes the policy of the target. */
  ownerPuts(policy: Policy | null): Step;
  /** Somebody locks the target again, with the policy that locked it before. */
  readonly lockedAgain: Step;
  readonly administratorTries: Step;
  /** Another ticket for the same target, which came up at the same time. */
  another(letter?: string): Ticket;
}

/** An entry for the bus. */
export function entryOf(detail: unknown) {
  return { Source: 'acme.tickets', DetailType: 'Root Task Approved', Detail: detail };
}

/** The ticket of this number, which comes up at this time. */
export function ticketOf(scene: Scene, number: number, cameUpAt: number, letter = ''): Ticket {
  const id = `SEC-${number}${letter}`;
  const reference = { system: 'jira', id, url: `https://acme.example/browse/${id}` };
  const target = scene.nameOf(number);
  const at = (offset: string) => {
    const length = milliseconds(offset.replace('-', ''));
    return new Date(cameUpAt + (offset.startsWith('-') ? -length : length)).toISOString();
  };
  const approvals: Ticket['approvals'] = (...given) =>
    given.map(([approver, offset]) => ({ approver, approvedAt: at(offset) }));
  const approval = (changes: Detail = {}) => ({
    schemaVersion: '1',
    ticket: reference,
    task: scene.task,
    target: scene.target(target),
    reason: 'A Deny shut out every administrator',
    requestedBy: 'dev@example.com',
    approvals: approvals(['lead@example.com', '-PT2M']),
    dryRun: false,
    ...changes,
  });
  const ownerPuts = (policy: Policy | null) => scene.ownerPuts(target, policy);
  return {
    scene,
    id,
    reference,
    target,
    at,
    approvals,
    approval,
    send: (changes, more = {}) => ({
      putEvents: { as: 'ticketing', entry: entryOf(approval(changes)), ...more },
    }),
    ownerPuts,
    lockedAgain: ownerPuts(scene.lockOut(target)),
    administratorTries: scene.administratorTries(target),
    another: (other = 'B') => ticketOf(scene, number, cameUpAt, other),
  };
}
