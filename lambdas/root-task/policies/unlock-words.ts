import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import { shown } from '../../../contract/shown.ts';
import { describeTarget, wordFor } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import { listed } from '../../../policy/words/lists.ts';
import { insteadSaid } from '../../shared/diagnosis-words.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import type { PolicyChange } from './verb.ts';
import { becauseOf, short } from './words.ts';

/** The sentences of unlocking: what happened, to which resource, why, and what to do next. */

const where = ({ target }: TargetedRequest) => describeTarget(target);
const again = 'whatever pipeline wrote it will write it again unless it is corrected there';

/** The ending of a policy that was removed or repaired, and is read back so. */
export function unlocked(
  request: TargetedRequest,
  { before, intended }: PolicyChange,
  diagnosis: DiagnosisRecord | null,
): RunEnding {
  const why = becauseOf(request, diagnosis);
  if (intended.policy !== null)
    return {
      ending: 'succeeded',
      code: 'repaired',
      summary: `The policy of ${where(request)} was repaired and is read back so (${short(intended)}); the old one (${short(before)}) is whole in the trail.${why}`,
      remedy: `${instead(request, diagnosis, 'repaired') ?? 'Look at the changes in the trail.'} Whatever pipeline wrote the old policy will write it again unless it is corrected there.`,
    };
  return {
    ending: 'succeeded',
    code: 'unlocked',
    summary: `The policy of ${where(request)} was removed and is read back as gone; the old one (${short(before)}) is whole in the trail.${why}`,
    remedy: `${instead(request, diagnosis, 'removed') ?? 'Write a policy that does not lock administrators out.'} What the old one allowed or denied besides is gone too, and ${again}.`,
  };
}

/** The ending of a policy behind whose removal or repair another one is read back. */
export function unlockedThenReplaced(
  request: TargetedRequest,
  { before, intended }: PolicyChange,
  after: PolicyState,
  diagnosis: DiagnosisRecord | null,
): RunEnding {
  const isRepair = intended.policy !== null;
  const why = diagnosis === null ? '' : ` The old one (${short(before)}):${becauseOf(request, diagnosis)}`;
  const now =
    after.policy === null ? 'it has been removed since' : `another one (${short(after)}) has been put since`;
  return {
    ending: 'succeeded',
    code: isRepair ? 'repaired-then-replaced' : 'unlocked-then-replaced',
    summary: `The policy of ${where(request)} was ${isRepair ? 'repaired' : 'removed'}, and ${now}.${why}`,
    remedy: `Check that administrators get in now: what is there was left alone. If the old policy comes back, ${again}.`,
  };
}

function instead(
  { requestId }: TargetedRequest,
  diagnosis: DiagnosisRecord | null,
  doneTo: 'removed' | 'repaired',
) {
  return diagnosis === null ? null : insteadSaid(diagnosis, doneTo, requestId);
}

/** The ending of a rehearsal that would remove or repair. It quotes nothing of the policy. */
export function wouldUnlock(
  request: TargetedRequest,
  { before, intended }: PolicyChange,
  diagnosis: DiagnosisRecord | null,
): RunEnding {
  const isRepair = intended.policy !== null;
  const what = isRepair ? `repaired (to ${short(intended)})` : 'removed';
  const quoted = isRepair ? '"policySha256" and "replacement"' : '"policySha256"';
  return {
    ending: 'rehearsed',
    code: isRepair ? 'would-repair' : 'would-unlock',
    summary: `Rehearsal: the policy of ${where(request)} (${short(before)}) would be ${what}.${becauseOf(request, diagnosis)} Nothing was changed.`,
    remedy: `Send the same approval with "dryRun": false to carry it out, and with ${quoted} to have just this carried out and nothing else. The trail has the whole diagnosis, and what a repair changes.`,
  };
}

export function nothingToUnlock(request: TargetedRequest): RunEnding {
  return {
    ending: 'nothing-to-do',
    code: 'no-policy',
    summary: `There is no policy on ${where(request)}: nothing was changed.`,
    remedy:
      'If administrators are still shut out, look at their own permissions, service control policies and resource control policies.',
  };
}

export function nothingToRepair(request: TargetedRequest, live: PolicyState): RunEnding {
  return {
    ending: 'nothing-to-do',
    code: 'nothing-to-repair',
    summary: `Nothing in the policy of ${where(request)} (${short(live)}) locks its administrators out, so there is nothing to repair: nothing was changed.`,
    remedy: null,
  };
}

/** Whoever can do it without root, in words of the diagnosis: of principals that no statement names. */
const withoutShown = 240;

export function nobodyLockedOut(
  request: TargetedRequest,
  live: PolicyState,
  { without }: DiagnosisRecord,
): RunEnding {
  return {
    ending: 'refused',
    code: 'nobody-locked-out',
    summary: `Root is not needed to correct the policy of ${where(request)} (${short(live)}), so it was left alone. These can do it: ${shown(without.join('; '), withoutShown)}.`,
    remedy: `Have one of them do it. If the ${wordFor(request.target)} needs root all the same, approve the ticket anew with "evenIfNotLocked": true.`,
  };
}

export function replacementNotAsApproved(
  request: TargetedRequest,
  intended: PolicyState,
  approved: string,
): RunEnding {
  return {
    ending: 'superseded',
    code: 'replacement-not-as-approved',
    summary: `The repair of the policy of ${where(request)} would put another one (${short(intended)}) than the one that was approved (${short({ sha256: approved })}): it was left alone.`,
    remedy: 'Send the approval as a dry run to see what a repair puts now, and approve again what it shows.',
  };
}

/**
 * Why a malformed policy is not repaired: how many faults it has, and in which statements; of a rehearsal only how many.
 * A fault's path and message may quote the policy, so they stay in the trail.
 */
export function faultsSaid({ ticket }: TargetedRequest, { faults }: DiagnosisRecord): string {
  const count = `it is malformed in ${faults.length === 1 ? 'one place' : `${faults.length} places`}`;
  const places = faults.map(({ path }) => /^Statement\[\d+\]/.exec(path)?.[0] ?? 'the document itself');
  const where = ticket.dryRun ? '' : ` (${listed([...new Set(places)])})`;
  return `${count}${where}; the trail says what is wrong there.`;
}
