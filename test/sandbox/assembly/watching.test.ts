import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { givenAssembly, removeAssemblies } from '../fixtures/given-assembly.ts';

afterAll(removeAssemblies);

const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };
const read = (resources: Record<string, unknown>) => readDeployment(givenAssembly(resources), place);
const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failures' } };
const alarm = (dimension: unknown) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Metrics: [
      { Id: 'all', Expression: 'm1 + m2', Label: 'what waits' },
      {
        Id: 'm1',
        ReturnData: false,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateNumberOfMessagesVisible',
            Dimensions: [{ Name: 'QueueName', Value: dimension }],
          },
          Period: 60,
          Stat: 'Maximum',
        },
      },
      {
        Id: 'm2',
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'rootdesk', MetricName: 'Pending' } },
      },
    ],
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    Threshold: 0,
  },
});
const filter = (logGroup: unknown) => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: {
    LogGroupName: logGroup,
    FilterPattern: '{ $.level = "ERROR" }',
    MetricTransformations: [{ MetricName: 'Errors', MetricNamespace: 'rootdesk', MetricValue: '1' }],
  },
});

test('alarms over several metrics and metric filters stand in the template and change nothing', () => {
  const { queues } = read({
    Queue: queue,
    Alarm: alarm({ 'Fn::GetAtt': ['Queue', 'QueueName'] }),
    Logs: { Type: 'AWS::Logs::LogGroup' },
    Filter: filter({ Ref: 'Logs' }),
  });

  expect(queues).toHaveLength(1);
});

test.each([
  ['an alarm', { Alarm: alarm({ 'Fn::GetAtt': ['Queue', 'QueueName'] }) }],
  ['a metric filter', { Filter: filter({ Ref: 'Logs' }) }],
])('what %s names must be there', (_, resources) => {
  expect(() => read(resources)).toThrow('cannot be resolved');
});
