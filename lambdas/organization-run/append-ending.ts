import type { RunEnding } from '../../contract/ending.ts';
import type { EndedEntry } from '../../contract/trail-entry.ts';
import type { RunOutcome } from '../../contract/trail-states.ts';
import type { Recorder } from '../root-task/lane.ts';
import type { Chain } from '../root-task/steps/chain.ts';
import { entryFields } from '../root-task/steps/entry-fields.ts';
import type { OrganizationRequest } from './run.ts';

/** Appends the ending of a run behind the chain as it was read. Throws a ChainMovedError where another was faster. */
export async function appendEnding(
  request: OrganizationRequest,
  { entries }: Chain,
  ending: RunEnding,
  after: RunOutcome | null,
  recorder: Recorder,
): Promise<EndedEntry> {
  const entry = await recorder.trail.append(request.requestId, entries.at(-1) ?? null, {
    ...entryFields(request, recorder),
    kind: 'ended',
    ...ending,
    after,
    session: null,
  });
  recorder.logger.info(ending.summary, {
    ending: ending.ending,
    code: ending.code,
    sequence: entry.sequence,
  });
  return entry as EndedEntry;
}
