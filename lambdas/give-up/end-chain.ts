import type { EndedEntry } from '../../contract/trail-entry.ts';
import { failure } from '../root-task/failures.ts';
import type { Recorder } from '../root-task/lane.ts';
import type { AuthorizedRequest } from '../root-task/steps/authorize.ts';
import { type Chain, chainOf } from '../root-task/steps/chain.ts';
import { entryFields } from '../root-task/steps/entry-fields.ts';
import { maybeOpen } from '../root-task/steps/opening-of.ts';
import { ofThisApproval } from '../root-task/steps/under-lock.ts';

/** The chain as it stands now, of this very approval. To be read under the request's lock. */
export async function chainUnderLock(request: AuthorizedRequest, recorder: Recorder): Promise<Chain> {
  return ofThisApproval(chainOf(request.requestId, await recorder.trail.read(request.requestId)), request);
}

/**
 * Ends a begun request as failed, with what was said last. Never behind an ending: the entry goes to the place that was
 * the chain's end under the lock, and a run that wrote there first wins (ChainMovedError).
 */
export async function giveUpOn(
  request: AuthorizedRequest,
  chain: Chain,
  lastError: string,
  recorder: Recorder,
): Promise<EndedEntry> {
  if (chain.ended !== null) return chain.ended;
  const { task, target } = request;
  const code = request.closes === null ? 'gave-up' : 'password-recovery-open';
  const said = `${whatIsKnown(chain)}${maybeOpen(chain)} Said last: ${lastError}`;
  const ending = failure(code, task, target, said);
  const entry = await recorder.trail.append(request.requestId, chain.entries.at(-1) ?? null, {
    ...entryFields(request, recorder),
    kind: 'ended',
    ...ending,
    after: null,
    session: null,
  });
  recorder.logger.warn(ending.summary, {
    ending: ending.ending,
    code: ending.code,
    sequence: entry.sequence,
  });
  return entry as EndedEntry;
}

function whatIsKnown({ entries, lastActing }: Chain): string {
  if (entries.some(({ kind }) => kind === 'planned'))
    return 'every try failed before its accounts were put together: each one that was begun is a request of its own in the trail, and no report tells of them.';
  return lastActing === null
    ? 'every try failed before anything was changed.'
    : `every try failed, the last after it had announced its change (entry ${lastActing.sequence}, which holds what was there before): whether it was made is not known.`;
}
