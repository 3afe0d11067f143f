import { sha256 } from '../../contract/canonical-json.ts';
import type { RunOrder } from '../../contract/orders.ts';
import { shortHash } from '../../contract/request-id.ts';
import { describeTarget } from '../../contract/target.ts';
import type { EndedEntry } from '../../contract/trail-entry.ts';
import type { RunOutcome } from '../../contract/trail-states.ts';
import { chainOf } from '../root-task/steps/chain.ts';
import { ChainMovedError } from '../shared/trail.ts';
import { accountRows, type EarlierRun, type RowReader } from './account-rows.ts';
import type { RunStore } from './adapters/run-store.ts';
import { appendEnding } from './append-ending.ts';
import { countsOf, credentialCountsOf } from './outcome.ts';
import { newestAudit } from './recent-audit.ts';
import { reportFiles } from './report/files.ts';
import type { AccountRow, RunReport } from './report/run-report.ts';
import { plannedIn, type Run, readRun } from './run.ts';
import { endingOf } from './run-ending.ts';

export interface Collator extends RowReader {
  readonly store: Pick<RunStore, 'bucket' | 'put'>;
}

/**
 * Puts together what a run came to: a class for every account, a report in the bucket, and then the run's ending, which
 * speaks for all of its accounts. Answers the ending that is there where the run has ended before, first writer wins.
 */
export async function collateRun({ requestId }: RunOrder, collator: Collator): Promise<EndedEntry> {
  collator.logger.appendKeys({ rootTaskRequest: requestId });
  const run = await readRun(requestId, collator.trail, collator.region);
  if (run.chain.ended !== null) return run.chain.ended;
  if (!run.isPlanned)
    throw new Error(`the plan of ${requestId} is not whole: there is nothing to collate yet`);
  const previous = await previousOf(run, collator);
  const rows = await accountRows(run, await earlierRun(previous, collator), collator);
  const report = reportOf(run, rows, previous, collator.clock.now());
  const stored = await store(report, collator);
  const ending = endingOf({
    request: run.request,
    rows,
    counts: report.counts,
    previousAt: previous?.endedAt ?? null,
    reportUri: `s3://${stored.bucket}/${stored.prefix}`,
  });
  const after: RunOutcome = {
    counts: report.counts,
    credentials: run.request.task === 'delete-root-credentials' ? credentialCountsOf(rows) : null,
    previous: previous?.requestId ?? null,
    appeared: rows.reduce((sum, { appeared }) => sum + appeared.length, 0),
    report: stored,
  };
  try {
    return await appendEnding(run.request, run.chain, ending, after, collator);
  } catch (error) {
    const head = error instanceof ChainMovedError ? await collator.trail.head(requestId) : null;
    if (head?.kind !== 'ended') throw error;
    return head;
  }
}

/** The run that changes are told against: of a deletion the audit that it acts upon, otherwise the newest audit. */
async function previousOf(
  { approved, parts, request }: Run,
  { trail }: Collator,
): Promise<RunReport['previous']> {
  const [first] = parts;
  if (first?.basedOn) return { requestId: first.basedOn.requestId, endedAt: first.basedOn.endedAt };
  const audit = await newestAudit(trail, new Date(approved.at), request.target);
  return audit === null ? null : { requestId: audit.requestId, endedAt: audit.ended.at };
}

/** With every account that the earlier run knew of: an account that has come since is new with all that it has. */
async function earlierRun(previous: RunReport['previous'], { trail }: Collator): Promise<EarlierRun | null> {
  if (previous === null) return null;
  const { requestId } = previous;
  const parts = plannedIn(chainOf(requestId, await trail.read(requestId)));
  const all = parts.flatMap(({ accounts, leftOut }) => [...accounts, ...leftOut]);
  return { requestId, knows: new Set(all.map(({ id }) => id)) };
}

function reportOf(
  { approved, request }: Run,
  rows: readonly AccountRow[],
  previous: RunReport['previous'],
  now: Date,
): RunReport {
  const { requestId, target, task, ticket } = request;
  return {
    requestId,
    task,
    dryRun: ticket.dryRun,
    ticket: ticket.ticket,
    target: describeTarget(target),
    startedAt: approved.at,
    endedAt: now.toISOString(),
    counts: countsOf(rows),
    previous,
    rows,
  };
}

/** Stores the files of a report, and answers where, with the sha256 of each. */
async function store(report: RunReport, { store }: Collator): Promise<RunOutcome['report']> {
  const prefix = `reports/${report.endedAt.slice(0, 10)}/${shortHash(report.requestId)}/`;
  const files = reportFiles(report);
  for (const { body, contentType, name } of files) await store.put(`${prefix}${name}`, body, contentType);
  return {
    bucket: store.bucket,
    prefix,
    sha256: Object.fromEntries(files.map(({ body, name }) => [name, sha256(body)])),
  };
}
