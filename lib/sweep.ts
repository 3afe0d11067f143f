import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { IAuditTrail } from './audit-trail.ts';
import type { DeliveryLocks } from './delivery-locks.ts';
import { FailureQueue } from './failure-queue.ts';
import { MissingRunAlarm } from './missing-run-alarm.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import { RootdeskFunction } from './rootdesk-function.ts';
import { ScheduledRun } from './scheduled-run.ts';

export interface SweepProps {
  readonly settings: Settings;
  readonly trail: IAuditTrail;
  readonly locks: DeliveryLocks;
  readonly onCall: OnCallTopics;
}

/** Looks for requests without an ending, which no failure queue ever told of, and ends them. */
export class Sweep extends Construct {
  readonly function: RootdeskFunction;

  constructor(scope: Construct, id: string, { settings, trail, locks, onCall }: SweepProps) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures', {
      settings,
      onCall,
      alarmDescription:
        'rootdesk: the search for requests without an ending could not be finished. Such requests stay open until a ' +
        'search gets through; it is tried again every 15 minutes. Look into the logs of lambdas/give-up/sweep.ts.',
      runbookSection: 'Alarm: the sweep failed',
    });
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'give-up/sweep.ts',
      settings,
      readsSettings: true,
      timeout: Duration.seconds(55),
      memorySize: 512,
      failures,
    });
    trail.grantAppend(this.function);
    trail.grantList(this.function);
    locks.grantUse(this.function);
    new ScheduledRun(this, 'Every15Minutes', {
      description: 'Looks for requests without an ending',
      schedule: Schedule.rate(Duration.minutes(15)),
      target: this.function,
      failures,
    });
    new MissingRunAlarm(this, 'MissingRuns', {
      runs: this.function.handler.metricInvocations(),
      every: 'quarter of an hour',
      meaning:
        'the search for requests without an ending has not run for an hour. A request whose failure was never ' +
        'delivered stays open until it runs again.',
      onCall,
    });
  }
}
