import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenStack, type Resource } from './given-stack.ts';

const given = givenStack();
const alarms = given.resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
const queues = given.resources.filter(({ type }) => type === 'AWS::SQS::Queue').map(({ name }) => name);
const alarmOf = (queue: string) =>
  given.one('AWS::CloudWatch::Alarm', queue.replace(/-Queue$/, '-Alarm')).properties;
const toOnCall = { AlarmActions: ['arn:aws:sns:eu-central-1:222222222222:OnCall-Alarms'] };

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const runbookSections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
const descriptionOf = ({ properties }: Resource) => String(properties.AlarmDescription);

test('the runbook has no section for an alarm that is not there', () => {
  for (const section of runbookSections.filter((heading) => heading?.startsWith('Alarm: '))) {
    const raised = alarms.some((alarm) => descriptionOf(alarm).includes(`"${section}"`));
    expect({ section, raised }).toEqual({ section, raised: true });
  }
});

describe.each(alarms.map((alarm) => [alarm.name, alarm] as const))('%s', (_name, alarm) => {
  test('goes to the topic of alarms', () => {
    expect(alarm.properties).toMatchObject(toOnCall);
  });

  test('says what happened, in at most the 1,024 characters that CloudWatch takes', () => {
    expect(descriptionOf(alarm)).toMatch(/^rootdesk: .{40,}\. Runbook: /);
    expect(descriptionOf(alarm).length).toBeLessThanOrEqual(1024);
  });

  test('names a section that the runbook has', () => {
    const [, section] = /Runbook: docs\/runbook\.md, "([^"]+)"\.$/.exec(descriptionOf(alarm)) ?? [];
    expect(runbookSections).toContain(section);
  });
});

describe('a queue', () => {
  const consumed = [
    'UnlockS3Bucket-Failures-Queue',
    'UnlockSqsQueue-Failures-Queue',
    'RestoreS3BucketPolicy-Failures-Queue',
    'RestoreSqsQueuePolicy-Failures-Queue',
    'AuditRootCredentials-Failures-Queue',
    'DeleteRootCredentials-Failures-Queue',
    'AllowRootPasswordRecovery-Failures-Queue',
    'CloseRootPasswordRecovery-Failures-Queue',
    'OrganizationRuns-Begin-Failures-Queue',
    'Refusals-Failures-Queue',
  ];

  test.each(consumed)('%s, which the give-up consumes, wakes somebody when a message waits', (queue) => {
    expect(alarmOf(queue)).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: queue }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1800,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test.each(queues.filter((queue) => !consumed.includes(queue)))(
    '%s, which nothing consumes, wakes somebody on its first message',
    (queue) => {
      expect(alarmOf(queue)).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: queue }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
      });
    },
  );
});

interface MetricOfAlarm {
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly MetricName: string;
      readonly Namespace: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Stat: string;
    readonly Period: number;
  };
}

