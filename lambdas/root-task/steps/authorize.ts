import { type RequestId, requestIdOf } from '../../../contract/request-id.ts';
import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { Settings } from '../../../contract/settings.ts';
import { isOrganization, type OneTarget, type Target } from '../../../contract/target.ts';
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
  /** What is done, and to what: the ticket's own, but for what an approval sets off later or many times. */
  readonly task: RootTaskName;
  readonly target: Target;
  /** The run across the organization that this is one account of. */
  readonly parentRequestId: string | null;
  /** The opening that this closes. */
  readonly closes: string | null;
}

/** A request on something in one account: what a root session can be opened for. */
export interface TargetedRequest extends AuthorizedRequest {
  readonly target: OneTarget;
}

export function isTargeted(request: AuthorizedRequest): request is TargetedRequest {
  return !isOrganization(request.target);
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
export function authorizedBefore(
  received: Received,
  approved: Pick<ApprovedEntry, 'requestId' | 'authorizedBy' | 'task' | 'parentRequestId' | 'closes'>,
): AuthorizedRequest {
  return mint(received, approved.requestId as RequestId, approved.authorizedBy, {
    task: approved.task ?? received.ticket.task,
    parentRequestId: approved.parentRequestId ?? null,
    closes: approved.closes ?? null,
  });
}

/** What an approval sets off besides itself: it is authorized as the approval is, under a request id of its own. */
export function authorizedWith(
  request: AuthorizedRequest,
  own: Partial<Pick<AuthorizedRequest, 'envelope' | 'ticket' | 'approvalSha256'>> &
    Pick<AuthorizedRequest, 'requestId' | 'task' | 'parentRequestId' | 'closes'> &
    Pick<TargetedRequest, 'target'>,
): TargetedRequest {
  return { ...request, ...own };
}

function mint(
  received: Received,
  requestId: RequestId,
  authorization: Authorization,
  own: Partial<Pick<AuthorizedRequest, 'task' | 'parentRequestId' | 'closes'>> = {},
): AuthorizedRequest {
  const { task, target } = received.ticket;
  const whole = { ...received, requestId, authorization, task, target, parentRequestId: null, closes: null };
  return { ...whole, ...own } as AuthorizedRequest;
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
export function understoodOf({
  envelope,
  ticket,
  ...own
}: Received & Partial<Pick<AuthorizedRequest, 'task' | 'target'>>): Refusal['understood'] {
  return {
    eventId: envelope.id,
    envelope,
    ticket: ticket.ticket,
    task: own.task ?? ticket.task,
    target: own.target ?? ticket.target,
    requestedBy: ticket.requestedBy,
    approvers: ticket.approvals.map(({ approver }) => approver),
  };
}
