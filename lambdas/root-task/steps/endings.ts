import type { RunEnding } from '../../../contract/ending.ts';
import { describeTarget, wordFor } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { short } from '../policies/words.ts';
import type { TargetedRequest } from './authorize.ts';
import type { LaterChange } from './claim.ts';

/** The sentences of what was overtaken: it was left alone, whatever the root task. */

export function supersededByChange(request: TargetedRequest, live: PolicyState): RunEnding {
  return {
    ending: 'superseded',
    code: 'target-changed',
    summary: `The policy of ${describeTarget(request.target)} was changed since the earlier attempt recorded it (now ${short(live)}): it was left alone.`,
    remedy: `Somebody has put another policy. If the ${wordFor(request.target)} still needs this, approve the ticket anew.`,
  };
}

export function supersededByRequest({ target }: TargetedRequest, later: LaterChange): RunEnding {
  return {
    ending: 'superseded',
    code: 'newer-request',
    summary: `Another request (${later.requestId}) worked on ${describeTarget(target)} on ${later.at}, after this approval was given: it was left alone.`,
    remedy: `This approval was for a state that is gone. If the ${wordFor(target)} is locked, approve the ticket anew.`,
  };
}
