import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { IAuditTrail } from './audit-trail.ts';
import type { DeliveryLocks } from './delivery-locks.ts';
import { FailureQueue } from './failure-queue.ts';
import type { KillSwitch } from './kill-switch.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import type { ParkingQueue } from './parking-queue.ts';
import { RootdeskFunction } from './rootdesk-function.ts';

export interface RunBeginnerProps {
  readonly settings: Settings;
  readonly trail: IAuditTrail;
  readonly locks: DeliveryLocks;
  readonly killSwitch: KillSwitch;
  readonly onCall: OnCallTopics;
  readonly parking: ParkingQueue;
}

/** Takes approvals that name the organization, and the orders of the schedule, and begins runs; opens nothing itself. */
export class RunBeginner extends Construct {
  readonly function: RootdeskFunction;
  readonly failures: FailureQueue;

  constructor(
    scope: Construct,
    id: string,
    { settings, trail, locks, killSwitch, onCall, parking }: RunBeginnerProps,
  ) {
    super(scope, id);
    this.failures = new FailureQueue(this, 'Failures', {
      settings,
      onCall,
      alarmDescription:
        'rootdesk: a run across the organization could not be begun after every retry, and has waited for half an ' +
        'hour to be ended in the audit trail by the give-up, which does not take it. No account was visited. Look ' +
        'into the logs of lambdas/give-up/index.ts.',
      runbookSection: 'Alarm: a message waits in a failure queue',
      parking,
    });
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'organization-run/begin.ts',
      settings,
      readsSettings: true,
      // As with a lane: a lock that a dead run left has lapsed when Lambda tries again.
      timeout: Duration.seconds(55),
      memorySize: 512,
      failures: this.failures,
    });
    trail.grantAppend(this.function);
    trail.grantListTarget(this.function);
    locks.grantUse(this.function);
    killSwitch.grantRead(this.function);
  }
}
