import type { EndedEntry } from '../../../contract/trail-entry.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import type { Lane } from '../lane.ts';
import { rehearsed } from '../policies/rehearsed.ts';
import type { ResourcePolicyTask } from '../resource-policy-task.ts';
import { actAndVerify, earlierOf, end, type Work } from './act.ts';
import type { ClaimedRequest } from './claim.ts';
import { supersededByChange } from './endings.ts';
import { forGood } from './for-good.ts';
import { recordEnding } from './record.ts';
import { workAgain } from './work-again.ts';

/** Everything inside the root session, for a resource policy: inspect, decide, declare, act, verify, record. */
export async function workOn(
  claimed: ClaimedRequest,
  session: RootSession,
  task: ResourcePolicyTask,
  lane: Lane,
): Promise<EndedEntry> {
  const inspected = await task.inspect(session, claimed.request.target);
  if (inspected.kind !== 'inspected') {
    const ending = forGood(inspected, claimed, lane);
    return recordEnding(claimed, null, ending, { after: null, session: session.record }, lane);
  }
  const work = { claimed, session, task, lane, inspected };
  const earlier = earlierOf(claimed.chain.lastActing);
  return earlier === null ? workFirst(work) : workAgain(work, earlier);
}

/** A first attempt, or a rehearsal of it: what is there is looked into, and what the approval means for it decided. */
async function workFirst(work: Work): Promise<EndedEntry> {
  const { claimed, inspected, lane, task } = work;
  const { request, supersededBy } = claimed;
  const { before } = inspected;
  if (supersededBy !== null)
    return end(work, { ending: supersededByChange(request, before), diagnosis: null }, before);
  const decision = await task.verb.decide(claimed, before, lane);
  if (request.ticket.dryRun) return end(work, rehearsed(request, before, decision, task.verb), before);
  switch (decision.kind) {
    case 'end':
      return end(work, decision, before);
    case 'act':
      return actAndVerify(work, decision.intended, decision.diagnosis);
    default:
      return decision satisfies never;
  }
}
