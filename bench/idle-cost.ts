import { prices } from './prices.ts';

/** As much of CloudFormation's template as costs something while nothing happens. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: WatchedMetric } }[];
    readonly Namespace?: string;
    readonly MetricName?: string;
    readonly Dimensions?: readonly unknown[];
    readonly EventSourceArn?: unknown;
    readonly ScheduleExpression?: string;
    readonly Targets?: readonly { readonly Arn: unknown }[];
    readonly MemorySize?: number;
  };
}

interface WatchedMetric {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?: readonly unknown[] | undefined;
}

const hoursOfMonth = 730;

/** Lambda begins with five pollers for each queue, and each asks again after 20 seconds without a message. */
const pollsOfMonth = 5 * 3 * 60 * hoursOfMonth;

/** One scheduled run that finds nothing, with the start of the function: most come after it was put to sleep. */
const run = { seconds: 1.5, reads: 6, logBytes: 3_000 };

/** What the stack costs in a month in which nothing happens. */
export function costOfIdleMonth({ Resources }: Template) {
  const resources = Object.values(Resources);
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const watched = ofType('AWS::CloudWatch::Alarm').flatMap(metricsOf);
  // Every metric of the product's own is watched by an alarm.
  const own = new Set(
    watched
      .filter(({ Namespace }) => !Namespace?.startsWith('AWS/'))
      .map((metric) => JSON.stringify([metric.Namespace, metric.MetricName, metric.Dimensions])),
  );
  const queues = ofType('AWS::Lambda::EventSourceMapping').filter(
    ({ Properties }) => targetOf(Resources, Properties?.EventSourceArn)?.Type === 'AWS::SQS::Queue',
  );
  const parts = {
    keys: ofType('AWS::KMS::Key').length * prices.kmsKeyMonth,
    alarms: watched.length * prices.alarmMetricMonth,
    'custom metrics': own.size * prices.customMetricMonth,
    'polling of queues': queues.length * pollsOfMonth * prices.sqsRequest,
    'scheduled runs': ofType('AWS::Events::Rule').reduce((sum, rule) => sum + costOfRuns(rule, Resources), 0),
  };
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { parts, alarmMetrics: watched.length, total };
}

/** CloudWatch bills an alarm on an expression for each metric in it. Source: Amazon CloudWatch pricing, "Alarms". */
function metricsOf({ Properties = {} }: Resource): WatchedMetric[] {
  if (Properties.Metrics === undefined) return [Properties];
  return Properties.Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
}

function costOfRuns({ Properties = {} }: Resource, resources: Template['Resources']): number {
  if (Properties.ScheduleExpression === undefined) return 0;
  const [target] = Properties.Targets ?? [];
  const gigabytes = (targetOf(resources, target?.Arn)?.Properties?.MemorySize ?? 0) / 1024;
  const each =
    prices.lambdaRequest +
    run.seconds * gigabytes * prices.lambdaGbSecond +
    run.reads * prices.dynamodbReadUnit +
    (run.logBytes / 1e9) * prices.logsGb;
  return runsOfMonth(Properties.ScheduleExpression) * each;
}

function runsOfMonth(schedule: string): number {
  const minutes = /^rate\((\d+) minutes\)$/.exec(schedule)?.[1];
  if (minutes !== undefined) return (hoursOfMonth * 60) / Number(minutes);
  if (/^cron\(\d+ \d+ \* \* \? \*\)$/.test(schedule)) return hoursOfMonth / 24;
  throw new Error(`how often is ${schedule}?`);
}

/** The resource behind `Fn::GetAtt`. */
function targetOf(resources: Template['Resources'], reference: unknown): Resource | undefined {
  if (typeof reference !== 'object' || reference === null || !('Fn::GetAtt' in reference)) return undefined;
  const [id] = [reference['Fn::GetAtt']].flat();
  return typeof id === 'string' ? resources[id] : undefined;
}
