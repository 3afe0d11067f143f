import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { samePolicy } from '../../resource-policy.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import { type FoundPolicy, restoreOf } from './earlier-request.ts';
import {
  alreadyRestored,
  malformedDocument,
  notAsLeft,
  wouldLockOut,
  wouldLockSome,
} from './restore-words.ts';
import type { Decision, Reached } from './verb.ts';
import { notAsApproved } from './words.ts';

/** A policy that may be put back: as an earlier request found it, and what that request left in its place. */
export interface Document {
  readonly found: FoundPolicy;
  readonly left: PolicyState;
  readonly diagnosis: DiagnosisRecord;
}

/**
 * The ending for a document that is not put back whatever is there now; null where it may be. What would lock everybody
 * out again has no override; what spares somebody is put back only where the approval says that it may lock out others.
 */
export function refusedDocument(
  request: TargetedRequest,
  found: PolicyState,
  diagnosis: DiagnosisRecord,
): RunEnding | null {
  if (diagnosis.verdict === 'malformed') return malformedDocument(request, diagnosis);
  const { needsRoot, verdict } = diagnosis;
  if (verdict === 'locks-everyone' || needsRoot === 'yes') return wouldLockOut(request, found, diagnosis);
  const isApproved = needsRoot === 'no' || restoreOf(request).evenIfItLocksSome;
  return isApproved ? null : wouldLockSome(request, found, diagnosis);
}

/**
 * What an approved restore does to the policy that is there: a pure function of the approval, the policy and the
 * document. It replaces what the earlier request left, or what the approval names, and nothing else.
 */
export function decideRestore(
  request: TargetedRequest,
  live: PolicyState,
  { diagnosis, found, left }: Document,
): Decision {
  const end = (ending: Reached['ending']): Decision => ({ kind: 'end', ending, diagnosis });
  if (samePolicy(live, found)) return end(alreadyRestored(request, live));
  const { policySha256 } = restoreOf(request);
  if (policySha256 !== undefined) {
    if (policySha256 !== (live.sha256 ?? 'none')) return end(notAsApproved(request, live, policySha256));
  } else if (!samePolicy(live, left)) return end(notAsLeft(request, live, left));
  return { kind: 'act', intended: found, diagnosis };
}
