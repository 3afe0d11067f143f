import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import type { ActingEntry, EndedEntry, SessionRecord } from '../../../contract/trail-entry.ts';
import type { After, Before, Intended } from '../../../contract/trail-states.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { TargetedRequest } from './authorize.ts';
import type { ClaimedRequest } from './claim.ts';
import { entryFields } from './entry-fields.ts';
import { maybeOpen } from './opening-of.ts';

declare const declared: unique symbol;

/** What is there, and what will be left: what has to be recorded before anything is changed. */
export interface Recordable {
  readonly before: Before;
  readonly intended: Intended;
}

/** An attempt whose `acting` entry is durable: only then may the target be changed. */
export interface Declared<Inspected extends Recordable> {
  readonly [declared]: true;
  readonly claimed: ClaimedRequest;
  readonly inspected: Inspected;
  readonly entry: ActingEntry;
}

/** Writes what is there and what will be left, before anything is changed; one entry for every attempt. */
export async function declare<Inspected extends Recordable>(
  claimed: ClaimedRequest,
  session: RootSession,
  inspected: Inspected,
  lane: Lane,
): Promise<Declared<Inspected>> {
  const { chain, request } = claimed;
  const entry = await lane.trail.append(request.requestId, chain.entries.at(-1) ?? null, {
    ...entryFields(request, lane),
    kind: 'acting',
    session: session.record,
    before: inspected.before,
    intended: inspected.intended,
    attempt: (chain.lastActing?.attempt ?? 0) + 1,
  });
  const before = 'sha256' in inspected.before ? inspected.before.sha256 : null;
  lane.logger.info('about to act', { sequence: entry.sequence, before });
  return { claimed, inspected, entry } as Declared<Inspected>;
}

/** What an ending rests on: what was read back, in which session, and the reading of the policy that it is about. */
export interface Read {
  readonly after: After | null;
  readonly session: SessionRecord | null;
  readonly diagnosis?: DiagnosisRecord | null;
}

/** Appends the ending. `head` is the last entry of the chain as this run knows it. */
export async function recordEnding(
  claimed: ClaimedRequest,
  head: ActingEntry | null,
  reached: RunEnding,
  { diagnosis, ...read }: Read,
  lane: Lane,
): Promise<EndedEntry> {
  const { chain, request } = claimed;
  const ending = ofOpening(chain, ofClosing(request, reached));
  const entry = await lane.trail.append(request.requestId, head ?? chain.entries.at(-1) ?? null, {
    ...entryFields(request, lane),
    kind: 'ended',
    ...ending,
    ...(diagnosis ? { diagnosis } : {}),
    ...read,
  });
  lane.logger.info(ending.summary, { ending: ending.ending, code: ending.code, sequence: entry.sequence });
  return entry as EndedEntry;
}

/** Whatever a closing fails of, what people must hear is that recovery is open. */
function ofClosing({ closes, target, task }: TargetedRequest, ending: RunEnding): RunEnding {
  if (closes === null || ending.ending !== 'failed' || ending.code === 'password-recovery-open')
    return ending;
  return failure('password-recovery-open', task, target, ending.summary);
}

/** An opening that ends otherwise than by its own words may be open all the same. */
function ofOpening(chain: ClaimedRequest['chain'], ending: RunEnding): RunEnding {
  if (ending.ending !== 'failed' && ending.ending !== 'superseded') return ending;
  if (ending.code === 'out-of-time') return ending;
  return { ...ending, summary: `${ending.summary}${maybeOpen(chain)}` };
}

/** Ends a request for which no session was opened. */
export function endWithoutSession(
  claimed: ClaimedRequest,
  ending: RunEnding,
  lane: Lane,
  diagnosis: DiagnosisRecord | null = null,
): Promise<EndedEntry> {
  return recordEnding(claimed, null, ending, { after: null, session: null, diagnosis }, lane);
}
