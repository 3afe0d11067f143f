import type { PolicyState } from '../../../contract/trail-entry.ts';
import type { Lane } from '../lane.ts';
import type { ClaimedRequest } from '../steps/claim.ts';
import { type Document, decideRestore, refusedDocument } from './decide-restore.ts';
import { lookUpEarlier } from './earlier-request.ts';
import { examine } from './examine.ts';
import { asRehearsal } from './rehearsed.ts';
import {
  nothingToRestore,
  restored,
  restoredThenReplaced,
  withDeleted,
  wouldRestore,
} from './restore-words.ts';
import type { Decision, PolicyChange, PolicyVerb, Reached } from './verb.ts';

/**
 * Puts back the policy that an earlier request found. Which one that is, and whether it may be put back at all, the
 * trail says: it is looked up before a session is opened, and once more in it, for what is decided there.
 */
export const restoring: PolicyVerb = {
  prepare: async (claimed, lane) => {
    const found = await documentOf(claimed, lane);
    if (!('ending' in found)) return null;
    return claimed.request.ticket.dryRun ? { ...found, ending: asRehearsal(found.ending) } : found;
  },
  decide: async (claimed, live: PolicyState, lane): Promise<Decision> => {
    const found = await documentOf(claimed, lane);
    return 'ending' in found ? { kind: 'end', ...found } : decideRestore(claimed.request, live, found);
  },
  diagnose: ({ target }, { intended }: PolicyChange, lane) =>
    intended.policy === null ? null : examine(intended.policy, target, lane).diagnosis,
  would: wouldRestore,
  done: restored,
  doneThenReplaced: restoredThenReplaced,
};

/** What is to be put back, or why nothing is. */
async function documentOf({ request }: ClaimedRequest, lane: Lane): Promise<Document | Reached> {
  const earlier = await lookUpEarlier(request, lane.trail);
  if (earlier.kind === 'none') return { ending: nothingToRestore(request, earlier.why), diagnosis: null };
  const { found, left } = earlier;
  const { deleted, diagnosis } = examine(found.policy, request.target, lane);
  const ending =
    refusedDocument(request, found, diagnosis) ?? (deleted.length > 0 ? withDeleted(request, deleted) : null);
  return ending === null ? { found, left, diagnosis } : { ending, diagnosis };
}
