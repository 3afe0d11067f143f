import type { Lane } from '../lane.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import { decideUnlock } from './decide-unlock.ts';
import { examine } from './examine.ts';
import { unlocked, unlockedThenReplaced, wouldUnlock } from './unlock-words.ts';
import type { PolicyChange, PolicyVerb } from './verb.ts';

/** Gives administrators back what a policy took from them: the policy goes, or the least of it that is in the way. */
export const unlocking: PolicyVerb = {
  decide: async ({ request }, live, lane) =>
    decideUnlock(request, live, (text) => examine(text, request.target, lane)),
  diagnose: (
    { target }: TargetedRequest,
    { before }: PolicyChange,
    lane: Pick<Lane, 'clock' | 'logger' | 'settings'>,
  ) => (before.policy === null ? null : examine(before.policy, target, lane).diagnosis),
  would: wouldUnlock,
  done: unlocked,
  doneThenReplaced: unlockedThenReplaced,
};
