import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { noPolicy } from '../../resource-policy.ts';
import { type FailedEnding, failure } from '../failures.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import type { Examination } from './examine.ts';
import {
  faultsSaid,
  nobodyLockedOut,
  nothingToRepair,
  nothingToUnlock,
  replacementNotAsApproved,
} from './unlock-words.ts';
import type { Decision, Reached } from './verb.ts';
import { notAsApproved } from './words.ts';

/**
 * What an approved unlocking does to the policy that is there: a pure function of the approval, the policy and its
 * reading. Root is for when nothing else works: where nobody is locked out it is refused, unless the approval says so.
 */
export function decideUnlock(
  request: TargetedRequest,
  live: PolicyState,
  examine: (text: string) => Examination,
): Decision {
  const { evenIfNotLocked, policySha256, remedy } = approvedOf(request);
  const examination = live.policy === null ? null : examine(live.policy);
  const diagnosis = examination?.diagnosis ?? null;
  const end = (ending: Reached['ending']): Decision => ({ kind: 'end', ending, diagnosis });
  if (policySha256 !== undefined && policySha256 !== live.sha256)
    return end(notAsApproved(request, live, policySha256));
  if (examination === null) return end(nothingToUnlock(request));
  if (isNeedless(examination.diagnosis) && !evenIfNotLocked)
    return end(nobodyLockedOut(request, live, examination.diagnosis));
  switch (remedy) {
    case 'delete':
      return { kind: 'act', intended: noPolicy, diagnosis };
    case 'repair':
      return repairBy(request, live, examination);
    default:
      return remedy satisfies never;
  }
}

/** Of a malformed policy nobody can say whom it locks out: the approval of its removal decides. */
function isNeedless({ needsRoot, verdict }: DiagnosisRecord): boolean {
  return verdict !== 'malformed' && needsRoot === 'no';
}

/** Only what was proven is put. Where nothing is, nothing falls back to the removal: that is for a person to approve. */
function repairBy(
  request: TargetedRequest,
  live: PolicyState,
  { diagnosis, repaired }: Examination,
): Decision {
  const { replacement } = approvedOf(request);
  const noSafeRepair = (why: string): Decision => ({
    kind: 'end',
    ending: noRepair(request, why),
    diagnosis,
  });
  switch (repaired?.kind) {
    case undefined:
      return noSafeRepair(faultsSaid(request, diagnosis));
    case 'not-needed':
      return { kind: 'end', ending: nothingToRepair(request, live), diagnosis };
    case 'none-safe':
      return noSafeRepair(request.ticket.dryRun ? 'the trail says why.' : repaired.why);
    case 'repair': {
      const intended = { policy: repaired.text, sha256: repaired.sha256 };
      if (replacement !== undefined && replacement !== intended.sha256)
        return {
          kind: 'end',
          ending: replacementNotAsApproved(request, intended, replacement),
          diagnosis,
        };
      return { kind: 'act', intended, diagnosis };
    }
    default:
      return repaired satisfies never;
  }
}

function noRepair({ target, task }: TargetedRequest, why: string): FailedEnding {
  return failure('no-safe-repair', task, target, why);
}

/** What the approval says of how far it goes. Throws for one of another root task. */
function approvedOf({ ticket }: TargetedRequest) {
  if (!('remedy' in ticket)) throw new Error(`an approval of ${ticket.task} unlocks nothing`);
  return ticket;
}
