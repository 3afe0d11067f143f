import type { DeployedSchedulerSchedule, Deployment } from '../parts.ts';

/** One firing of a schedule. */
export interface Firing {
  readonly schedule: DeployedSchedulerSchedule;
  readonly executionId: string;
  /** Sandbox time in milliseconds. */
  readonly dueAt: number;
  /** Counted from 1. */
  readonly attempt: number;
}

/**
 * What a target gets: its input with what Scheduler fills in, or the event that Scheduler makes where there is no
 * input. Source: EventBridge Scheduler User Guide, "Adding context attributes".
 */
export function payloadOf({ accountId, region }: Deployment, firing: Firing): string {
  const { schedule, executionId, attempt } = firing;
  const scheduledTime = new Date(firing.dueAt).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const { input } = schedule.target;
  if (input === null) {
    return JSON.stringify({
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: accountId,
      time: scheduledTime,
      region,
      resources: [schedule.arn],
      detail: '{}',
    });
  }
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}
