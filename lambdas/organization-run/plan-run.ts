import { type ListedAccount, listedAccount, type PlanAnswer, type RunOrder } from '../../contract/orders.ts';
import { shortHash } from '../../contract/request-id.ts';
import type { PlannedEntry } from '../../contract/trail-entry.ts';
import { failure } from '../root-task/failures.ts';
import { flickerMilliseconds, PassingDenialError } from '../root-task/steps/lasting.ts';
import { allSomeAtATime } from '../shared/some-at-a-time.ts';
import { accountHead, accountsAtOnce } from './account-head.ts';
import type { MemberAccounts } from './adapters/member-accounts.ts';
import type { RunStore } from './adapters/run-store.ts';
import { appendEnding } from './append-ending.ts';
import { unknownExclusions } from './left-out.ts';
import { makePlan, type PlanMaker } from './make-plan.ts';
import { type Run, readRun } from './run.ts';

export interface Planner extends PlanMaker {
  readonly region: string;
  readonly accounts: Pick<MemberAccounts, 'list'>;
  readonly store: Pick<RunStore, 'bucket' | 'put'>;
}

/**
 * Plans a run, and stores the list of accounts that are still to be visited: all of them, or, where the run is started
 * again, those whose own request has not ended. None for a run that has ended, or that ends here because its accounts
 * cannot be listed.
 */
export async function planRun({ requestId }: RunOrder, planner: Planner): Promise<PlanAnswer> {
  planner.logger.appendKeys({ rootTaskRequest: requestId });
  const run = await readRun(requestId, planner.trail, planner.region);
  if (run.chain.ended !== null) return answer(requestId, [], planner);
  const parts = run.isPlanned ? run.parts : await planned(run, planner);
  const listed = parts.flatMap(({ accounts, part }) =>
    accounts.map(({ id }) => listedAccount.parse({ accountId: id, part })),
  );
  const waiting = run.parts.length === 0 ? listed : await notEnded(requestId, listed, planner);
  return answer(requestId, waiting, planner);
}

/** The plan's parts, recorded; none where the run ends for want of a list. */
async function planned(run: Run, planner: Planner): Promise<readonly PlannedEntry[]> {
  const { approved, chain, request } = run;
  const listing = await planner.accounts.list(request.target.organizationalUnitIds);
  if (listing.kind === 'listed') {
    // Of a deletion, a typing error here would delete what was to be spared.
    const sieve = { target: request.target, settings: planner.settings, ownAccountId: planner.ownAccountId };
    const unknown = unknownExclusions(listing.accounts, sieve).ticket.join(', ');
    const isNew = request.task === 'delete-root-credentials' && run.parts.length === 0;
    if (!isNew || unknown === '') return makePlan(run, listing.accounts, planner);
    const ending = failure('excluded-account-unknown', request.task, request.target, unknown);
    await appendEnding(request, chain, ending, null, planner);
    return [];
  }
  const age = planner.clock.now().getTime() - Date.parse(approved.at);
  if (listing.mayPass && age < flickerMilliseconds) throw new PassingDenialError(listing.said);
  const ending = failure('organization-not-listed', request.task, request.target, listing.said);
  await appendEnding(request, chain, ending, null, planner);
  return [];
}

async function notEnded(
  requestId: string,
  listed: readonly ListedAccount[],
  { trail }: Planner,
): Promise<ListedAccount[]> {
  const heads = await allSomeAtATime(
    listed,
    ({ accountId }) => accountHead(requestId, accountId, trail),
    accountsAtOnce,
  );
  return listed.filter((_, index) => heads[index]?.kind !== 'ended');
}

async function answer(
  requestId: string,
  accounts: readonly ListedAccount[],
  { logger, store }: Planner,
): Promise<PlanAnswer> {
  // One execution of a run at a time: what an earlier one was given is a version of the same object.
  const key = `plans/${shortHash(requestId)}.json`;
  if (accounts.length > 0) await store.put(key, JSON.stringify(accounts), 'application/json');
  logger.info('accounts to visit', { accounts: accounts.length, key });
  return { bucket: store.bucket, key, accounts: accounts.length };
}
