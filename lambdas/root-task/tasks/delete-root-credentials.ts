import type { RunEnding } from '../../../contract/ending.ts';
import { accountRequestId } from '../../../contract/request-id.ts';
import {
  type Credential,
  credentialsIn,
  type RootCredentials,
  unknownIn,
} from '../../../contract/root-credentials.ts';
import { describeTarget } from '../../../contract/target.ts';
import { type CredentialResult, hasCredentials, type RemovalPlan } from '../../../contract/trail-states.ts';
import { lookAt } from '../../shared/intact.ts';
import { RootUser } from '../adapters/root-user.ts';
import { planRemoval } from '../credentials/plan-removal.ts';
import { countText, namesText, unknownText } from '../credentials/words.ts';
import { workOnRemoval } from '../credentials/work-on-removal.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import type { Lane } from '../lane.ts';
import type { RootTask } from '../root-task.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import { chainOf } from '../steps/chain.ts';

const name = 'delete-root-credentials';

/**
 * Deletes the credentials of a root user, so that nobody can sign in as it or sign requests with it. Source: IAM User
 * Guide, "Perform a privileged task on a member account"; AWS gives no order, ours never leaves the account weaker.
 */
export const deleteRootCredentials = (region: string): RootTask => ({
  name,
  work: async (claimed, session, lane) => {
    const { request } = claimed;
    const { ticket } = request;
    if (ticket.task !== name) throw new Error(`${name} was handed an approval of ${ticket.task}`);
    const { keepIfUsedWithinDays, kinds } = ticket;
    const scope = { kinds, keepIfUsedWithinDays, atMost: await seenByAudit(request, lane) };
    return workOnRemoval(
      claimed,
      session,
      new RootUser(session, region),
      {
        plan: (found) => planRemoval(found, scope, lane.clock.now()),
        nothing: (found, plan) => nothingToDelete(request, found, plan),
        rehearsed: (found, plan) => rehearsed(request, found, plan),
        ended: (results, live) => deleted(request, results, live),
      },
      lane,
    );
  },
});

/** Of a run across the organization: what its audit saw in this account, and nothing else may go. Null: one account. */
async function seenByAudit(
  { parentRequestId, target }: TargetedRequest,
  { trail }: Pick<Lane, 'trail'>,
): Promise<Credential[] | null> {
  if (parentRequestId === null || !('accountId' in target) || target.accountId === undefined) return null;
  const plan = await lookAt(trail, parentRequestId, 2);
  const audit = plan.kind === 'intact' && plan.entry.kind === 'planned' ? plan.entry.basedOn : null;
  if (audit === null) throw new Error(`the plan of ${parentRequestId} rests on no audit`);
  const seen = accountRequestId(audit.requestId, target.accountId);
  const { ended } = chainOf(seen, await trail.read(seen));
  return ended !== null && ended.after !== null && hasCredentials(ended.after)
    ? credentialsIn(ended.after.credentials)
    : [];
}

const where = ({ target }: TargetedRequest) => describeTarget(target);
const of = (results: readonly CredentialResult[], ...wanted: CredentialResult['result'][]) =>
  results.filter(({ result }) => wanted.includes(result));

function keptText(keep: readonly { readonly detail: string }[]): string {
  return [...new Set(keep.map(({ detail }) => detail))].join('; ');
}

function nothingToDelete(request: TargetedRequest, found: RootCredentials, plan: RemovalPlan): RunEnding {
  const unknown = unknownIn(found);
  if (unknown.length > 0) {
    const code = credentialsIn(found).length === 0 ? 'root-credentials-unreadable' : 'root-credentials-left';
    return failure(code, name, request.target, unknownText(unknown));
  }
  return plan.keep.length === 0
    ? {
        ending: 'nothing-to-do',
        code: 'no-root-credentials',
        summary: `The ${where(request)} has no credentials: nothing was changed.`,
        remedy: null,
      }
    : {
        ending: 'nothing-to-do',
        code: 'all-kept',
        summary: `Nothing of the ${where(request)} was deleted. Kept: ${namesText(plan.keep)} (${keptText(plan.keep)}).`,
        remedy: 'If it should go all the same, approve the ticket anew without what keeps it.',
      };
}

function rehearsed(request: TargetedRequest, found: RootCredentials, plan: RemovalPlan): RunEnding {
  const unknown = unknownIn(found);
  const kept =
    plan.keep.length === 0 ? '' : ` Would be kept: ${namesText(plan.keep)} (${keptText(plan.keep)}).`;
  const unread = unknown.length === 0 ? '' : ` Could not be read: ${unknownText(unknown)}.`;
  return plan.remove.length === 0
    ? {
        ending: 'rehearsed',
        code: 'would-do-nothing',
        summary: `Rehearsal: nothing of the ${where(request)} would be deleted.${kept}${unread}`,
        remedy: null,
      }
    : {
        ending: 'rehearsed',
        code: 'would-delete-root-credentials',
        summary: `Rehearsal: of the ${where(request)} would be deleted: ${namesText(plan.remove)}.${kept}${unread} Nothing was changed.`,
        remedy: 'Send the same approval with "dryRun": false to carry it out.',
      };
}

function deleted(
  request: TargetedRequest,
  results: readonly CredentialResult[],
  live: RootCredentials,
): RunEnding {
  const gone = of(results, 'gone');
  const kept = of(results, 'kept');
  const newer = of(results, 'appeared');
  const left = of(results, 'still-there', 'unknown');
  const neverRead = unknownIn(live).filter(({ kind }) => !left.some((one) => one.kind === kind));
  if (left.length > 0 || neverRead.length > 0) {
    const why = left.map((one) => `${namesText([one])}: ${one.detail}`);
    if (neverRead.length > 0) why.push(`could not be read: ${unknownText(neverRead)}`);
    return failure('root-credentials-left', name, request.target, `${gone.length} gone. ${why.join('; ')}`);
  }
  const stays = kept.length === 0 ? '' : ` Kept: ${namesText(kept)} (${keptText(kept)}).`;
  const summary = `Deleted of the ${where(request)} and read back as gone: ${countText(gone)}.${stays}`;
  return newer.length === 0
    ? {
        ending: 'succeeded',
        code: 'root-credentials-deleted',
        summary,
        remedy:
          kept.length === 0
            ? 'Nobody can sign in as root of the account now. Where root is needed again, approve allow-root-password-recovery.'
            : null,
      }
    : {
        ending: 'succeeded',
        code: 'root-credentials-deleted-newer-left',
        summary: `${summary} Made meanwhile and left alone: ${namesText(newer)}.`,
        remedy: `Find out who made ${namesText(newer)} just now; approve the ticket anew if it is to go too.`,
      };
}

export const handler = rootTaskHandler(deleteRootCredentials);
