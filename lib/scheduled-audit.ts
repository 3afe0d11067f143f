import { Duration } from 'aws-cdk-lib';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FailureQueue } from './failure-queue.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';
import { SchedulerRole } from './scheduler-role.ts';

export interface ScheduledAuditProps {
  /** An expression of EventBridge Scheduler, in UTC. */
  readonly schedule: string;
  /** The function that begins runs. */
  readonly begin: RootdeskFunction;
  /** Takes the audits that EventBridge Scheduler could not ask for. */
  readonly failures: FailureQueue;
}

/**
 * Scheduler fills the time in: the same one however often it has to try, so that an audit is one request.
 * Source: EventBridge Scheduler User Guide, "Adding context attributes".
 */
const order = JSON.stringify({ scheduledAudit: true, at: '<aws.scheduler.scheduled-time>' });

/** Has the whole organization audited at set times, which the settings approve in place of a ticket. */
export class ScheduledAudit extends Construct {
  constructor(scope: Construct, id: string, { schedule, begin, failures }: ScheduledAuditProps) {
    super(scope, id);
    const group = new CfnScheduleGroup(this, 'Group');
    const { role } = new SchedulerRole(this, 'SchedulerRole', {
      group,
      description: 'Asks for audits of the whole organization by schedule, and nothing else',
      target: begin,
      failures,
    });
    const audits = new CfnSchedule(this, 'Schedule', {
      description: 'Audits the root credentials of the whole organization',
      groupName: group.ref,
      scheduleExpression: schedule,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: begin.handler.functionArn,
        roleArn: role.roleArn,
        input: order,
        deadLetterConfig: { arn: failures.queue.queueArn },
        retryPolicy: {
          maximumRetryAttempts: 185,
          maximumEventAgeInSeconds: Duration.hours(6).toSeconds(),
        },
      },
    });
    // A schedule whose role may not yet do its part fails at the first time that comes, which can be at once.
    audits.node.addDependency(role);
  }
}
