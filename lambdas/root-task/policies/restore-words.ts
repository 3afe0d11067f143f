import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import { shown } from '../../../contract/shown.ts';
import { describeTarget } from '../../../contract/target.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import { restoreOf } from './earlier-request.ts';
import type { PolicyChange } from './verb.ts';
import { becauseOf, short } from './words.ts';

/** The sentences of putting an old policy back. */

const where = ({ target }: TargetedRequest) => describeTarget(target);
const earlier = (request: TargetedRequest) => shown(restoreOf(request).earlierRequest, 200);

/** The ending of a policy that was put back, and is read back so. */
export function restored(
  request: TargetedRequest,
  { before, intended }: PolicyChange,
  diagnosis: DiagnosisRecord | null,
): RunEnding {
  return {
    ending: 'succeeded',
    code: 'restored',
    summary: `The policy of ${where(request)} that ${earlier(request)} found (${short(intended)}) was put back and is read back so; what it replaced (${short(before)}) is in the trail.${becauseOf(request, diagnosis)}`,
    remedy: null,
  };
}

/** The ending of a policy that was put back, and behind which another one is read back. */
export function restoredThenReplaced(
  request: TargetedRequest,
  { intended }: PolicyChange,
  after: PolicyState,
): RunEnding {
  const now =
    after.policy === null ? 'it has been removed since' : `another one (${short(after)}) has been put since`;
  return {
    ending: 'succeeded',
    code: 'restored-then-replaced',
    summary: `The policy of ${where(request)} that ${earlier(request)} found (${short(intended)}) was put back, and ${now}.`,
    remedy: 'Find out who put what is there now: it was left alone.',
  };
}

/** The ending of a rehearsal that would put a policy back. It quotes nothing of it. */
export function wouldRestore(
  request: TargetedRequest,
  { before, intended }: PolicyChange,
  diagnosis: DiagnosisRecord | null,
): RunEnding {
  return {
    ending: 'rehearsed',
    code: 'would-restore',
    summary: `Rehearsal: the policy of ${where(request)} that ${earlier(request)} found (${short(intended)}) would be put back in the place of what is there (${short(before)}).${becauseOf(request, diagnosis)} Nothing was changed.`,
    remedy: `Send the same approval with "dryRun": false to carry it out, and with "policySha256": "${before.sha256 ?? 'none'}" to replace what is there now and nothing else.`,
  };
}

export function alreadyRestored(request: TargetedRequest, live: PolicyState): RunEnding {
  return {
    ending: 'nothing-to-do',
    code: 'already-restored',
    summary: `The policy that ${earlier(request)} found is the one that is there on ${where(request)} (${short(live)}): nothing was changed.`,
    remedy: null,
  };
}

export function nothingToRestore(request: TargetedRequest, why: string): RunEnding {
  return {
    ending: 'refused',
    code: 'nothing-to-restore',
    summary: `Nothing was put back on ${where(request)} from ${earlier(request)}: ${why}.`,
    remedy:
      'Name in "earlierRequest" the request that found the policy, as its message has it under "Request", and approve the ticket anew.',
  };
}

export function malformedDocument(request: TargetedRequest, { faults }: DiagnosisRecord): RunEnding {
  const places = faults.length === 1 ? 'one place' : `${faults.length} places`;
  return nothingToRestore(
    request,
    `the policy that it found is malformed in ${places}, so nobody can say whom it would lock out`,
  );
}

/** A document that AWS would not take: it is not tried. */
export function withDeleted(request: TargetedRequest, statements: readonly number[]): RunEnding {
  const places = statements.map((index) => `Statement[${index}]`).join(', ');
  return nothingToRestore(
    request,
    `the policy that it found names a principal that has been deleted (${places}), and AWS takes no such policy`,
  );
}

export function wouldLockOut(
  request: TargetedRequest,
  found: PolicyState,
  diagnosis: DiagnosisRecord,
): RunEnding {
  return {
    ending: 'refused',
    code: 'would-lock-out',
    summary: `The policy of ${where(request)} that ${earlier(request)} found (${short(found)}) would lock administrators out again, so it was not put back.${becauseOf(request, diagnosis)}`,
    remedy: `"npm run --silent trail -- policy ${earlier(request)}" prints it, "npm run --silent diagnose" proposes a repaired one. Put that one without root.`,
  };
}

export function wouldLockSome(
  request: TargetedRequest,
  found: PolicyState,
  diagnosis: DiagnosisRecord,
): RunEnding {
  const ending = wouldLockOut(request, found, diagnosis);
  return {
    ...ending,
    remedy: `${ending.remedy} It spares somebody: if it is meant to lock out the others, approve the ticket anew with "evenIfItLocksSome": true.`,
  };
}

export function notAsLeft(request: TargetedRequest, live: PolicyState, left: PolicyState): RunEnding {
  return {
    ending: 'refused',
    code: 'not-as-left',
    summary: `What is there on ${where(request)} (${short(live)}) is not what ${earlier(request)} left (${short(left)}): nothing was put back.`,
    remedy: `Look at the policy that is there. If it is to be replaced all the same, approve the ticket anew with "policySha256": "${live.sha256 ?? 'none'}".`,
  };
}
