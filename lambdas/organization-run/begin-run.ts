import { scheduledAuditOrder } from '../../contract/orders.ts';
import { isOrganization } from '../../contract/target.ts';
import type { EndedEntry } from '../../contract/trail-entry.ts';
import { giveUpOn } from '../give-up/end-chain.ts';
import { refuse } from '../refuse/refuse.ts';
import type { KillSwitch } from '../root-task/adapters/kill-switch.ts';
import { type Receipt, receiptOf } from '../root-task/receipt.ts';
import { authorize } from '../root-task/steps/authorize.ts';
import { type Chain, chainOf } from '../root-task/steps/chain.ts';
import { recordApproval } from '../root-task/steps/claim.ts';
import { recall } from '../root-task/steps/recall.ts';
import { receive } from '../root-task/steps/receive.ts';
import { refuseStopped, stopped } from '../root-task/steps/stopped.ts';
import {
  type LockedRecorder,
  ofThisApproval,
  RefusedUnderLockError,
  underLockOf,
} from '../root-task/steps/under-lock.ts';
import { recordRefusal, refusedBefore } from '../shared/refuse.ts';
import { together } from '../together.ts';
import type { RunMachines } from './adapters/run-machines.ts';
import { appendEnding } from './append-ending.ts';
import { refuseWithoutAudit } from './needs-audit.ts';
import { isOfOrganization, type OrganizationRequest, plannedIn } from './run.ts';
import { type Authority, scheduledAudit } from './scheduled-audit.ts';
import { startedOut, startRun } from './start-run.ts';

/** What beginning a run works with. */
export interface RunBeginner extends LockedRecorder, Authority {
  readonly killSwitch: Pick<KillSwitch, 'read'>;
  readonly machines: Pick<RunMachines, 'start'>;
}

/** A run is going on: its ending comes later, from its state machine. */
export interface Begun {
  readonly requestId: string;
  readonly execution: string;
}

/**
 * Leaves the lock as an error: an answer would complete its record, and the same approval sent again could not start
 * again a run that has died.
 */
export class RunGoesOnError extends Error {
  override readonly name = 'RunGoesOnError';
  readonly begun: Begun;

  constructor(begun: Begun) {
    super(`${begun.requestId} goes on as ${begun.execution}`);
    this.begun = begun;
  }
}

/**
 * Begins a run across the organization: from an approval on the bus, or from the settings' schedule. The corridor of a
 * lane as far as the claim; what a lane does then, the run's state machine has done account by account. Null: an event
 * of a lane, which that lane has taken.
 */
export async function beginRun(event: unknown, parts: RunBeginner): Promise<Receipt | Begun | null> {
  const order = scheduledAuditOrder.safeParse(event);
  if (order.success) return beginDecided(await scheduledAudit(order.data, parts), parts);
  const received = receive(event);
  if (received.kind === 'refusal') return receiptOf(await recordRefusal(received, parts));
  if (!isOrganization(received.ticket.target)) return refuse(event, parts.settings, parts);
  return beginDecided(await recall(authorize(received, parts.settings, parts.clock.now()), parts), parts);
}

async function beginDecided(
  request: Awaited<ReturnType<typeof recall>>,
  parts: RunBeginner,
): Promise<Receipt | Begun> {
  if (request.kind === 'refusal') return receiptOf(await recordRefusal(request, parts));
  if (!isOfOrganization(request)) throw new Error(`${request.requestId} is no run across the organization`);
  parts.logger.appendKeys({ rootTaskRequest: request.requestId, ticket: request.ticket.ticket.id });
  try {
    return await underLockOf(request, parts, () => underLock(request, parts));
  } catch (error) {
    if (error instanceof RunGoesOnError) return error.begun;
    throw error;
  }
}

/** Answers the ending where there is one; a run that goes on leaves as a RunGoesOnError. */
async function underLock(request: OrganizationRequest, parts: RunBeginner): Promise<EndedEntry> {
  const { clock, killSwitch, logger, machines, trail } = parts;
  const [[power, refused], entries] = await together(
    together(killSwitch.read(), refusedBefore(request.envelope.id, parts)),
    trail.read(request.requestId),
  );
  const chain = ofThisApproval(chainOf(request.requestId, entries), request);
  if (chain.ended !== null) {
    logger.info('this run has ended before', { ending: chain.ended.ending, code: chain.ended.code });
    return chain.ended;
  }
  if (chain.approved === null && refused !== null) throw new RefusedUnderLockError(refused);
  if (power.kind === 'stopped' && chain.approved === null)
    throw new RefusedUnderLockError(await recordRefusal(refuseStopped(request, power.why), parts));
  // Where accounts may have been visited, they are told of: every lane sees the switch itself, and changes nothing.
  if (power.kind === 'stopped' && plannedIn(chain).length === 0)
    return appendEnding(request, chain, stopped(request, power.why), null, parts);
  const approved = chain.approved === null ? await approve(request, parts) : chain;
  const execution = await startRun(request.requestId, request.task, machines);
  if (execution === null) return giveUpOn(request, approved, startedOut, parts);
  logger.info('the run goes on', { execution, at: clock.now().toISOString() });
  throw new RunGoesOnError({ requestId: request.requestId, execution });
}

/** Records the approval, first writer wins; of a deletion only where there is an audit to act upon. */
async function approve(request: OrganizationRequest, parts: RunBeginner): Promise<Chain> {
  const lacking = await refuseWithoutAudit(request, parts);
  if (lacking !== null) throw new RefusedUnderLockError(await recordRefusal(lacking, parts));
  return recordApproval(request, parts);
}
