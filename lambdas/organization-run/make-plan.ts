import { credentialKinds } from '../../contract/root-credentials.ts';
import type { Settings } from '../../contract/settings.ts';
import type { LeftOutAccount, PlannedAccount, PlannedEntry, TrailEntry } from '../../contract/trail-entry.ts';
import type { Recorder } from '../root-task/lane.ts';
import { entryFields } from '../root-task/steps/entry-fields.ts';
import type { MemberAccount } from './adapters/member-accounts.ts';
import { unknownExclusions, whyLeftOut } from './left-out.ts';
import { auditNamed, couldBeRead, newestAudit } from './recent-audit.ts';
import type { Run } from './run.ts';
import { whyNotDeletable } from './seen-by-audit.ts';

/** An item of DynamoDB has 400 KB: so many accounts, and so many that are left out, are in one part. */
const accountsInPart = 250;

export interface PlanMaker extends Recorder {
  readonly settings: Settings;
  /** The account in which rootdesk runs. */
  readonly ownAccountId: string;
}

/**
 * Records which accounts a run visits and which it leaves out, and answers all parts of the plan. A plan that was left
 * half-written is gone on with: what is in a part stays there, for an account may have been begun on its word.
 */
export async function makePlan(
  run: Run,
  listed: readonly MemberAccount[],
  maker: PlanMaker,
): Promise<PlannedEntry[]> {
  const { basedOn, leftOut, visited } = await sortOut(run, listed, maker);
  const parts: PlannedEntry[] = [...run.parts];
  let head: TrailEntry | null = run.chain.entries.at(-1) ?? null;
  for (let from = 0; parts.at(-1)?.last !== true; from += accountsInPart) {
    const end = from + accountsInPart;
    const entry = await maker.trail.append(run.request.requestId, head, {
      ...entryFields(run.request, maker),
      kind: 'planned',
      part: parts.length + 1,
      last: end >= Math.max(visited.length, leftOut.length),
      accounts: visited.slice(from, end),
      leftOut: leftOut.slice(from, end),
      basedOn,
    });
    parts.push(entry as PlannedEntry);
    head = entry;
  }
  maker.logger.info('the run is planned', { parts: parts.length, visited: visited.length });
  return parts;
}

/** The accounts that no part of the plan names yet: those to visit, and those to leave out. */
async function sortOut(run: Run, listed: readonly MemberAccount[], maker: PlanMaker) {
  const { request, parts } = run;
  const sieve = { target: request.target, settings: maker.settings, ownAccountId: maker.ownAccountId };
  const unknown = unknownExclusions(listed, sieve);
  if (unknown.ticket.length + unknown.settings.length > 0)
    maker.logger.warn('excluded accounts that are not among the accounts listed', unknown);
  const placed = new Set(
    parts.flatMap(({ accounts, leftOut }) => [...accounts, ...leftOut].map(({ id }) => id)),
  );
  const leftOut: LeftOutAccount[] = [];
  const candidates: PlannedAccount[] = [];
  for (const account of listed.filter(({ id }) => !placed.has(id))) {
    const { id, name } = account;
    const why = whyLeftOut(account, sieve);
    if (why === null) candidates.push({ id, name });
    else leftOut.push({ id, name, ...why });
  }
  const { basedOn, reasons } = await auditedOnly(run, candidates, maker);
  const visited = candidates.filter((account, index) => {
    const why = reasons[index] ?? null;
    if (why !== null) leftOut.push({ ...account, ...why });
    return why === null;
  });
  return { basedOn, leftOut, visited };
}

/** For a deletion: the audit that it acts upon, and why accounts are left out by what that audit saw. */
async function auditedOnly({ approved, parts, request }: Run, accounts: PlannedAccount[], maker: PlanMaker) {
  const { ticket } = request;
  if (ticket.task !== 'delete-root-credentials') return { basedOn: null, reasons: [] };
  const until = couldBeRead(approved.authorizedBy.decidedAt, new Date(approved.at));
  // A plan that was left half-written stays with the audit that it began with.
  const begunWith = parts[0]?.basedOn ?? null;
  const audit =
    begunWith === null
      ? await newestAudit(maker.trail, until)
      : await auditNamed(begunWith.requestId, maker.trail);
  if (audit === null)
    throw new Error(`there is no audit that ended before ${request.requestId} was approved`);
  const { at: endedAt, hash } = audit.ended;
  const basedOn = { requestId: audit.requestId, endedAt, hash };
  if (begunWith !== null && begunWith.hash !== hash)
    throw new Error(`the audit that ${request.requestId} was planned upon has changed`);
  const kinds = ticket.kinds ?? credentialKinds;
  const ids = accounts.map(({ id }) => id);
  return { basedOn, reasons: await whyNotDeletable(ids, audit, kinds, maker.trail) };
}
