import { approvalDetailType } from '../../contract/approved-ticket.ts';
import { canonicalJson, sha256 } from '../../contract/canonical-json.ts';
import { milliseconds } from '../../contract/duration.ts';
import type { Reason } from '../../contract/ending.ts';
import { envelope } from '../../contract/envelope.ts';
import type { ScheduledAuditOrder } from '../../contract/orders.ts';
import { outcomeSource } from '../../contract/outcome-event.ts';
import { requestIdOf } from '../../contract/request-id.ts';
import { sameApproval } from '../../contract/same-approval.ts';
import { type Settings, taskSettingsOf } from '../../contract/settings.ts';
import type { Lane, Recorder } from '../root-task/lane.ts';
import { type AuthorizedRequest, authorizedBefore, understoodOf } from '../root-task/steps/authorize.ts';
import { chainOf } from '../root-task/steps/chain.ts';
import type { Received, Refusal } from '../root-task/steps/received.ts';
import { recordedTicket, scheduledDetail } from './scheduled-ticket.ts';

/** Longer than a schedule tries to hand over, and Lambda to carry out. */
const oldestMilliseconds = 86_400_000;

/** What the settings decide upon, and where. */
export type Authority = Recorder &
  Pick<Lane, 'settings' | 'settingsDigest' | 'version' | 'region' | 'ownAccountId'>;

/**
 * The request that an audit by schedule is: authorized by the settings alone, and by the time that it was scheduled for,
 * which is the same however often the schedule hands it over. One that the trail holds stays authorized. Whoever may
 * invoke the function can order audits by times of the last day: they only read, and each is told.
 */
export async function scheduledAudit(
  { at }: ScheduledAuditOrder,
  authority: Authority,
): Promise<AuthorizedRequest | Refusal> {
  const request = requestAt(at, authority);
  const [first, ...others] = reasonsToRefuse(at, authority.settings, authority.clock.now());
  if (first === undefined) return request;
  const { approved } = chainOf(request.requestId, await authority.trail.read(request.requestId));
  if (approved !== null) return authorizedBefore(request, approved);
  return {
    kind: 'refusal',
    reasons: [first, ...others],
    understood: understoodOf(request),
    event: request.envelope,
    requestId: request.requestId,
  };
}

function requestAt(at: string, { ownAccountId, region, settingsDigest, version }: Authority) {
  const time = new Date(at).toISOString();
  const ticket = recordedTicket(scheduledDetail);
  const received: Received = {
    kind: 'received',
    envelope: envelope.parse({
      id: `scheduled-audit-${time.replace(/[:.]/g, '-')}`,
      account: ownAccountId,
      source: outcomeSource,
      'detail-type': approvalDetailType,
      time,
      region,
      detail: scheduledDetail,
    }),
    ticket,
    approvalSha256: sha256(canonicalJson(sameApproval(ticket))),
  };
  return authorizedBefore(received, {
    requestId: requestIdOf(ticket, time),
    authorizedBy: { required: 0, counted: [], decidedAt: time, settingsDigest, version },
  });
}

function reasonsToRefuse(at: string, settings: Settings, now: Date): Reason[] {
  const age = now.getTime() - Date.parse(at);
  const path = 'at';
  const reasons: Reason[] = [];
  if (!settings.organizationRuns.scheduledAudit.enabled)
    reasons.push({ code: 'task-disabled', message: 'the settings ask for no audit by schedule' });
  if (!taskSettingsOf(settings, 'audit-root-credentials').enabled)
    reasons.push({
      code: 'task-disabled',
      message: 'audit-root-credentials is disabled in the settings',
    });
  if (age > oldestMilliseconds)
    reasons.push({
      code: 'approval-too-old',
      path,
      message: `it was scheduled for ${at}, more than a day ago`,
    });
  if (-age > milliseconds(settings.clockSkew))
    reasons.push({
      code: 'approval-in-the-future',
      path,
      message: `it was scheduled for ${at}, which lies ahead`,
    });
  return reasons;
}
