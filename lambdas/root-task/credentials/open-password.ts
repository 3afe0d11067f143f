import type { RootCredentials } from '../../../contract/root-credentials.ts';
import type { Opening, PasswordState } from '../../../contract/trail-states.ts';
import { isAccessDenied, messageOfError, saysServiceControlPolicy } from '../../aws-errors.ts';
import type { ClosingSchedule } from '../adapters/closing-schedule.ts';
import type { RootUser } from '../adapters/root-user.ts';
import { failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import type { Declared } from '../steps/record.ts';
import { readPassword } from './read.ts';
import { patience } from './showing.ts';

/**
 * Opens: only an attempt that is declared may, and only once its closing is scheduled. Answers what is read back: IAM
 * may show the new profile late.
 */
export async function openPassword(
  { claimed, inspected }: Declared<{ readonly before: PasswordState; readonly intended: Opening }>,
  user: Pick<RootUser, 'loginProfile' | 'createLoginProfile'>,
  schedule: Pick<ClosingSchedule, 'closeAt'>,
  { clock, logger }: Pick<Lane, 'clock' | 'logger'>,
): Promise<
  RootCredentials['password'] | { readonly state: 'denied'; readonly no: Failed | DeniedInSession }
> {
  const { request } = claimed;
  const { requestId } = request;
  await schedule.closeAt(requestId, inspected.intended.closesAt);
  logger.info('the closing is scheduled', { ...inspected.intended });
  try {
    await user.createLoginProfile();
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    return { state: 'denied', no: deniedBy('iam:CreateLoginProfile', messageOfError(error), request) };
  }
  let read = await readPassword(user);
  for (const wait of patience) {
    if (read.state !== 'absent') return read;
    await clock.sleep(wait);
    read = await readPassword(user);
  }
  return read;
}

/** A "no" to the one thing that an opening needs: for good where AWS names an SCP, and where it lasts. */
export function deniedBy(
  action: string,
  message: string,
  { target, task }: TargetedRequest,
): Failed | DeniedInSession {
  return saysServiceControlPolicy(message)
    ? { kind: 'failed', ending: failure('denied-by-scp', task, target, message) }
    : { kind: 'denied-in-session', action, message, code: 'denied-by-organization' };
}
