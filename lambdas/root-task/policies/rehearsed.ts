import type { RunEnding } from '../../../contract/ending.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import type { Decision, PolicyVerb, Reached } from './verb.ts';

/** The ending of a rehearsal: what a real run would have come to, with the same reading of the policy. */
export function rehearsed(
  request: TargetedRequest,
  before: PolicyState,
  decision: Decision,
  { would }: Pick<PolicyVerb, 'would'>,
): Reached {
  const { diagnosis } = decision;
  const ending =
    decision.kind === 'act'
      ? would(request, { before, intended: decision.intended }, diagnosis)
      : asRehearsal(decision.ending);
  return { ending, diagnosis };
}

/** What would be said without acting, as the ending of a rehearsal. */
export function asRehearsal({ ending, summary, remedy }: RunEnding): RunEnding {
  return {
    ending: 'rehearsed',
    code: ending === 'nothing-to-do' ? 'would-do-nothing' : 'would-not-act',
    summary: `Rehearsal: ${summary}`,
    remedy,
  };
}
