import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { OnCallTopics } from './on-call-topics.ts';

export interface SubscriptionAlarmsProps {
  readonly onCall: OnCallTopics;
}

/** The topics as the notify function names them in the metric. */
const topics = [
  { id: 'Endings', topic: 'endings', tells: 'endings of root tasks' },
  { id: 'Alarms', topic: 'alarms', tells: 'alarms of rootdesk itself, this one included' },
] as const;

/**
 * A topic that nobody has confirmed takes every message and tells nobody. SNS has no metric of it: the notify
 * function counts the subscriptions at each scheduled run. No count at all is as bad as none.
 */
export class SubscriptionAlarms extends Construct {
  constructor(scope: Construct, id: string, { onCall }: SubscriptionAlarmsProps) {
    super(scope, id);
    for (const { id: topicId, topic, tells } of topics) {
      const confirmed = new Metric({
        namespace: 'rootdesk',
        metricName: 'ConfirmedSubscriptions',
        dimensionsMap: { topic },
        statistic: Stats.MINIMUM,
        period: Duration.hours(1),
      });
      const alarm = confirmed.createAlarm(this, topicId, {
        alarmDescription:
          `rootdesk: nobody has confirmed a subscription to the topic of ${tells}, or the notify function no longer ` +
          'counts them. Nobody hears of what is published there. Runbook: docs/runbook.md, ' +
          '"Alarm: nobody has confirmed a subscription".',
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.BREACHING,
      });
      onCall.receiveAlarm(alarm);
    }
  }
}
