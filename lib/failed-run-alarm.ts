import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OnCallTopics } from './on-call-topics.ts';

export interface FailedRunAlarmProps {
  readonly machine: CfnStateMachine;
  /** The root task that it runs. */
  readonly task: string;
  readonly onCall: OnCallTopics;
}

/** Source: AWS Step Functions Developer Guide, "Monitoring Step Functions metrics using Amazon CloudWatch". */
const endedBadly = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'];

/** A run that does not come to its end has no ending in the trail yet: the sweep begins it again, and somebody knows. */
export class FailedRunAlarm extends Construct {
  constructor(scope: Construct, id: string, { machine, task, onCall }: FailedRunAlarmProps) {
    super(scope, id);
    const period = Duration.minutes(5);
    const metrics = endedBadly.map(
      (metricName) =>
        new Metric({
          namespace: 'AWS/States',
          metricName,
          dimensionsMap: { StateMachineArn: machine.attrArn },
          statistic: Stats.SUM,
          period,
        }),
    );
    const total = new MathExpression({
      // Each of them reports only when it happens: nothing reported is none.
      expression: 'SUM(FILL(METRICS(), 0))',
      usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
      period,
      label: id,
    });
    const alarm = total.createAlarm(this, 'Alarm', {
      alarmDescription:
        `rootdesk: a run of ${task} across the organization failed, took longer than two days, or was stopped by ` +
        'somebody. It is begun again at the next sweep and goes on where it was; one that cannot be finished ends as ' +
        'failed. Runbook: docs/runbook.md, "Alarm: a run across the organization failed".',
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    onCall.receiveAlarm(alarm);
  }
}
