import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isApprovable, type RootTaskName } from '../contract/root-tasks.ts';
import type { Settings } from '../contract/settings.ts';
import type { ApprovalBus } from './approval-bus.ts';
import { lanePattern } from './approval-patterns.ts';
import type { IAuditTrail } from './audit-trail.ts';
import { BusRule } from './bus-rule.ts';
import type { DeliveryLocks } from './delivery-locks.ts';
import { FailureQueue } from './failure-queue.ts';
import type { KillSwitch } from './kill-switch.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import type { OpenLane } from './open-lanes.ts';
import type { ParkingQueue } from './parking-queue.ts';
import { RootdeskFunction } from './rootdesk-function.ts';
import { TaskRole } from './task-role.ts';

export interface RootTaskLaneProps {
  readonly task: RootTaskName;
  readonly settings: Settings;
  readonly trail: IAuditTrail;
  readonly locks: DeliveryLocks;
  readonly killSwitch: KillSwitch;
  readonly onCall: OnCallTopics;
  readonly parking: ParkingQueue;
}

/** Everything one root task needs: function, task role, the queue of what could not be done, and what starts it. */
export class RootTaskLane extends Construct {
  readonly task: RootTaskName;
  readonly function: RootdeskFunction;
  readonly failures: FailureQueue;
  /** None where no ticket starts it. */
  readonly rules: BusRule[] = [];

  constructor(
    scope: Construct,
    id: string,
    { task, settings, trail, locks, killSwitch, onCall, parking }: RootTaskLaneProps,
  ) {
    super(scope, id);
    this.task = task;
    this.failures = new FailureQueue(this, 'Failures', {
      settings,
      onCall,
      alarmDescription:
        `rootdesk: ${isApprovable(task) ? `an approved "${task}"` : `a "${task}" whose time had come`} was given up ` +
        'after every retry, or could not be started, and has waited for half an hour to be ended in the audit trail ' +
        'by the give-up, which does not take it. Look into the logs of lambdas/give-up/index.ts.',
      runbookSection: 'Alarm: a message waits in a failure queue',
      parking,
    });
    this.function = new RootdeskFunction(this, 'Function', {
      source: `root-task/tasks/${task}.ts`,
      settings,
      readsSettings: true,
      // Below 60 seconds, so that the lock of a run that died has lapsed when Lambda tries again a minute later.
      timeout: Duration.seconds(55),
      memorySize: 512,
      failures: this.failures,
    });
    trail.grantAppend(this.function);
    locks.grantUse(this.function);
    killSwitch.grantRead(this.function);
    this.#grantDiagnosis();
    new TaskRole(this, 'TaskRole', {
      task,
      trusted: this.function,
      forbiddenAccountIds: [...new Set([settings.managementAccountId, ...settings.excludedAccountIds])],
    });
  }

  /** Has approvals of its task start it. */
  takeApprovals(bus: ApprovalBus, lane: OpenLane): void {
    const rule = new BusRule(this, 'Approvals', {
      bus,
      description: `Approvals of ${this.task}`,
      pattern: lanePattern(lane),
      target: this.function,
      failures: this.failures,
    });
    this.rules.push(rule);
  }

  /** To say in plain words why AssumeRoot was refused; AWS gives five causes one text. */
  #grantDiagnosis(): void {
    this.function.allow(
      new PolicyStatement({
        sid: 'FindOutWhyARootSessionWasRefused',
        actions: ['organizations:DescribeAccount', 'iam:ListOrganizationsFeatures'],
        resources: ['*'],
      }),
    );
  }
}
