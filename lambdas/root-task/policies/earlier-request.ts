import * as z from 'zod';
import { rootTasks } from '../../../contract/root-tasks.ts';
import { targetPath } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { isPolicyState } from '../../../contract/trail-states.ts';
import { policyStateOf } from '../../resource-policy.ts';
import type { AuditTrail } from '../../shared/trail.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import { type Chain, chainOf, TamperedTrailError } from '../steps/chain.ts';

export interface FoundPolicy extends PolicyState {
  readonly policy: string;
}

/** What an earlier request found and what it left; or why nothing can be taken from it. */
export type Earlier =
  | { readonly kind: 'found'; readonly found: FoundPolicy; readonly left: PolicyState }
  | { readonly kind: 'none'; readonly why: string };

/** What an approval of a restore says: which request found the policy, and over what. Throws for any other approval. */
export function restoreOf({ ticket }: Pick<TargetedRequest, 'ticket'>) {
  if (!('earlierRequest' in ticket)) throw new Error(`an approval of ${ticket.task} restores nothing`);
  return ticket;
}

/** Reads the chain of the request that a restore names, consistently. What does not add up is not believed. */
export async function lookUpEarlier(
  request: TargetedRequest,
  trail: Pick<AuditTrail, 'read'>,
): Promise<Earlier> {
  const { earlierRequest: requestId } = restoreOf(request);
  try {
    return foundIn(chainOf(requestId, await trail.read(requestId)), request);
  } catch (error) {
    if (!(error instanceof TamperedTrailError || error instanceof z.ZodError)) throw error;
    return none('what the trail holds of it does not add up, so nothing of it is believed');
  }
}

const none = (why: string): Earlier => ({ kind: 'none', why });

function foundIn({ approved, ended, entries }: Chain, request: TargetedRequest): Earlier {
  if (approved === null) return none('the trail holds no such request');
  const { target } = rootTasks[request.task];
  const isOfPolicy =
    approved.task !== undefined &&
    rootTasks[approved.task].target === target &&
    approved.targetPath === targetPath(request.target);
  if (!isOfPolicy) return none(`it was about something else than this ${target}`);
  if (ended === null) return none('it is still at work');
  const attempts = entries.filter((entry) => entry.kind === 'acting');
  const before = attempts[0]?.before;
  const left = attempts.at(-1)?.intended;
  if (before === undefined || left === undefined) return none('it never changed anything');
  // Where the approval names what is there now, nobody has to know what the earlier request left.
  if (ended.ending !== 'succeeded' && restoreOf(request).policySha256 === undefined)
    return none(
      `it ended as ${ended.ending} (${ended.code}), so nobody can say what it left; name what is there now in "policySha256"`,
    );
  if (!isPolicyState(before) || !isPolicyState(left)) return none('it was about no policy');
  if (before.policy === null) return none('it found no policy there');
  const found = { ...policyStateOf(before.policy), policy: before.policy };
  return { kind: 'found', found, left: policyStateOf(left.policy) };
}
