import type { CodeOf } from '../../../contract/ending.ts';
import { rootTasks } from '../../../contract/root-tasks.ts';
import { accountOf } from '../../../contract/target.ts';
import { together } from '../../together.ts';
import type { RootSession, SessionDenied, TaskRole } from '../adapters/root-sessions.ts';
import { type FailedEnding, failure } from '../failures.ts';
import type { Lane } from '../lane.ts';
import type { Failed } from '../root-task.ts';
import type { ClaimedRequest } from './claim.ts';
import { hasLasted, PassingDenialError } from './lasting.ts';
import { stopped, tryAgainUnread } from './stopped.ts';

/**
 * Opens the root session of a claimed request, unless root tasks were stopped at the last moment; a denial that is for
 * good becomes an ending with its cause.
 */
export async function openRootSession(
  claimed: ClaimedRequest,
  role: TaskRole | SessionDenied,
  lane: Lane,
): Promise<RootSession | Failed> {
  const power = await lane.killSwitch.read();
  tryAgainUnread(claimed.request, power);
  if (power.kind === 'stopped') return { kind: 'failed', ending: stopped(claimed.request, power.why) };
  const opened = role.kind === 'denied' ? role : await lane.rootSessions.assumeRoot(role, claimed);
  if (opened.kind === 'denied') return { kind: 'failed', ending: await causeOf(opened, claimed, lane) };
  lane.logger.info('root session opened', { ...opened.record, accountId: opened.accountId });
  return opened;
}

/** Messages that name their cause, captured from AWS; they are for good at once. */
const namedCauses: readonly (readonly [RegExp, CodeOf<'failed'>])[] = [
  [/^Root sessions feature is not enabled\b/, 'root-sessions-not-enabled'],
  [/^Root credentials management feature is not enabled\b/, 'root-credentials-management-not-enabled'],
  [/^Service not enabled for AWS Organizations\b/, 'trusted-access-off'],
];

async function causeOf(denied: SessionDenied, claimed: ClaimedRequest, lane: Lane): Promise<FailedEnding> {
  const { task, target } = claimed.request;
  const end = (code: CodeOf<'failed'>, detail = denied.message) => failure(code, task, target, detail);
  if (denied.errorName === 'RegionDisabledException') return end('region-disabled');
  const named = namedCauses.find(([text]) => text.test(denied.message));
  if (named !== undefined) return end(named[1]);
  if (!hasLasted(claimed, lane)) throw new PassingDenialError(denied.message);
  if (denied.hop === 'task-role') return end('task-role-denied');
  lane.logger.warn('AssumeRoot keeps being denied; looking up why', { message: denied.message });
  return lookUp(end, accountOf(target), rootTasks[task].feature, lane);
}

/** One text, five causes: what Organizations and IAM say of the account and the set-up tells them apart. */
async function lookUp(
  end: (code: CodeOf<'failed'>, detail?: string) => FailedEnding,
  accountId: string,
  feature: 'RootSessions' | 'RootCredentialsManagement',
  lane: Lane,
): Promise<FailedEnding> {
  const [account, features] = await together(
    lane.organization.account(accountId),
    lane.organization.features(),
  );
  switch (features.kind) {
    case 'trusted-access-off':
      return end('trusted-access-off');
    case 'not-delegated-administrator':
      return end('not-delegated-administrator');
    case 'enabled':
    case 'unknown':
      break;
    default:
      return features satisfies never;
  }
  switch (account.kind) {
    case 'not-a-member':
      return end('not-a-member');
    case 'member':
      if (account.managementAccountId === accountId) return end('management-account');
      if (account.state !== null && account.state !== 'ACTIVE')
        return end('account-not-active', account.state);
      break;
    case 'unknown':
      break;
    default:
      return account satisfies never;
  }
  if (features.kind === 'enabled' && !features.features.includes(feature)) {
    return end(
      feature === 'RootSessions' ? 'root-sessions-not-enabled' : 'root-credentials-management-not-enabled',
    );
  }
  return end('assume-root-denied');
}
