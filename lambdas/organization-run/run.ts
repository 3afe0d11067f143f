import { isOrganizationTask, type OrganizationTask } from '../../contract/root-tasks.ts';
import { isOrganization, type OrganizationTarget } from '../../contract/target.ts';
import type { ApprovedEntry, PlannedEntry } from '../../contract/trail-entry.ts';
import type { AuthorizedRequest } from '../root-task/steps/authorize.ts';
import { type Chain, chainOf } from '../root-task/steps/chain.ts';
import { recorded } from '../root-task/steps/recorded.ts';
import type { AuditTrail } from '../shared/trail.ts';

/** A request whose target is the organization. */
export interface OrganizationRequest extends AuthorizedRequest {
  readonly task: OrganizationTask;
  readonly target: OrganizationTarget;
}

export function isOfOrganization(request: AuthorizedRequest): request is OrganizationRequest {
  return isOrganizationTask(request.task) && isOrganization(request.target);
}

/** A run across the organization that was begun, as the trail has it. */
export interface Run {
  readonly request: OrganizationRequest;
  readonly chain: Chain;
  readonly approved: ApprovedEntry;
  /** The parts of its plan that are recorded. */
  readonly parts: readonly PlannedEntry[];
  /** Whether the plan is whole. */
  readonly isPlanned: boolean;
}

/** Reads a run, its chain checked. Throws where the trail holds no run of this name: an order alone is believed nothing. */
export async function readRun(
  requestId: string,
  trail: Pick<AuditTrail, 'read'>,
  region: string,
): Promise<Run> {
  const chain = chainOf(requestId, await trail.read(requestId));
  const { approved } = chain;
  const request = approved === null ? null : recorded(approved, region);
  if (approved === null || request === null || !isOfOrganization(request))
    throw new Error(`the trail holds no run across the organization under ${requestId}`);
  const parts = plannedIn(chain);
  return { request, chain, approved, parts, isPlanned: parts.at(-1)?.last ?? false };
}

/** The parts of a plan in a chain, in order. */
export function plannedIn({ entries }: Chain): PlannedEntry[] {
  return entries.filter((entry) => entry.kind === 'planned');
}
