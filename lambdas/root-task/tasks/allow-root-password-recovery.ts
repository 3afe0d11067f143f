import { milliseconds } from '../../../contract/duration.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import { recoveryEnvironment } from '../../../contract/environment.ts';
import type { RootCredentials } from '../../../contract/root-credentials.ts';
import { describeTarget } from '../../../contract/target.ts';
import type { EndedEntry } from '../../../contract/trail-entry.ts';
import { readEnvironment } from '../../env.ts';
import { ClosingSchedule, scheduleNameOf } from '../adapters/closing-schedule.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { RootUser } from '../adapters/root-user.ts';
import { deniedBy, openPassword } from '../credentials/open-password.ts';
import { readPassword } from '../credentials/read.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import type { Lane } from '../lane.ts';
import type { RootTask } from '../root-task.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import type { ClaimedRequest } from '../steps/claim.ts';
import { supersededByRequest } from '../steps/endings.ts';
import { forGood } from '../steps/for-good.ts';
import { openingOf } from '../steps/opening-of.ts';
import { declare, recordEnding } from '../steps/record.ts';

const name = 'allow-root-password-recovery';

/** What the session of this task may use: IAMCreateRootUserPassword leaves root two calls. */
type OpenableUser = Pick<RootUser, 'loginProfile' | 'createLoginProfile'>;

/**
 * Makes a login profile without a password for a root user, so that whoever holds its mailbox can set one by recovery,
 * for a limited time: the closing is scheduled before anything is opened. Source: IAM User Guide, "Perform a privileged
 * task on a member account", "Allow password recovery".
 */
export const allowRootPasswordRecovery = (
  region: string,
  schedule: Pick<ClosingSchedule, 'closeAt'>,
): RootTask => ({
  name,
  work: (claimed, session, lane) =>
    work(claimed, session, userOf(new RootUser(session, region)), schedule, lane),
});

/** Without the reads that the task policy denies. */
function userOf(user: RootUser): OpenableUser {
  return {
    loginProfile: () => user.loginProfile(),
    createLoginProfile: () => user.createLoginProfile(),
  };
}

async function work(
  claimed: ClaimedRequest,
  session: RootSession,
  user: OpenableUser,
  schedule: Pick<ClosingSchedule, 'closeAt'>,
  lane: Lane,
): Promise<EndedEntry> {
  const { chain, request, supersededBy } = claimed;
  const end = (ending: RunEnding, password: RootCredentials['password']) =>
    recordEnding(claimed, null, ending, { after: { password }, session: session.record }, lane);

  const password = await readPassword(user);
  const earlier = openingOf(chain);
  if (supersededBy !== null) return end(supersededByRequest(request, supersededBy), password);
  if (password.state === 'unknown') {
    const { reason: message } = password;
    return end(forGood(deniedBy('iam:GetLoginProfile', message, request), claimed, lane), password);
  }
  if (password.state === 'present' && earlier === null) return end(passwordPresent(request), password);
  const closesAt = earlier?.closesAt ?? closingTime(request, lane);
  if (request.ticket.dryRun) return end(rehearsed(request, closesAt), password);
  if (lane.clock.now().getTime() >= Date.parse(closesAt))
    return end(tooLate(request, closesAt, password), password);
  if (password.state === 'present') {
    // Whoever made it: the earlier attempt may have died before it had the closing scheduled.
    await schedule.closeAt(request.requestId, closesAt);
    return end(allowed(request, closesAt), password);
  }

  const intended = { closesAt, schedule: scheduleNameOf(request.requestId) };
  const declared = await declare(claimed, session, { before: { password }, intended }, lane);
  const read = await openPassword(declared, user, schedule, lane);
  if (read.state === 'denied') {
    const ending = forGood(read.no, claimed, lane);
    return recordEnding(claimed, declared.entry, ending, { after: null, session: session.record }, lane);
  }
  const ending =
    read.state === 'present'
      ? allowed(request, closesAt)
      : failure(
          'not-read-back',
          name,
          request.target,
          read.state === 'unknown' ? read.reason : 'it does not show',
        );
  return recordEnding(
    claimed,
    declared.entry,
    ending,
    { after: { password: read }, session: session.record },
    lane,
  );
}

/** In whole seconds, which is as fine as a schedule goes. */
function closingTime({ ticket }: TargetedRequest, { clock }: Lane): string {
  if (ticket.task !== name) throw new Error(`${name} was handed an approval of ${ticket.task}`);
  const at = clock.now().getTime() + milliseconds(ticket.removeAfter);
  return new Date(Math.ceil(at / 1000) * 1000).toISOString();
}

const where = ({ target }: TargetedRequest) => describeTarget(target);

function allowed(request: TargetedRequest, closesAt: string): RunEnding {
  return {
    ending: 'succeeded',
    code: 'password-recovery-allowed',
    summary: `OPEN until ${closesAt}: whoever holds the mailbox of the ${where(request)} can now set a password and sign in. Then the password is taken away again.`,
    remedy: `Recover the password with "Forgot password?" in the console, and have the second factor of the ticket ready. The password, and every root key, certificate and device made meanwhile, is removed on ${closesAt}; a console session that is signed in by then may outlive it.`,
  };
}

/** An attempt came again when the time it was given is over: what the earlier one opened is the closing's to tell. */
function tooLate(
  request: TargetedRequest,
  closesAt: string,
  { state }: RootCredentials['password'],
): RunEnding {
  const now = state === 'present' ? 'There is a password, so recovery was opened' : 'There is no password';
  return {
    ending: 'failed',
    code: 'out-of-time',
    summary: `Password recovery for the ${where(request)} was to be closed on ${closesAt}, and this attempt came after that: it opened nothing. ${now}.`,
    remedy:
      'The closing takes the password away, and tells you when it has. If root must still sign in, approve the ticket anew.',
  };
}

function passwordPresent(request: TargetedRequest): RunEnding {
  return {
    ending: 'nothing-to-do',
    code: 'password-present',
    summary: `The ${where(request)} has a password already: nothing was opened by this approval, and nothing will be closed by it.`,
    remedy:
      'Sign in with that password, or recover it; where an earlier opening allows it, that one still ends on its own time. If it should not be there, approve delete-root-credentials.',
  };
}

function rehearsed(request: TargetedRequest, closesAt: string): RunEnding {
  return {
    ending: 'rehearsed',
    code: 'would-allow-password-recovery',
    summary: `Rehearsal: whoever holds the mailbox of the ${where(request)} could set a password, until ${closesAt}. Nothing was changed.`,
    remedy: 'Send the same approval with "dryRun": false to carry it out.',
  };
}

export const handler = rootTaskHandler((region) =>
  allowRootPasswordRecovery(region, new ClosingSchedule(region, readEnvironment(recoveryEnvironment))),
);
