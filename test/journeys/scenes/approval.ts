import { milliseconds } from '../../../contract/duration.ts';
import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { Step } from './scene.ts';

export type PutEvents = NonNullable<Step['putEvents']>;
export type Detail = Readonly<Record<string, unknown>>;

/** A ticket that asks for a root task. Its times are counted from the moment at which it came up. */
export interface Asking {
  /** As ticket systems write it: `SEC-7`. */
  readonly id: string;
  /** The ticket, as an approval refers to it. */
  readonly reference: Readonly<Record<'system' | 'id' | 'url', string>>;
  /** The time so long after the ticket came up; before it with a minus. */
  at(offset: string): string;
  /** A list of approvals: who, and how long after the ticket came up. */
  approvals(...given: readonly (readonly [approver: string, offset: string])[]): Detail[];
  /** The detail that its ticket system sends, approved two minutes ago; what differs from the usual one is named. */
  approval(changes?: Detail): Detail;
  /** Its ticket system sends that. */
  send(changes?: Detail, more?: Partial<PutEvents>): Step;
}

/** What a ticket asks for. */
export interface Asked {
  readonly task: RootTaskName;
  readonly target: Detail;
  readonly reason: string;
  /** What the task's own members are, where a ticket names them. */
  readonly more?: Detail;
  readonly approvers?: readonly string[];
}

/** An entry for the bus. */
export function entryOf(detail: unknown) {
  return { Source: 'acme.tickets', DetailType: 'Root Task Approved', Detail: detail };
}

export function askingFor(id: string, cameUpAt: number, asked: Asked): Asking {
  const { task, target, reason, more, approvers = ['lead@example.com'] } = asked;
  const reference = { system: 'jira', id, url: `https://acme.example/browse/${id}` };
  const at = (offset: string) => {
    const length = milliseconds(offset.replace('-', ''));
    return new Date(cameUpAt + (offset.startsWith('-') ? -length : length)).toISOString();
  };
  const approvals: Asking['approvals'] = (...given) =>
    given.map(([approver, offset]) => ({ approver, approvedAt: at(offset) }));
  const approval = (changes: Detail = {}) => ({
    schemaVersion: '1',
    ticket: reference,
    task,
    target,
    reason,
    requestedBy: 'dev@example.com',
    approvals: approvals(...approvers.map((approver) => [approver, '-PT2M'] as const)),
    dryRun: false,
    ...more,
    ...changes,
  });
  return {
    id,
    reference,
    at,
    approvals,
    approval,
    send: (changes, rest = {}) => ({
      putEvents: { as: 'ticketing', entry: entryOf(approval(changes)), ...rest },
    }),
  };
}
