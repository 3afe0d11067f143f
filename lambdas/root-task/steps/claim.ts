import { rootTasks } from '../../../contract/root-tasks.ts';
import { targetPath } from '../../../contract/target.ts';
import { together } from '../../together.ts';
import type { Turn } from '../adapters/target-locks.ts';
import { turnMilliseconds } from '../adapters/target-locks.ts';
import type { Lane, Recorder } from '../lane.ts';
import type { AuthorizedRequest, TargetedRequest } from './authorize.ts';
import { type Chain, chainOf, lastChangeOf } from './chain.ts';
import { entryFields } from './entry-fields.ts';

/** Another request holds the target, or took it first: whoever retries looks again. */
export class TargetBusyError extends Error {
  override readonly name = 'TargetBusyError';
}

/** A change to the target by another request, later than this request's approval. */
export interface LaterChange {
  readonly requestId: string;
  readonly at: string;
}

declare const claimed: unique symbol;

/** A request whose approval is durably recorded, and whose turn it is on its target. Only `claim` mints it. */
export interface ClaimedRequest {
  readonly [claimed]: true;
  readonly request: TargetedRequest;
  readonly chain: Chain & { readonly approved: NonNullable<Chain['approved']> };
  readonly supersededBy: LaterChange | null;
}

/** What the trail and the target's turn say of a request, before anything is made of it. */
export interface Reading {
  readonly request: TargetedRequest;
  readonly chain: Chain;
  readonly turn: Turn | null;
}

/** Where a request stands: what else happened to its target. */
export interface Standing extends Reading {
  readonly change: LaterChange | null;
  /** The change, where it came after this request's approval: that was given for a state that is gone. */
  readonly supersededBy: LaterChange | null;
}

/** Whether a request takes its turn on its target: a rehearsal, and a task that only reads, change nothing. */
function takesTurn({ task, ticket }: TargetedRequest): boolean {
  return rootTasks[task].changes && !ticket.dryRun;
}

/** Reads the request's chain and the turn on its target. */
export async function readRequest(request: TargetedRequest, lane: Lane): Promise<Reading> {
  const [entries, turn] = await together(
    lane.trail.read(request.requestId),
    takesTurn(request) ? lane.targetLocks.read(targetPath(request.target)) : Promise.resolve(null),
  );
  return { request, chain: chainOf(request.requestId, entries), turn };
}

/** Finds out where the request stands. Throws a TargetBusyError while another request is at work on its target. */
export async function standingOf(reading: Reading, lane: Lane): Promise<Standing> {
  const { chain, request, turn } = reading;
  const change = turn === null ? null : await lastChange(turn, request, lane);
  // What closes an opening was approved with it, and is not out of date whatever came between.
  const isLate = change !== null && request.closes === null && change.at > givenAt(request, chain);
  const supersededBy = isLate ? change : null;
  return { ...reading, change, supersededBy };
}

/**
 * When the approval was given, at the latest: approvers' clocks may run ahead, but an approval is no younger than the
 * event that carried it, nor than its own entry in the trail.
 */
function givenAt({ authorization, envelope }: AuthorizedRequest, { approved }: Chain): string {
  const times = [
    authorization.decidedAt,
    new Date(envelope.time).toISOString(),
    approved?.at ?? authorization.decidedAt,
  ];
  return times.sort()[0] ?? authorization.decidedAt;
}

/** The last change by another request: the holder's own, where its chain shows one, or the one it found before it. */
async function lastChange(turn: Turn, request: AuthorizedRequest, lane: Lane): Promise<LaterChange | null> {
  const before =
    turn.changedBy === undefined || turn.changedAt === undefined
      ? null
      : { requestId: turn.changedBy, at: turn.changedAt };
  if (turn.holder === request.requestId) return before;
  const holder = chainOf(turn.holder, await lane.trail.read(turn.holder));
  const at = lastChangeOf(holder);
  const live = holder.ended === null && turn.heldUntil > lane.clock.now().getTime();
  if (live) throw new TargetBusyError(`${turn.holder} is at work on the target until ${turn.heldUntil}`);
  return at === null ? before : { requestId: turn.holder, at };
}

/** Time enough for somebody to send a failed approval again after a weekend, and no more. */
const begunMilliseconds = 3 * 86_400_000;

/**
 * Whether a request was approved and begun long ago and never came to its target. A recorded approval is resumed
 * whatever the clock says, but not for ever: there is no recorded state to compare the target with.
 */
export function isOutOfTime({ chain }: Standing, lane: Lane): boolean {
  if (chain.approved === null || chain.lastActing !== null) return false;
  return lane.clock.now().getTime() - Date.parse(chain.approved.at) > begunMilliseconds;
}

/**
 * Claims the request: its approval is put into the trail, first writer wins and for ever, and the turn on its target
 * is taken. A request that was approved before something else changed the target is claimed as superseded: it takes
 * no turn. Throws where another run was faster.
 */
export async function claim(standing: Standing, lane: Lane): Promise<ClaimedRequest> {
  const { request, chain, supersededBy } = standing;
  const [approved] = await together(
    chain.approved === null ? recordApproval(request, lane) : Promise.resolve(chain),
    supersededBy === null && takesTurn(request) ? takeTurn(standing, lane) : Promise.resolve(),
  );
  return { request, chain: approved, supersededBy } as ClaimedRequest;
}

/** The claim that an earlier run made, so that the request can be ended without going on; null where none did. */
export function earlierClaim({ request, chain }: Reading): ClaimedRequest | null {
  return chain.approved === null ? null : ({ request, chain, supersededBy: null } as ClaimedRequest);
}

/** Puts the approval into the trail as the first entry of its request. Throws where another run was faster. */
export async function recordApproval(
  request: AuthorizedRequest,
  lane: Recorder & Pick<Lane, 'settingsDigest' | 'version'>,
): Promise<Chain> {
  const { envelope, approvalSha256, authorization } = request;
  const entry = await lane.trail.append(request.requestId, null, {
    ...entryFields(request, lane),
    kind: 'approved',
    approval: envelope.detail as Record<string, unknown>,
    approvalSha256,
    envelope: {
      source: envelope.source,
      account: envelope.account,
      eventId: envelope.id,
      time: envelope.time,
    },
    authorizedBy: { ...authorization, settingsDigest: lane.settingsDigest, version: lane.version },
  });
  lane.logger.info('approval recorded', { sequence: entry.sequence, decidedAt: authorization.decidedAt });
  return chainOf(request.requestId, [entry]);
}

async function takeTurn({ request, turn, change }: Standing, lane: Lane): Promise<void> {
  const taken = await lane.targetLocks.take(targetPath(request.target), turn, {
    holder: request.requestId,
    run: lane.invocation.requestId,
    heldUntil: lane.clock.now().getTime() + turnMilliseconds,
    changedBy: change?.requestId,
    changedAt: change?.at,
  });
  if (!taken)
    throw new TargetBusyError(`another request took the target ${targetPath(request.target)} first`);
}
