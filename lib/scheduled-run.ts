import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { FailureQueue } from './failure-queue.ts';
import { lambdaTarget } from './lambda-target.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

export interface ScheduledRunProps {
  readonly description: string;
  readonly schedule: Schedule;
  readonly target: RootdeskFunction;
  /** Takes the runs that EventBridge could not start. */
  readonly failures: FailureQueue;
}

/** Has a function run at set times, by a rule of the default bus: a schedule is possible on no other. */
export class ScheduledRun extends Construct {
  readonly #rule: Rule;

  constructor(scope: Construct, id: string, { description, schedule, target, failures }: ScheduledRunProps) {
    super(scope, id);
    this.#rule = new Rule(this, 'Rule', { description, schedule, targets: [lambdaTarget(target, failures)] });
  }

  /**
   * Counts the runs that were asked for, whoever else invokes the function; reports nothing where there are none.
   * Source: Amazon EventBridge User Guide, "Monitoring Amazon EventBridge".
   */
  metricRuns(): Metric {
    return new Metric({
      namespace: 'AWS/Events',
      metricName: 'Invocations',
      dimensionsMap: { RuleName: this.#rule.ruleName },
    });
  }
}
