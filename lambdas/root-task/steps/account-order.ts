import { canonicalJson, sha256 } from '../../../contract/canonical-json.ts';
import type { AccountOrder } from '../../../contract/orders.ts';
import { accountRequestId } from '../../../contract/request-id.ts';
import type { RootTaskName } from '../../../contract/root-tasks.ts';
import { sameApproval } from '../../../contract/same-approval.ts';
import { isOrganization } from '../../../contract/target.ts';
import type { TrailEntry } from '../../../contract/trail-entry.ts';
import { lookAt } from '../../shared/intact.ts';
import { together } from '../../together.ts';
import type { Lane } from '../lane.ts';
import { receiptOf } from '../receipt.ts';
import { authorizedWith, type TargetedRequest } from './authorize.ts';
import { notOrdered } from './not-ordered.ts';
import { recorded } from './recorded.ts';
import type { Taken } from './take-approval.ts';

/**
 * Takes one account of a run across the organization. The run's own chain authorizes it: its approval of this task for
 * the organization, and its plan, in which the account is named. The approval's age does not count against it, for a
 * run may take longer than an approval lives; the end of the run does.
 */
export async function takeAccountOrder(order: AccountOrder, task: RootTaskName, lane: Lane): Promise<Taken> {
  const { accountId, parentRequestId, part } = order;
  const requestId = accountRequestId(parentRequestId, accountId);
  const [[first, planned], [runsLast, own]] = await together(
    together(lookAt(lane.trail, parentRequestId, 1), lookAt(lane.trail, parentRequestId, part + 1)),
    together(lane.trail.head(parentRequestId), lane.trail.head(requestId)),
  );
  if (own?.kind === 'ended') return { kind: 'done', receipt: receiptOf(own) };
  const approved = entryOf(first, 'approved');
  const refused = (why: string) => notOrdered(order, why, approved);
  if (approved === null) return refused('there is no run of this name');
  if (approved.task !== task) return refused(`the run was approved for ${approved.task}`);
  const run = recorded(approved, lane.region);
  if (!isOrganization(run.target)) return refused('the approval is for one account');
  const plan = entryOf(planned, 'planned');
  if (plan === null || plan.part !== part || !plan.accounts.some(({ id }) => id === accountId))
    return refused(`part ${part} of the plan does not name account ${accountId}`);
  if (runsLast === null || runsLast.kind === 'ended') return refused('the run has ended');
  return { kind: 'request', request: inAccount(run, order, requestId) };
}

type Looked = Awaited<ReturnType<typeof lookAt>>;

/** The entry in this place, where it is intact and of this kind. */
function entryOf<Kind extends TrailEntry['kind']>(place: Looked, kind: Kind) {
  if (place.kind !== 'intact' || place.entry.kind !== kind) return null;
  return place.entry as Extract<TrailEntry, { kind: Kind }>;
}

function inAccount(
  run: ReturnType<typeof recorded>,
  { accountId, parentRequestId }: AccountOrder,
  requestId: TargetedRequest['requestId'],
): TargetedRequest {
  const target = { accountId };
  const ticket = { ...run.ticket, target } as TargetedRequest['ticket'];
  return authorizedWith(run, {
    requestId,
    task: run.task,
    target,
    ticket,
    // The account's own approval in the trail: the run's, with the account in the place of the organization.
    envelope: { ...run.envelope, detail: { ...Object(run.envelope.detail), target } },
    approvalSha256: sha256(canonicalJson(sameApproval(ticket))),
    parentRequestId,
    closes: null,
  });
}
