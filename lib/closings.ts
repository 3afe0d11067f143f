import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { RecoveryEnvironment, SweepEnvironment } from '../contract/environment.ts';
import type { RootTaskLane } from './root-task-lane.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';
import { SchedulerRole } from './scheduler-role.ts';

export interface ClosingsProps {
  /** The lane that closes what was opened. */
  readonly lane: RootTaskLane;
}

/** What makes an opening end by itself: a group of one-time schedules, each of which invokes the closing lane once. */
export class Closings extends Construct {
  readonly #lane: RootTaskLane;
  readonly #group: CfnScheduleGroup;
  readonly #role: SchedulerRole;

  constructor(scope: Construct, id: string, { lane }: ClosingsProps) {
    super(scope, id);
    this.#lane = lane;
    this.#group = new CfnScheduleGroup(this, 'Group');
    this.#role = new SchedulerRole(this, 'SchedulerRole', {
      group: this.#group,
      description: 'Invokes the closing of password recovery when its time has come, and nothing else',
      target: lane.function,
      failures: lane.failures,
    });
  }

  /** Lets a function schedule closings and look whether one is scheduled, and tells it all that it takes. */
  grantSchedule(fn: RootdeskFunction): void {
    fn.allow(
      new PolicyStatement({
        sid: 'ScheduleTheClosing',
        actions: ['scheduler:CreateSchedule', 'scheduler:GetSchedule'],
        resources: [
          Stack.of(this).formatArn({
            service: 'scheduler',
            resource: 'schedule',
            resourceName: `${this.#group.ref}/*`,
          }),
        ],
      }),
    );
    fn.allow(
      new PolicyStatement({
        sid: 'HandTheSchedulerItsRole',
        actions: ['iam:PassRole'],
        resources: [this.#role.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
    fn.addEnvironment<RecoveryEnvironment>({
      CLOSING_FUNCTION_ARN: this.#lane.function.handler.functionArn,
      CLOSING_SCHEDULE_GROUP: this.#group.ref,
      CLOSING_SCHEDULE_ROLE_ARN: this.#role.role.roleArn,
      CLOSING_DEAD_LETTER_QUEUE_ARN: this.#lane.failures.queue.queueArn,
    });
  }

  /** Lets a function invoke the closing lane itself, for a schedule that did not, and tells it which one. */
  grantInvoke(fn: RootdeskFunction): void {
    const { functionArn } = this.#lane.function.handler;
    fn.allow(
      new PolicyStatement({
        sid: 'CloseWhatNoScheduleClosed',
        actions: ['lambda:InvokeFunction'],
        resources: [functionArn],
      }),
    );
    fn.addEnvironment<Pick<SweepEnvironment, 'CLOSING_FUNCTION_ARN'>>({ CLOSING_FUNCTION_ARN: functionArn });
  }
}
