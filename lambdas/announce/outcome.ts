import { type OutcomeEvent, outcomeEvent } from '../../contract/outcome-event.ts';
import type { EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import { diagnosisToldOf } from './diagnosis-told.ts';

/** The outcome event of an ending: hashes and where to look, never policy text. */
export function outcomeOf(entry: EndedEntry | RefusedEntry): OutcomeEvent {
  const diagnosis = entry.kind === 'ended' ? diagnosisToldOf(entry) : null;
  return outcomeEvent.parse({
    requestId: entry.kind === 'refused' ? (entry.refusedRequestId ?? entry.requestId) : entry.requestId,
    ticket: entry.ticket ?? null,
    task: entry.task ?? null,
    target: entry.target ?? null,
    accountId: entry.accountId ?? null,
    ending: entry.ending,
    code: entry.code,
    summary: entry.summary,
    remedy: entry.remedy,
    ...(diagnosis === null ? {} : { diagnosis }),
    endedAt: entry.at,
    entryHash: entry.hash,
  });
}
