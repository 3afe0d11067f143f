import { accountRequestId } from '../../contract/request-id.ts';
import type { RootCredentials } from '../../contract/root-credentials.ts';
import type { TrailEntry } from '../../contract/trail-entry.ts';
import { hasCredentials } from '../../contract/trail-states.ts';
import { TamperedTrailError } from '../root-task/steps/chain.ts';
import { coversItself } from '../shared/intact.ts';
import type { AuditTrail } from '../shared/trail.ts';

/** How many accounts are asked for at once: what is held of them in between stays small. */
export const accountsAtOnce = 25;

/** The last entry of an account in a run; null where nothing is recorded of it. Throws where its hash does not cover it. */
export async function accountHead(
  run: string,
  accountId: string,
  trail: Pick<AuditTrail, 'head'>,
): Promise<TrailEntry | null> {
  const requestId = accountRequestId(run, accountId);
  const head = await trail.head(requestId);
  if (head !== null && !coversItself(head))
    throw new TamperedTrailError(`the last entry of ${requestId} has a hash that does not cover it`);
  return head;
}

/** What an account's request read last of its root user's credentials; null where it read nothing. */
export function credentialsRead(head: TrailEntry | null): RootCredentials | null {
  if (head?.kind !== 'ended' || head.after === null || !hasCredentials(head.after)) return null;
  return head.after.credentials;
}
