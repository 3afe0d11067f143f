import { canonicalJson, sha256 } from '../../contract/canonical-json.ts';
import type { Reason } from '../../contract/ending.ts';
import { accountOf, describeTarget, isOrganization, targetPath } from '../../contract/target.ts';
import type { RefusedEntry } from '../../contract/trail-entry.ts';
import type { Recorder } from '../root-task/lane.ts';
import type { Refusal } from '../root-task/steps/received.ts';
import { ChainMovedError } from './trail.ts';

/** An event of more than this is kept as its beginning and the sha256 of the whole. */
const keptBytes = 32 * 1024;
const excerptBytes = 1024;

/**
 * Records a refusal under `refused/<event id>`, first writer wins: an event that is delivered twice, or reaches two
 * functions, leaves one entry. A refusal uses nothing up; the approval may come again once it is right.
 */
export async function recordRefusal(refusal: Refusal, recorder: Recorder): Promise<RefusedEntry> {
  const { understood, reasons, event } = refusal;
  const text = canonicalJson(event ?? null);
  const whole = sha256(text);
  const requestId = `refused/${understood.eventId ?? `sha256-${whole.slice(0, 32)}`}`;
  const bytes = Buffer.byteLength(text, 'utf8');
  const kept =
    bytes > keptBytes ? Buffer.from(text, 'utf8').subarray(0, excerptBytes).toString('utf8') : text;
  const summary = summaryOf(refusal);
  try {
    const entry = await recorder.trail.append(requestId, null, {
      at: recorder.clock.now().toISOString(),
      ...(understood.ticket === null ? {} : { ticket: understood.ticket }),
      ...(understood.task === null ? {} : { task: understood.task }),
      ...targetFields(understood),
      by: { function: recorder.invocation.functionName, requestId: recorder.invocation.requestId },
      kind: 'refused',
      ending: 'refused',
      code: reasons[0].code,
      summary,
      remedy: remedyOf(reasons),
      reasons: [...reasons],
      ...(refusal.requestId === null ? {} : { refusedRequestId: refusal.requestId }),
      received: { sha256: whole, bytes, text: kept, truncated: bytes > keptBytes },
    });
    recorder.logger.warn(summary, { reasons });
    return refusedEntry(entry);
  } catch (error) {
    const there = error instanceof ChainMovedError ? await recorder.trail.get(requestId, 1) : null;
    if (there === null) throw error;
    recorder.logger.info('this event was refused before', { refusedUnder: requestId });
    return refusedEntry(there);
  }
}

/** The refusal of an event that was refused before; null where it was not. */
export async function refusedBefore(
  eventId: string,
  { trail }: Pick<Recorder, 'trail'>,
): Promise<RefusedEntry | null> {
  const there = await trail.get(`refused/${eventId}`, 1);
  return there === null ? null : refusedEntry(there);
}

function refusedEntry(entry: Awaited<ReturnType<Recorder['trail']['append']>>): RefusedEntry {
  if (entry.kind !== 'refused') throw new Error(`${entry.requestId} holds an entry of kind ${entry.kind}`);
  return entry;
}

function targetFields({ target }: Refusal['understood']) {
  if (target === null) return {};
  return {
    target,
    targetPath: targetPath(target),
    ...(isOrganization(target) ? {} : { accountId: accountOf(target) }),
  };
}

function summaryOf({ understood, reasons }: Refusal): string {
  const what = `${understood.task ?? 'a root task'}${understood.target === null ? '' : ` on ${describeTarget(understood.target)}`}`;
  const ticket = understood.ticket === null ? 'an unreadable ticket' : `ticket ${understood.ticket.id}`;
  const more = reasons.length === 1 ? '' : ` (and ${reasons.length - 1} more)`;
  return `Refused ${what} for ${ticket}: ${reasons[0].path === undefined ? '' : `${reasons[0].path}: `}${reasons[0].message}${more}.`;
}

function remedyOf(reasons: readonly Reason[]): string {
  const used = reasons.some(
    ({ code }) => code === 'approval-already-used' || code === 'changed-after-approval',
  );
  return used
    ? 'Nothing was opened or changed by this event. An approval is used once: approve the ticket anew if more is needed.'
    : 'Nothing was opened or changed. Correct what the reasons name, then send the approval again.';
}
