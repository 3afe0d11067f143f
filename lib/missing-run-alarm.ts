import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { OnCallTopics } from './on-call-topics.ts';

export interface MissingRunAlarmProps {
  /** Counts the runs; one that reports nothing while there are none will do. */
  readonly runs: Metric;
  /** How often it runs: the alarm waits for an hour, or for a day and two hours. */
  readonly every: 'quarter of an hour' | 'day';
  /** What has not run, and what that means, in whole sentences. */
  readonly meaning: string;
  readonly onCall: OnCallTopics;
}

/**
 * Without a run in any of these periods somebody is woken. CloudWatch looks at some periods more than it is told, and
 * takes an older count over none: it may be a few periods late, and is never early.
 * Source: Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
 */
const quiet = {
  'quarter of an hour': { period: Duration.minutes(15), evaluationPeriods: 4 },
  day: { period: Duration.hours(1), evaluationPeriods: 26 },
} as const;

/** A schedule that is disabled, or a function that is never started, fails nowhere: only that nothing happens shows. */
export class MissingRunAlarm extends Construct {
  constructor(scope: Construct, id: string, { runs, every, meaning, onCall }: MissingRunAlarmProps) {
    super(scope, id);
    const { period, evaluationPeriods } = quiet[every];
    const alarm = runs.with({ period, statistic: Stats.SUM }).createAlarm(this, 'Alarm', {
      alarmDescription: `rootdesk: ${meaning} Runbook: docs/runbook.md, "Alarm: a scheduled run is missing".`,
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods,
      treatMissingData: TreatMissingData.BREACHING,
    });
    onCall.receiveAlarm(alarm);
  }
}
