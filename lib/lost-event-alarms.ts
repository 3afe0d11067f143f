import { Duration, Fn } from 'aws-cdk-lib';
import {
  type IMetric,
  MathExpression,
  Metric,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { OnCallTopics } from './on-call-topics.ts';
import { RootdeskFunction } from './rootdesk-function.ts';

export interface LostEventAlarmsProps {
  /** Every function that is invoked asynchronously, every rule, and every group of schedules below this construct. */
  readonly below: Construct;
  readonly onCall: OnCallTopics;
}

/** Source: CloudWatch quotas, metrics that one alarm on a metric math expression may use. */
const metricsOfOneAlarm = 10;

const counted: MetricOptions = { statistic: Stats.SUM, period: Duration.minutes(5) };

/**
 * A failure queue tells of an event only if the event gets there. Lambda and EventBridge give up on a queue without
 * a word to anybody but these metrics.
 * Source: Lambda Developer Guide, "Types of metrics for Lambda functions"; EventBridge User Guide, "Monitoring";
 * EventBridge Scheduler User Guide, "Monitoring metrics with CloudWatch".
 */
export class LostEventAlarms extends Construct {
  readonly #onCall: OnCallTopics;

  constructor(scope: Construct, id: string, { below, onCall }: LostEventAlarmsProps) {
    super(scope, id);
    this.#onCall = onCall;
    const parts = below.node.findAll();
    const functions = parts
      .filter((part) => part instanceof RootdeskFunction)
      .filter(({ isInvokedByEvents }) => isInvokedByEvents);
    const metrics = (name: string) => functions.map(({ handler }) => handler.metric(name, counted));
    this.#alarm(
      'NotHandedOver',
      'an event that failed on every try could not be put into its failure queue, and is gone from Lambda',
      metrics('DestinationDeliveryFailures'),
    );
    this.#alarm(
      'Dropped',
      'Lambda has given up on an event; unless another alarm says otherwise, it is in its failure queue',
      metrics('AsyncEventsDropped'),
    );
    this.#alarm(
      'NotDeadLettered',
      'an event that EventBridge could not hand to Lambda could not be put into its failure queue either, and is gone',
      [
        ...parts.filter((part) => part instanceof CfnRule).map(ruleMetric),
        ...parts.filter((part) => part instanceof CfnScheduleGroup).map(groupMetric),
      ],
    );
  }

  #alarm(id: string, what: string, metrics: readonly IMetric[]): void {
    for (let first = 0; first < metrics.length; first += metricsOfOneAlarm) {
      const some = metrics.slice(first, first + metricsOfOneAlarm);
      const total = new MathExpression({
        // Each of them reports only when it happens: nothing reported is none.
        expression: 'SUM(FILL(METRICS(), 0))',
        usingMetrics: Object.fromEntries(some.map((metric, index) => [`m${index}`, metric])),
        period: Duration.minutes(5),
        label: id,
      });
      const alarm = total.createAlarm(this, first === 0 ? id : `${id}${first / metricsOfOneAlarm + 1}`, {
        alarmDescription:
          `rootdesk: ${what}. The sweep ends a request that was begun; one that never began has left no trace in the ` +
          'audit trail. Runbook: docs/runbook.md, "Alarm: events may have been lost".',
        threshold: 1,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      this.#onCall.receiveAlarm(alarm);
    }
  }
}

/** A rule of a bus of one's own is counted under both names, one of the default bus under its own alone. */
function ruleMetric(rule: CfnRule): Metric {
  const { eventBusName } = rule;
  // `Ref` of a rule of one's own bus is not its name alone; the ARN ends in `rule/<bus>/<rule>` or `rule/<rule>`.
  const name = Fn.select(eventBusName === undefined ? 1 : 2, Fn.split('/', rule.attrArn));
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'InvocationsFailedToBeSentToDlq',
    dimensionsMap: { RuleName: name, ...(eventBusName !== undefined && { EventBusName: eventBusName }) },
    ...counted,
  });
}

function groupMetric(group: CfnScheduleGroup): Metric {
  return new Metric({
    namespace: 'AWS/Scheduler',
    metricName: 'InvocationsFailedToBeSentToDeadLetterCount',
    dimensionsMap: { ScheduleGroup: group.ref },
    ...counted,
  });
}
