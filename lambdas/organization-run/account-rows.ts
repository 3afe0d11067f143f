import type { EndedEntry, PlannedAccount, TrailEntry } from '../../contract/trail-entry.ts';
import { chainUnderLock, giveUpOn } from '../give-up/end-chain.ts';
import { chainOf } from '../root-task/steps/chain.ts';
import { recorded } from '../root-task/steps/recorded.ts';
import { type LockedRecorder, underLockOf } from '../root-task/steps/under-lock.ts';
import { allSomeAtATime } from '../shared/some-at-a-time.ts';
import { accountHead, accountsAtOnce, credentialsRead } from './account-head.ts';
import { leftOutRow, neverBegunRow, visitedRow } from './account-row.ts';
import { noCredentials } from './changes.ts';
import type { AccountRow } from './report/run-report.ts';
import type { Run } from './run.ts';

/** A run that changes are told against, and every account that it knew of. */
export interface EarlierRun {
  readonly requestId: string;
  readonly knows: ReadonlySet<string>;
}

export interface RowReader extends LockedRecorder {
  readonly region: string;
}

/**
 * What came of every account of a run, in the order of its plan; `previous` is the run that changes are told against.
 * A request that nobody will end any more is ended here. Throws where one is still at work: the state machine asks
 * again.
 */
export async function accountRows(
  { parts, request }: Run,
  previous: EarlierRun | null,
  reader: RowReader,
): Promise<AccountRow[]> {
  const visited = await allSomeAtATime(
    parts.flatMap(({ accounts }) => accounts),
    (account) => rowOf(request.requestId, account, previous, reader),
    accountsAtOnce,
  );
  return [...visited, ...parts.flatMap(({ leftOut }) => leftOut.map(leftOutRow))];
}

async function rowOf(
  run: string,
  account: PlannedAccount,
  previous: EarlierRun | null,
  reader: RowReader,
): Promise<AccountRow> {
  const head = await accountHead(run, account.id, reader.trail);
  if (head === null) return neverBegunRow(run, account, reader.clock.now().toISOString());
  const before = previous === null ? null : await accountHead(previous.requestId, account.id, reader.trail);
  const isNew = previous !== null && !previous.knows.has(account.id);
  const ended = head.kind === 'ended' ? head : await endAtRest(head, reader);
  return visitedRow(account, ended, isNew ? noCredentials : credentialsRead(before));
}

const lastError =
  'nothing here: the state machine of the run has gone through all accounts, and this one left no ending. The last error is in the logs of the lane, under this request.';

/** Ends an account's request as failed, under its lock, unless it has ended meanwhile. */
async function endAtRest({ requestId }: TrailEntry, reader: RowReader): Promise<EndedEntry> {
  const { approved } = chainOf(requestId, await reader.trail.read(requestId));
  if (approved === null) throw new Error(`${requestId} was begun without an approval`);
  const request = recorded(approved, reader.region);
  await underLockOf(request, reader, async () =>
    giveUpOn(request, await chainUnderLock(request, reader), lastError, reader),
  );
  const head = await reader.trail.head(requestId);
  if (head?.kind !== 'ended') throw new Error(`${requestId} has no ending after it was given up`);
  return head;
}
