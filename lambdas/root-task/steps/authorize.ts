import { type RequestId, requestIdOf } from '../../../contract/request-id.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { ApprovedEntry } from '../../../contract/trail-entry.ts';
import { type Facts, factsOf } from '../rules/facts.ts';
import { reasonsToRefuse } from '../rules/table.ts';
import type { Received, Refusal } from './received.ts';

export type Authorization = Omit<ApprovedEntry['authorizedBy'], 'settingsDigest' | 'version'>;

declare const authorized: unique symbol;

/** A request that the rules let through, now or when its approval was first recorded. */
export interface AuthorizedRequest extends Received {
  readonly [authorized]: true;
  readonly requestId: RequestId;
  readonly authorization: Authorization;
}

/** A refusal that knows which request it refuses; the trail may have let that request through before. */
export interface RuleRefusal extends Refusal {
  readonly received: Received;
  readonly requestId: RequestId | null;
}

/**
 * Decides whether an approval counts: a pure function of the request, the settings and the time. Either every rule
 * agrees and the request is minted, or all failing rules are reported together.
 */
export function authorize(
  received: Received,
  settings: Settings,
  now: Date,
): AuthorizedRequest | RuleRefusal {
  const facts = factsOf(received, settings, now);
  const [first, ...others] = reasonsToRefuse(facts);
  const { deciding } = facts;
  const requestId = deciding === undefined ? null : requestIdOf(received.ticket, deciding.approvedAt);
  if (first === undefined && deciding !== undefined && requestId !== null) {
    return mint(received, requestId, authorizationOf(facts, deciding.approvedAt));
  }
  return {
    kind: 'refusal',
    reasons: [first ?? { code: 'too-few-approvals', message: 'no approval decides' }, ...others],
    understood: understoodOf(received),
    event: received.envelope,
    requestId,
    received,
  };
}

/** The request as it was authorized when its approval was recorded: later clocks and settings do not count. */
export function authorizedBefore(received: Received, approved: ApprovedEntry): AuthorizedRequest {
  return mint(received, approved.requestId as RequestId, approved.authorizedBy);
}

function mint(received: Received, requestId: RequestId, authorization: Authorization): AuthorizedRequest {
  return { ...received, requestId, authorization } as AuthorizedRequest;
}

function authorizationOf(facts: Facts, decidedAt: string): Authorization {
  const instant = (text: string) => new Date(text).toISOString();
  return {
    required: facts.required,
    counted: facts.counted.map(({ approver, approvedAt }) => ({ approver, approvedAt: instant(approvedAt) })),
    decidedAt: instant(decidedAt),
  };
}

/** What a refusal may say of an event that was understood in full. */
export function understoodOf({ envelope, ticket }: Received): Refusal['understood'] {
  return {
    eventId: envelope.id,
    envelope,
    ticket: ticket.ticket,
    task: ticket.task,
    target: ticket.target,
    requestedBy: ticket.requestedBy,
    approvers: ticket.approvals.map(({ approver }) => approver),
  };
}
