import type { RunEnding } from '../../../contract/ending.ts';
import { type Credential, type RootCredentials, unknownIn } from '../../../contract/root-credentials.ts';
import { describeTarget } from '../../../contract/target.ts';
import type { CredentialResult, RemovalPlan } from '../../../contract/trail-states.ts';
import { RootUser } from '../adapters/root-user.ts';
import { planClosing } from '../credentials/plan-closing.ts';
import { namesText, unknownText } from '../credentials/words.ts';
import { workOnRemoval } from '../credentials/work-on-removal.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import type { RootTask } from '../root-task.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import { chainOf } from '../steps/chain.ts';
import { laterOpening } from '../steps/later-opening.ts';
import { openingOf } from '../steps/opening-of.ts';

const name = 'close-root-password-recovery';

/** A session that is signed in stays so. Source: IAM User Guide; facts of console sessions are not documented there. */
const outlives =
  'A console session of root that is signed in may outlive this by hours: look for root in CloudTrail of the account.';

/**
 * Takes back what an opening allowed: the password, and every credential that was made since. What was there before the
 * opening stays, and what a later opening allows.
 */
export const closeRootPasswordRecovery = (region: string): RootTask => ({
  name,
  work: async (claimed, session, lane) => {
    const { request } = claimed;
    const { closes } = request;
    const opened = closes === null ? null : openingOf(chainOf(closes, await lane.trail.read(closes)));
    if (opened === null) throw new Error(`${request.requestId} closes no opening`);
    const later = await laterOpening(request, opened.openedAt, lane);
    const nothing = (found: RootCredentials, plan: RemovalPlan) => endingOf(request, [], plan.keep, found);
    return workOnRemoval(
      claimed,
      session,
      new RootUser(session, region),
      {
        plan: (found) => planClosing(found, opened, later),
        nothing,
        rehearsed: nothing,
        ended: (results, live) => endingOf(request, results, keptOf(results), live),
      },
      lane,
    );
  },
});

function keptOf(results: readonly CredentialResult[]) {
  return results.filter(({ result }) => result === 'kept');
}

function endingOf(
  request: TargetedRequest,
  results: readonly CredentialResult[],
  kept: readonly (Credential & { readonly detail: string })[],
  live: RootCredentials,
): RunEnding {
  const left = results.filter(({ result }) => result !== 'gone' && result !== 'kept');
  const unread = unknownIn(live);
  if (left.length > 0 || unread.length > 0) {
    const gone = results.filter(({ result }) => result === 'gone');
    const why = gone.length === 0 ? [] : [`gone: ${namesText(gone)}`];
    why.push(...left.map((one) => `${namesText([one])}: ${one.detail}`));
    if (unread.length > 0) why.push(`could not be read: ${unknownText(unread)}`);
    return failure('password-recovery-open', name, request.target, why.join('; '));
  }
  const gone = results.filter(({ result }) => result === 'gone');
  const stays =
    kept.length === 0 ? '' : ` Kept: ${kept.map((one) => `${namesText([one])} (${one.detail})`).join('; ')}.`;
  const where = describeTarget(request.target);
  // A password that is kept belongs to another opening: then nobody must read here that the account is closed.
  const closed = kept.some(({ kind }) => kind === 'password')
    ? 'This opening is closed, and a later one is OPEN:'
    : 'CLOSED:';
  return gone.length === 0
    ? {
        ending: 'nothing-to-do',
        code: 'password-recovery-was-closed',
        summary: `${closed} of what it allowed for the ${where} nothing is there. Somebody took it away before the time came, or it was never opened in the end.${stays}`,
        remedy: outlives,
      }
    : {
        ending: 'succeeded',
        code: 'password-recovery-closed',
        summary: `${closed} removed of the ${where} and read back as gone: ${namesText(gone)}.${stays}`,
        remedy: outlives,
      };
}

export const handler = rootTaskHandler(closeRootPasswordRecovery);
