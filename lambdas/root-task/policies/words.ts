import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import { describeTarget } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { statementsSaid, verdictSaid } from '../../shared/diagnosis-words.ts';
import type { TargetedRequest } from '../steps/authorize.ts';

/** A policy by its hash, short enough for a sentence; the whole hash is in the trail. */
export function short({ sha256 }: Pick<PolicyState, 'sha256'>): string {
  return sha256 === null ? 'none' : `sha256 ${sha256.slice(0, 12)}…`;
}

/** What the policy does, behind another sentence: by statement, but in a rehearsal, which tells the verdict only. */
export function becauseOf({ ticket }: TargetedRequest, diagnosis: DiagnosisRecord | null): string {
  if (diagnosis === null) return '';
  return ` ${(ticket.dryRun ? null : statementsSaid(diagnosis)) ?? verdictSaid(diagnosis)}`;
}

/** The ending of a request whose approval was given for another policy than there is. */
export function notAsApproved(request: TargetedRequest, live: PolicyState, approved: string): RunEnding {
  const was = short({ sha256: approved === 'none' ? null : approved });
  return {
    ending: 'superseded',
    code: 'policy-not-as-approved',
    summary: `The policy of ${describeTarget(request.target)} is another (${short(live)}) than the one that was approved against (${was}): it was left alone.`,
    remedy: 'Send the approval as a dry run to see what is there now, and approve again what it shows.',
  };
}
