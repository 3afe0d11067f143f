import type { RunEnding } from '../../../contract/ending.ts';
import {
  type Credential,
  credentialsIn,
  type RootCredentials,
  unknownIn,
} from '../../../contract/root-credentials.ts';
import { describeTarget } from '../../../contract/target.ts';
import type { CredentialResult, Kept, RemovalPlan } from '../../../contract/trail-states.ts';
import { RootUser } from '../adapters/root-user.ts';
import { removalPlanOf } from '../credentials/state.ts';
import { namesText, unknownText } from '../credentials/words.ts';
import { workOnRemoval } from '../credentials/work-on-removal.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import type { RootTask } from '../root-task.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import { chainOf } from '../steps/chain.ts';
import { openingOf } from '../steps/opening-of.ts';

const name = 'close-root-password-recovery';

/** A session that is signed in stays so. Source: IAM User Guide; facts of console sessions are not documented there. */
const outlives =
  'A console session of root that is signed in may outlive this by hours: look for root in CloudTrail of the account.';

/**
 * Takes back what an opening allowed: the password, and every credential that was made since. What was there before the
 * opening stays. IAM's own dates tell the two apart.
 */
export const closeRootPasswordRecovery = (region: string): RootTask => ({
  name,
  work: async (claimed, session, lane) => {
    const { request } = claimed;
    const { closes } = request;
    const opened = closes === null ? null : openingOf(chainOf(closes, await lane.trail.read(closes)));
    if (opened === null) throw new Error(`${request.requestId} closes no opening`);
    const nothing = (found: RootCredentials, plan: RemovalPlan) => closed(request, [], plan.keep, found);
    return workOnRemoval(
      claimed,
      session,
      new RootUser(session, region),
      {
        plan: (found) => planClosing(found, opened.openedAt),
        nothing,
        rehearsed: nothing,
        ended: (results, live) => closed(request, results, keptOf(results), live),
      },
      lane,
    );
  },
});

/** IAM tells times in whole seconds. */
function planClosing(found: RootCredentials, openedAt: string): RemovalPlan {
  const from = Math.floor(Date.parse(openedAt) / 1000) * 1000;
  const remove: Credential[] = [];
  const keep: Kept[] = [];
  for (const credential of credentialsIn(found)) {
    const madeAt = madeAtOf(credential, found);
    // There was none when it was opened: that was read, and is in the trail.
    if (credential.kind === 'password' || (madeAt !== null && Date.parse(madeAt) >= from))
      remove.push(credential);
    else keep.push({ ...credential, why: 'not-asked-for', detail: whyKept(madeAt) });
  }
  return removalPlanOf(remove, keep);
}

function madeAtOf({ id, kind }: Credential, found: RootCredentials): string | null {
  if (kind === 'password') return id;
  const read = found[kind];
  return read.state === 'present' ? (read.items.find((one) => one.id === id)?.createdAt ?? null) : null;
}

function whyKept(madeAt: string | null): string {
  return madeAt === null
    ? 'AWS does not say when it was made: look whether it was there before the opening'
    : `it was there before the opening, since ${madeAt}`;
}

function keptOf(results: readonly CredentialResult[]) {
  return results.filter(({ result }) => result === 'kept');
}

function closed(
  request: TargetedRequest,
  results: readonly CredentialResult[],
  kept: readonly (Credential & { readonly detail: string })[],
  live: RootCredentials,
): RunEnding {
  const left = results.filter(({ result }) => result !== 'gone' && result !== 'kept');
  const unread = unknownIn(live);
  if (left.length > 0 || unread.length > 0) {
    const why = left.map((one) => `${namesText([one])}: ${one.detail}`);
    if (unread.length > 0) why.push(`could not be read: ${unknownText(unread)}`);
    return failure('password-recovery-open', name, request.target, why.join('; '));
  }
  const gone = results.filter(({ result }) => result === 'gone');
  const stays =
    kept.length === 0 ? '' : ` Kept: ${kept.map((one) => `${namesText([one])} (${one.detail})`).join('; ')}.`;
  const where = describeTarget(request.target);
  return gone.length === 0
    ? {
        ending: 'nothing-to-do',
        code: 'password-recovery-was-closed',
        summary: `CLOSED: the ${where} has no password any more; somebody, or a deletion, took it away before the time came.${stays}`,
        remedy: outlives,
      }
    : {
        ending: 'succeeded',
        code: 'password-recovery-closed',
        summary: `CLOSED: removed of the ${where} and read back as gone: ${namesText(gone)}.${stays}`,
        remedy: outlives,
      };
}

export const handler = rootTaskHandler(closeRootPasswordRecovery);
