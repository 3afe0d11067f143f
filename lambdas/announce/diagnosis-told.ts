import type { DiagnosisTold } from '../../contract/diagnosis.ts';
import type { EndedEntry } from '../../contract/trail-entry.ts';
import {
  type DoneTo,
  insteadSaid,
  lockingStatements,
  statementsSaid,
  statementsText,
  verdictSaid,
} from '../shared/diagnosis-words.ts';

/**
 * What people and ticket systems are told of a diagnosis: the verdict, the hashes, and of a real run which statements
 * they are. Null where no policy was read. A rehearsal tells no more than verdict and hashes, for whoever may ask for
 * one need not be anybody who may read the policy.
 */
export function diagnosisToldOf({ code, diagnosis, ending, requestId }: EndedEntry): DiagnosisTold | null {
  if (diagnosis === undefined) return null;
  const { policySha256, repair, verdict } = diagnosis;
  const repairedSha256 = repair?.possible === true ? repair.sha256 : null;
  const hashes = { verdict, policySha256, repairedSha256 };
  if (ending === 'rehearsed') return { ...hashes, statements: null, said: null, instead: null };
  return {
    ...hashes,
    statements: lockingStatements(diagnosis),
    said: statementsSaid(diagnosis) ?? verdictSaid(diagnosis),
    instead: insteadSaid(diagnosis, doneTo(code), requestId),
  };
}

function doneTo(code: string): DoneTo {
  if (code === 'unlocked' || code === 'unlocked-then-replaced') return 'removed';
  return code === 'repaired' || code === 'repaired-then-replaced' ? 'repaired' : 'left';
}

/** Rows of a message: each hash on a line of its own, whole, so that it can be copied into an approval. */
export function diagnosisRows(entry: EndedEntry): (readonly [string, string | null])[] {
  const told = diagnosisToldOf(entry);
  if (told === null) return [];
  // What a restore reads is the policy that it puts back, and not the one that an approval of it may name.
  const isRestore = entry.task?.startsWith('restore-') ?? false;
  return [
    ['Verdict', told.verdict],
    [isRestore ? 'Document sha256' : 'Policy sha256', told.policySha256],
    ['Repaired sha256', told.repairedSha256],
    ['Statements', told.statements === null ? null : statementsText(told.statements)],
  ];
}
