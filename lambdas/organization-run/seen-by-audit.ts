import { type CredentialKind, credentialsIn, unknownIn } from '../../contract/root-credentials.ts';
import { shown } from '../../contract/shown.ts';
import type { LeftOutAccount } from '../../contract/trail-entry.ts';
import { allSomeAtATime } from '../shared/some-at-a-time.ts';
import type { AuditTrail } from '../shared/trail.ts';
import { accountHead, accountsAtOnce, credentialsRead } from './account-head.ts';
import type { EndedAudit } from './recent-audit.ts';
import { plannedIn } from './run.ts';

type Why = Pick<LeftOutAccount, 'reason' | 'detail'>;

/**
 * Why a deletion leaves out an account, by what the audit before it saw there of some kinds of credentials; null for
 * one in which it saw something to delete. What it could not read is not deleted unseen. In the order of the ids.
 */
export async function whyNotDeletable(
  ids: readonly string[],
  audit: EndedAudit,
  kinds: readonly CredentialKind[],
  trail: Pick<AuditTrail, 'head'>,
): Promise<(Why | null)[]> {
  const audited = new Set(plannedIn(audit.chain).flatMap(({ accounts }) => accounts.map(({ id }) => id)));
  return allSomeAtATime(
    ids,
    async (id) => {
      if (!audited.has(id))
        return { reason: 'not-audited', detail: `The audit ${audit.requestId} did not visit it.` };
      return whyNot(await accountHead(audit.requestId, id, trail), kinds);
    },
    accountsAtOnce,
  );
}

function whyNot(head: Awaited<ReturnType<typeof accountHead>>, kinds: readonly CredentialKind[]): Why | null {
  const credentials = credentialsRead(head);
  if (credentials === null) {
    const said = head?.kind === 'ended' ? head.summary : 'it left no ending of this account.';
    return { reason: 'audit-could-not-read', detail: `The audit could not read it: ${brief(said)}` };
  }
  if (credentialsIn(credentials).some(({ kind }) => kinds.includes(kind))) return null;
  const [unknown] = unknownIn(credentials).filter(({ kind }) => kinds.includes(kind));
  return unknown === undefined
    ? { reason: 'audit-saw-none', detail: 'The audit saw nothing there that is to be deleted.' }
    : {
        reason: 'audit-could-not-read',
        detail: `The audit could not read all of it: ${brief(unknown.reason)}`,
      };
}

/** What AWS said may be long; hundreds of such accounts have to fit into one item of DynamoDB. The audit has it whole. */
function brief(said: string): string {
  return shown(said, 400);
}
