import type { ActingEntry, EndedEntry, PolicyState } from '../../../contract/trail-entry.ts';
import { isPolicyState } from '../../../contract/trail-states.ts';
import { policyStateOf } from '../../resource-policy.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import type { Lane } from '../lane.ts';
import type { PolicyChange, Reached } from '../policies/verb.ts';
import type { Inspected, ResourcePolicyTask } from '../resource-policy-task.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';
import type { ClaimedRequest } from './claim.ts';
import { forGood } from './for-good.ts';
import { type Declared, declare, recordEnding } from './record.ts';
import { verify } from './verify.ts';

/** A run in its root session that has seen its target. */
export interface Work {
  readonly claimed: ClaimedRequest;
  readonly session: RootSession;
  readonly task: ResourcePolicyTask;
  readonly lane: Lane;
  readonly inspected: Inspected;
}

/** Ends a request whose target this run has not changed. */
export function end(
  work: Work,
  { ending, diagnosis }: Reached,
  after: PolicyState | null,
): Promise<EndedEntry> {
  const { claimed, lane, session } = work;
  return recordEnding(claimed, null, ending, { after, session: session.record, diagnosis }, lane);
}

/** Declares a change, makes it, and ends the request by what is read back. */
export async function actAndVerify(
  work: Work,
  intended: PolicyState,
  diagnosis: Reached['diagnosis'],
): Promise<EndedEntry> {
  const { claimed, inspected, lane, session } = work;
  const declared = await declare(claimed, session, { ...inspected, intended }, lane);
  const denied = await act(declared);
  if (denied === null) return verifyAndEnd(work, declared.entry, diagnosis);
  const ending = forGood(denied, claimed, lane);
  const read = { after: null, session: session.record, diagnosis };
  return recordEnding(claimed, declared.entry, ending, read, lane);
}

/** Changes the target. Only a declared attempt may: its `acting` entry is durable. */
async function act({
  inspected,
}: Declared<Inspected & PolicyChange>): Promise<Failed | DeniedInSession | null> {
  const sent = await inspected.change(inspected.intended);
  return sent === 'sent' ? null : sent;
}

/** Ends a request by what is read back of a change that was declared. */
export async function verifyAndEnd(
  { claimed, inspected, lane, session, task }: Work,
  acting: ActingEntry | null,
  diagnosis: Reached['diagnosis'],
): Promise<EndedEntry> {
  const change = earlierOf(acting);
  if (acting === null || change === null)
    throw new Error('there is nothing to verify: no attempt is recorded');
  const attempt = { ...change, at: acting.at, diagnosis };
  const { ending, after } = await verify(claimed, inspected, attempt, task, lane);
  return recordEnding(claimed, acting, ending, { after, session: session.record, diagnosis }, lane);
}

/** What an earlier attempt recorded; null where there was none. Throws where it recorded no policy. */
export function earlierOf(acting: ActingEntry | null): PolicyChange | null {
  if (acting === null) return null;
  const { before, intended } = acting;
  if (!isPolicyState(before) || !isPolicyState(intended))
    throw new Error(`entry ${acting.sequence} of ${acting.requestId} holds no policy`);
  // By what the policies say and not by the hash that was recorded: an older version may have had another canonical form.
  return { before: policyStateOf(before.policy), intended: policyStateOf(intended.policy) };
}
