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

/** 16 hex digits that stand for a request where its id does not fit: session names, source identities. */
export function shortHash(requestId: string): string {
  return sha256(requestId).slice(0, 16);
}
