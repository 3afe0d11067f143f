import { costOfIdleMonth, type Template } from '../../bench/idle-cost.ts';
import { prices } from '../../bench/prices.ts';
import { givenStack } from '../lib/given-stack.ts';

const metric = (MetricName: string, Namespace = 'AWS/Lambda') => ({ Namespace, MetricName, Dimensions: [] });
const alarm = (Properties: object) => ({ Type: 'AWS::CloudWatch::Alarm', Properties });
const idle = (...resources: Template['Resources'][string][]) =>
  costOfIdleMonth({ Resources: Object.fromEntries(resources.map((one, index) => [`r${index}`, one])) });

test('an alarm on an expression costs what its metrics do, and the expression nothing', () => {
  const { parts, alarmMetrics } = idle(
    alarm({ Metrics: [{ Expression: 'SUM(METRICS())' }, ...['a', 'b', 'c'].map(stat)] }),
    alarm(metric('d')),
  );
  expect(alarmMetrics).toBe(4);
  expect(parts.alarms).toBeCloseTo(4 * 0.1);
  expect(parts['custom metrics']).toBe(0);
});
const stat = (name: string) => ({ MetricStat: { Metric: metric(name) } });

test("a metric of one's own is paid for once, beside the alarms on it", () => {
  const own = metric('Confirmed', 'rootdesk');
  const { parts } = idle(
    alarm(own),
    alarm(own),
    alarm({ ...own, Dimensions: [{ Name: 'topic', Value: 'a' }] }),
  );
  expect(parts['custom metrics']).toBeCloseTo(2 * 0.3);
  expect(parts.alarms).toBeCloseTo(3 * 0.1);
});

test('a queue that Lambda polls costs its requests, a stream costs none', () => {
  const mapping = (id: string) => ({
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: { 'Fn::GetAtt': [id, 'Arn'] } },
  });
  const queue = { Type: 'AWS::SQS::Queue' };
  const table = { Type: 'AWS::DynamoDB::GlobalTable' };
  const { parts } = idle(queue, table, mapping('r0'), mapping('r1'));
  expect(parts['polling of queues']).toBeCloseTo(657_000 * prices.sqsRequest);
});

test('a schedule costs its runs by the memory of its function', () => {
  const fn = (MemorySize: number) => ({ Type: 'AWS::Lambda::Function', Properties: { MemorySize } });
  const rule = (ScheduleExpression: string, id: string) => ({
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression, Targets: [{ Arn: { 'Fn::GetAtt': [id, 'Arn'] } }] },
  });
  const runs = (...args: Parameters<typeof idle>) => idle(...args).parts['scheduled runs'];
  const often = runs(fn(512), rule('rate(15 minutes)', 'r0'));
  expect(often).toBeGreaterThan(0.01);
  expect(often).toBeLessThan(0.1);
  expect(runs(fn(1024), rule('rate(15 minutes)', 'r0'))).toBeGreaterThan(often);
  expect(runs(fn(512), rule('cron(10 0 * * ? *)', 'r0'))).toBeCloseTo(often / 96);
  expect(() => runs(fn(512), rule('rate(1 fortnight)', 'r0'))).toThrow('how often');
});

test('every part of the stack that costs something while idle is found', () => {
  const { parts, total } = costOfIdleMonth(givenStack().template as Template);
  for (const part of Object.values(parts)) expect(part).toBeGreaterThan(0);
  expect(total).toBeCloseTo(Object.values(parts).reduce((sum, part) => sum + part, 0));
});
