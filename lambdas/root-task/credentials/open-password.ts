import type { RootCredentials } from '../../../contract/root-credentials.ts';
import type { Opening, PasswordState } from '../../../contract/trail-states.ts';
import type { ClosingSchedule } from '../adapters/closing-schedule.ts';
import type { RootUser } from '../adapters/root-user.ts';
import type { Lane } from '../lane.ts';
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
): Promise<RootCredentials['password']> {
  const { requestId } = claimed.request;
  await schedule.closeAt(requestId, inspected.intended.closesAt);
  logger.info('the closing is scheduled', { ...inspected.intended });
  await user.createLoginProfile();
  let read = await readPassword(user);
  for (const wait of patience) {
    if (read.state !== 'absent') return read;
    await clock.sleep(wait);
    read = await readPassword(user);
  }
  return read;
}
