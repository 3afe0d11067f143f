import { milliseconds } from '../../contract/duration.ts';
import type { Reason } from '../../contract/ending.ts';
import { type Settings, taskSettingsOf } from '../../contract/settings.ts';
import type { Recorder } from '../root-task/lane.ts';
import { understoodOf } from '../root-task/steps/authorize.ts';
import type { Refusal } from '../root-task/steps/received.ts';
import { couldBeRead, newestAudit } from './recent-audit.ts';
import type { OrganizationRequest } from './run.ts';

const remedy =
  'approve audit-root-credentials for the organization, wait for its report, then approve this again';

/**
 * The refusal of a deletion across the organization that no audit stands behind: there was none as it was approved, or
 * the newest then is older than the settings allow. Null where it may go on, and for every other task.
 */
export async function refuseWithoutAudit(
  request: OrganizationRequest,
  { clock, settings, trail }: Recorder & { readonly settings: Settings },
): Promise<Refusal | null> {
  if (request.task !== 'delete-root-credentials') return null;
  const now = clock.now();
  const { auditMaxAge } = taskSettingsOf(settings, 'delete-root-credentials');
  const { decidedAt } = request.authorization;
  const audit = await newestAudit(trail, couldBeRead(decidedAt, now));
  if (audit === null)
    return refusal(request, {
      code: 'no-audit',
      message: `no audit of the organization had ended when this was approved, on ${decidedAt}, and only what one saw is deleted: ${remedy}`,
    });
  const age = now.getTime() - Date.parse(audit.ended.at);
  if (age <= milliseconds(auditMaxAge)) return null;
  return refusal(request, {
    code: 'audit-too-old',
    message: `the newest audit of the organization, ${audit.requestId}, ended ${spoken(age)} ago, on ${audit.ended.at}; the settings allow ${auditMaxAge}: ${remedy}`,
  });
}

function refusal(request: OrganizationRequest, reason: Reason): Refusal {
  return {
    kind: 'refusal',
    reasons: [reason],
    understood: understoodOf(request),
    event: request.envelope,
    requestId: request.requestId,
  };
}

/** A length of time in whole days, or in hours where it is none: "9 days". */
function spoken(length: number): string {
  const hours = Math.floor(length / 3_600_000);
  const days = Math.floor(hours / 24);
  return days >= 1 ? counted(days, 'day') : counted(hours, 'hour');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
