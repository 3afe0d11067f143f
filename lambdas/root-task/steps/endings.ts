import type { RunEnding } from '../../../contract/ending.ts';
import { describeTarget, wordFor } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import type { TargetedRequest } from './authorize.ts';
import type { LaterChange } from './claim.ts';

/** The sentences of the endings that are no failures: what happened, to which resource, and what to do next. */

const short = ({ sha256 }: PolicyState) => (sha256 === null ? 'none' : `sha256 ${sha256.slice(0, 12)}…`);
const where = ({ target }: TargetedRequest) => describeTarget(target);
const word = ({ target }: TargetedRequest) => wordFor(target);

export function unlocked(request: TargetedRequest, before: PolicyState): RunEnding {
  return {
    ending: 'succeeded',
    code: 'unlocked',
    summary: `The policy of ${where(request)} was removed and is read back as gone; the old one (${short(before)}) is whole in the trail.`,
    remedy:
      'Write a policy that does not lock administrators out. What the old one allowed or denied besides is gone too, and whatever pipeline wrote it will write it again unless it is corrected there.',
  };
}

export function unlockedThenReplaced(request: TargetedRequest, after: PolicyState): RunEnding {
  return {
    ending: 'succeeded',
    code: 'unlocked-then-replaced',
    summary: `The policy of ${where(request)} was removed, and another one (${short(after)}) has been put since.`,
    remedy: 'Check that administrators get in under the new policy; it was left alone.',
  };
}

export function nothingToDo(request: TargetedRequest): RunEnding {
  return {
    ending: 'nothing-to-do',
    code: 'no-policy',
    summary: `There is no policy on ${where(request)}: nothing was changed.`,
    remedy:
      'If administrators are still shut out, look at their own permissions, service control policies and resource control policies.',
  };
}

export function rehearsed(request: TargetedRequest, before: PolicyState): RunEnding {
  return before.policy === null
    ? {
        ending: 'rehearsed',
        code: 'would-do-nothing',
        summary: `Rehearsal: there is no policy on ${where(request)}, so nothing would be changed.`,
        remedy: null,
      }
    : {
        ending: 'rehearsed',
        code: 'would-unlock',
        summary: `Rehearsal: the policy of ${where(request)} (${short(before)}) would be removed. Nothing was changed.`,
        remedy: 'Send the same approval with "dryRun": false to carry it out.',
      };
}

export function supersededByChange(request: TargetedRequest, live: PolicyState): RunEnding {
  return {
    ending: 'superseded',
    code: 'target-changed',
    summary: `The policy of ${where(request)} was changed since the earlier attempt recorded it (now ${short(live)}): it was left alone.`,
    remedy: `Somebody has put another policy. If the ${word(request)} is still locked, approve the ticket anew.`,
  };
}

export function supersededByRequest(request: TargetedRequest, later: LaterChange): RunEnding {
  return {
    ending: 'superseded',
    code: 'newer-request',
    summary: `Another request (${later.requestId}) worked on ${where(request)} on ${later.at}, after this approval was given: it was left alone.`,
    remedy: `This approval was for a state that is gone. If the ${word(request)} is locked, approve the ticket anew.`,
  };
}