describe('lost events', () => {
  const invoked = given.resources
    .filter(({ type }) => type === 'AWS::Lambda::EventInvokeConfig')
    .map(({ properties }) => String(properties.FunctionName));
  const lost = alarms.filter(({ name }) => name.startsWith('LostEvents-'));
  const metrics = lost.flatMap(({ properties }) => properties.Metrics as MetricOfAlarm[]);
  const watched = (name: string) =>
    metrics
      .filter(({ MetricStat }) => MetricStat?.Metric.MetricName === name)
      .map(({ MetricStat }) =>
        (MetricStat?.Metric.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`).join(' '),
      );

  test.each(['DestinationDeliveryFailures', 'AsyncEventsDropped'])(
    '%s is watched for every function that is invoked asynchronously',
    (name) => {
      expect(invoked.length).toBeGreaterThan(5);
      expect(watched(name).sort()).toEqual(invoked.map((fn) => `FunctionName=${fn}`).sort());
    },
  );

  test('InvocationsFailedToBeSentToDlq is watched for every rule, by the name of its bus and its own', () => {
    const rules = given.resources.filter(({ type }) => type === 'AWS::Events::Rule');
    const expected = rules.map(({ name, properties }) =>
      'EventBusName' in properties ? `EventBusName=rootdesk RuleName=${name}` : `RuleName=${name}`,
    );
    expect(watched('InvocationsFailedToBeSentToDlq').sort()).toEqual(expected.sort());
  });

  test('what Scheduler could not even put into a failure queue is watched for every group of schedules', () => {
    const groups = given.resources.filter(({ type }) => type === 'AWS::Scheduler::ScheduleGroup');
    expect(groups.length).toBeGreaterThan(0);
    expect(watched('InvocationsFailedToBeSentToDeadLetterCount')).toEqual(
      groups.map(({ name }) => `ScheduleGroup=${name}`),
    );
  });

  test('one is enough, and nothing reported is none', () => {
    for (const { properties } of lost) {
      expect(properties).toMatchObject({
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
        Metrics: expect.arrayContaining([
          expect.objectContaining({ Expression: 'SUM(FILL(METRICS(), 0))', ReturnData: true }),
        ]),
      });
    }
    for (const { MetricStat } of metrics) {
      if (MetricStat !== undefined) expect(MetricStat).toMatchObject({ Stat: 'Sum', Period: 300 });
    }
  });

  test('no alarm uses more metrics than the ten that CloudWatch takes', () => {
    for (const { properties } of lost) {
      const used = (properties.Metrics as MetricOfAlarm[]).filter(({ MetricStat }) => MetricStat);
      expect(used.length).toBeLessThanOrEqual(10);
    }
  });
});

test.each([
  ['Endings', 'endings'],
  ['Alarms', 'alarms'],
])('a topic that nobody has confirmed, or that nobody counts, wakes whoever can be: %s', (id, topic) => {
  expect(given.one('AWS::CloudWatch::Alarm', `Subscriptions-${id}`).properties).toMatchObject({
    Namespace: 'rootdesk',
    MetricName: 'ConfirmedSubscriptions',
    Dimensions: [{ Name: 'topic', Value: topic }],
    Statistic: 'Minimum',
    Period: 3600,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

describe('a schedule that starts nothing', () => {
  const quarterOfAnHour = { Period: 900, EvaluationPeriods: 4 };
  const aDay = { Period: 3600, EvaluationPeriods: 26 };
  const ran = (fn: string) => ({
    Namespace: 'AWS/Lambda',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'FunctionName', Value: fn }],
  });
  // The stream invokes that function too: its own count would hide a schedule that is off.
  const askedFor = (rule: string) => ({
    Namespace: 'AWS/Events',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'RuleName', Value: rule }],
  });

  const watched: Record<string, readonly [alarm: string, expected: object]> = {
    'Sweep-Every15Minutes-Rule': [
      'Sweep-MissingRuns-Alarm',
      { ...ran('Sweep-Function-Handler'), ...quarterOfAnHour },
    ],
    'Announcements-PublishCatchUp-Rule': [
      'Announcements-MissingPublishCatchUps-Alarm',
      { ...askedFor('Announcements-PublishCatchUp-Rule'), ...quarterOfAnHour },
    ],
    'Digest-Daily-Rule': ['Digest-MissingRuns-Alarm', { ...ran('Digest-Function-Handler'), ...aDay }],
    // That run counts the subscriptions: no count is an alarm already.
    'Announcements-NotifyCatchUp-Rule': [
      'Subscriptions-Endings',
      { MetricName: 'ConfirmedSubscriptions', Period: 3600, EvaluationPeriods: 1 },
    ],
  };

  test('there is an alarm for each schedule', () => {
    const schedules = given.resources.filter(({ properties }) => 'ScheduleExpression' in properties);
    expect(schedules.map(({ name }) => name).sort()).toEqual(Object.keys(watched).sort());
  });

  test.each(Object.entries(watched))('%s wakes somebody', (_rule, [alarm, expected]) => {
    expect(given.one('AWS::CloudWatch::Alarm', alarm).properties).toMatchObject({
      ...expected,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test('the sums are of runs', () => {
    for (const [alarm] of Object.values(watched).filter(([name]) => name.endsWith('-Alarm')))
      expect(given.one('AWS::CloudWatch::Alarm', alarm).properties.Statistic).toBe('Sum');
  });
});
