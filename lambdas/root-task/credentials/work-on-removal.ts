import { canonicalJson, sha256 } from '../../../contract/canonical-json.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import {
  type Credential,
  credentialsIn,
  type RootCredentials,
  sameCredential,
} from '../../../contract/root-credentials.ts';
import type { ActingEntry, EndedEntry } from '../../../contract/trail-entry.ts';
import {
  type CredentialResult,
  hasCredentials,
  isRemovalPlan,
  type RemovalPlan,
} from '../../../contract/trail-states.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import type { Lane } from '../lane.ts';
import type { ClaimedRequest } from '../steps/claim.ts';
import { supersededByRequest } from '../steps/endings.ts';
import { declare, recordEnding } from '../steps/record.ts';
import { type ReadableUser, readCredentials } from './read.ts';
import { removalResults } from './removal-results.ts';
import { type Remark, type RemovableUser, removeCredentials } from './remove.ts';
import { patience } from './showing.ts';
import { credentialsStateOf, removalPlanOf } from './state.ts';
import { namesText } from './words.ts';

/** What tells one task that removes credentials from another. */
export interface RemovalTask {
  /** Decides what goes, from what is found. Only before the first attempt: that one's record binds those after it. */
  readonly plan: (found: RootCredentials) => RemovalPlan;
  /** The ending where nothing at all is to be removed. */
  readonly nothing: (found: RootCredentials, plan: RemovalPlan) => RunEnding;
  readonly rehearsed: (found: RootCredentials, plan: RemovalPlan) => RunEnding;
  readonly ended: (results: readonly CredentialResult[], live: RootCredentials) => RunEnding;
}

/**
 * Removes credentials of a root user: reads them, records which are there and which go, removes these one by one, and
 * reads again. A retry is bound by the first attempt's record, element by element: what is left of it is finished, and
 * what appeared since is left alone.
 */
export async function workOnRemoval(
  claimed: ClaimedRequest,
  session: RootSession,
  user: ReadableUser & RemovableUser,
  task: RemovalTask,
  lane: Lane,
): Promise<EndedEntry> {
  const { chain, request } = claimed;
  const end = (head: ActingEntry | null, ending: RunEnding, after: EndedEntry['after']) =>
    recordEnding(claimed, head, ending, { after, session: session.record }, lane);

  const live = await readCredentials(user, { withSummary: false });
  const earlier = firstAttempt(chain.entries.find((entry) => entry.kind === 'acting'));
  const found = earlier?.found ?? live;
  const plan = earlier?.plan ?? task.plan(live);
  if (claimed.supersededBy !== null) {
    const results = removalResults({ found, plan, live, remarks: [] });
    const ending = supersededByRequest(request, claimed.supersededBy);
    return end(null, withWhatWentBefore(ending, earlier === null ? [] : results), credentialsStateOf(live));
  }
  if (request.ticket.dryRun) return end(null, task.rehearsed(live, plan), { ...plan, credentials: live });

  const left = plan.remove.filter((one) => isIn(one, live));
  if (earlier === null && left.length === 0)
    return end(null, task.nothing(live, plan), credentialsStateOf(live));
  let acting: ActingEntry | null = null;
  let remarks: Remark[] = [];
  let now = live;
  if (left.length > 0) {
    const recordable = { before: credentialsStateOf(live), intended: removalPlanOf(left, plan.keep) };
    acting = (await declare(claimed, session, recordable, lane)).entry;
    remarks = await removeCredentials(user, left, lane);
    now = await readBack(user, left, remarks, lane);
  }
  const results = removalResults({ found, plan, live: now, remarks });
  const sha = sha256(canonicalJson({ results, credentials: now }));
  return end(acting, task.ended(results, now), { results, credentials: now, sha256: sha });
}

/** An earlier attempt of this request may have begun: what is gone of what it meant to remove is said. */
function withWhatWentBefore(ending: RunEnding, results: readonly CredentialResult[]): RunEnding {
  const gone = results.filter(({ result }) => result === 'gone');
  if (gone.length === 0) return ending;
  return {
    ...ending,
    summary: `${ending.summary} Of what an earlier attempt of this one meant to remove is gone: ${namesText(gone)}.`,
  };
}

function isIn(credential: Credential, credentials: RootCredentials): boolean {
  return credentialsIn(credentials).some((one) => sameCredential(one, credential));
}

/** What the first attempt recorded; null where there was none. Throws where it recorded something else. */
function firstAttempt(acting: ActingEntry | undefined) {
  if (acting === undefined) return null;
  const { before, intended } = acting;
  if (!hasCredentials(before) || !isRemovalPlan(intended))
    throw new Error(`entry ${acting.sequence} of ${acting.requestId} holds no credentials`);
  return { found: before.credentials, plan: intended };
}

/** Reads until everything that AWS agreed to remove is shown as gone, as long as there is patience. */
async function readBack(
  user: ReadableUser,
  removed: readonly Credential[],
  remarks: readonly Remark[],
  { clock }: Lane,
): Promise<RootCredentials> {
  const agreed = removed.filter(
    (one) => one.kind === 'mfaDevices' || !remarks.some(({ credential }) => sameCredential(credential, one)),
  );
  let live = await readCredentials(user, { withSummary: false });
  for (const wait of patience) {
    if (!agreed.some((one) => isIn(one, live))) return live;
    await clock.sleep(wait);
    live = await readCredentials(user, { withSummary: false });
  }
  return live;
}
