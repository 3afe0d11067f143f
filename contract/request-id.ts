import { sha256 } from './canonical-json.ts';
import type { RootTaskName } from './root-tasks.ts';
import { type Target, targetPath } from './target.ts';

declare const minted: unique symbol;

/**
 * `<system>/<ticket id>/<task>/<target>/<time of the deciding approval>`, and `/rehearsal` behind it for a dry run.
 * One approval makes one request id, however its ticket spells itself: it is the key of the lock and of the trail.
 */
export type RequestId = string & { readonly [minted]: 'RequestId' };

export interface RequestIdentity {
  readonly ticket: { readonly system: string; readonly id: string };
  readonly task: RootTaskName;
  readonly target: Target;
  readonly dryRun: boolean;
}

/** Mints the request id. `decidedAt` is the time of the deciding approval, in any offset. */
export function requestIdOf(identity: RequestIdentity, decidedAt: string): RequestId {
  const { ticket, task, target, dryRun } = identity;
  const fold = (text: string) => encodeURIComponent(text.toLowerCase());
  const parts = [
    fold(ticket.system),
    fold(ticket.id),
    task,
    targetPath(target),
    new Date(decidedAt).toISOString(),
  ];
  return (dryRun ? [...parts, 'rehearsal'] : parts).join('/') as RequestId;
}

/** The request that one account of a run across the organization is. */
export function accountRequestId(run: string, accountId: string): RequestId {
  return `${run}/accounts/${accountId}` as RequestId;
}

/** The request that closes an opening; another number for every closing that is begun anew. */
export function closingRequestId(opening: string, number: number): RequestId {
  return `${opening}/closing/${number}` as RequestId;
}

/** A time and nothing else stands before it: no ticket and no target can spell it. */
const ofRun = /^(.*\/\d{4}-\d{2}-\d{2}T[\d:.]+Z(?:\/rehearsal)?)\/accounts\/\d{12}$/;

/** The run that a request is one account of; null for every other request. */
export function runOf(requestId: string): string | null {
  return ofRun.exec(requestId)?.[1] ?? null;
}

/** 16 hex digits that stand for a request where its id does not fit: session names, source identities. */
export function shortHash(requestId: string): string {
  return sha256(requestId).slice(0, 16);
}
