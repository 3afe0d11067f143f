import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { givenAssembly, removeAssemblies } from '../fixtures/given-assembly.ts';

afterAll(removeAssemblies);

const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };
const trust = { Version: '2012-10-17', Statement: [] };
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const fn = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Role: arnOf('Role'),
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Code: { S3Bucket: 'assets', S3Key: '1.zip' },
  },
  Metadata: { 'aws:asset:path': 'asset.1' },
};
const queue = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
});
const mapping = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: { Ref: 'Function' }, EventSourceArn: arnOf('Queue'), ...properties },
});
const rule = (properties: Record<string, unknown>) => ({ Type: 'AWS::Events::Rule', Properties: properties });
const redrive = { RedrivePolicy: { deadLetterTargetArn: arnOf('Parking'), maxReceiveCount: 3 } };

const read = (resources: Record<string, unknown>) =>
  readDeployment(
    givenAssembly({
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
      Function: fn,
      ...resources,
    }),
    place,
  );

test('a queue has its visibility timeout, its retention and where its dead letters go', () => {
  const { queues } = read({
    Queue: queue({ VisibilityTimeout: 330, MessageRetentionPeriod: 1_209_600, ...redrive }),
    Parking: queue({
      RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [arnOf('Queue')] },
    }),
  });

  expect(queues).toMatchObject([
    {
      visibilityTimeoutSeconds: 330,
      retentionSeconds: 1_209_600,
      redrive: { deadLetterArn: queues[1]?.arn, maxReceiveCount: 3 },
    },
    { visibilityTimeoutSeconds: 30, retentionSeconds: 345_600, redrive: null },
  ]);
});

test.each([
  ['a queue that is not there', redrive.RedrivePolicy, {}, 'no queue'],
  [
    'a queue that denies it',
    redrive.RedrivePolicy,
    { Parking: queue({ RedriveAllowPolicy: { redrivePermission: 'denyAll' } }) },
    'RedriveAllowPolicy',
  ],
  [
    'a queue that lets in others only',
    redrive.RedrivePolicy,
    {
      Parking: queue({
        RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [arnOf('Parking')] },
      }),
    },
    'RedriveAllowPolicy',
  ],
])('dead letters for %s are refused', (_, policy, others, problem) => {
  const deadLetterTargetArn = 'Parking' in others ? arnOf('Parking') : 'arn:aws:sqs:x:y:gone';
  const resources = { Queue: queue({ RedrivePolicy: { ...policy, deadLetterTargetArn } }), ...others };

  expect(() => read(resources)).toThrow(problem);
});

test('a mapping on a queue has its batch size, and how much it does at once', () => {
  const { queueMappings, eventSourceMappings, queues, functions } = read({
    Queue: queue(),
    Plain: mapping(),
    Own: mapping({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    }),
    Off: mapping({ Enabled: false }),
  });

  const both = { functionArn: functions[0]?.arn, queueArn: queues[0]?.arn };
  expect(queueMappings).toEqual([
    { ...both, batchSize: 10, reportBatchItemFailures: false, maximumConcurrency: null },
    { ...both, batchSize: 1, reportBatchItemFailures: true, maximumConcurrency: 2 },
  ]);
  expect(eventSourceMappings).toEqual([]);
});

test.each([
  ['StartingPosition', { StartingPosition: 'LATEST' }],
  ['DestinationConfig', { DestinationConfig: { OnFailure: { Destination: arnOf('Queue') } } }],
  ['MaximumConcurrency', { ScalingConfig: { MaximumConcurrency: 1 } }],
  ['no queue', { EventSourceArn: 'arn:aws:sqs:eu-central-1:222222222222:gone' }],
])('a mapping on a queue that Lambda would refuse is an error that says %s', (problem, properties) => {
  expect(() => read({ Queue: queue(), Mapping: mapping(properties) })).toThrow(problem);
});

test('a rule with a schedule is no rule for events', () => {
  const { rules, schedules, functions } = read({
    Sweep: rule({
      ScheduleExpression: 'rate(15 minutes)',
      Targets: [{ Arn: arnOf('Function'), Id: 'Target0', Input: '{"now":true}' }],
    }),
    Daily: rule({ ScheduleExpression: 'cron(0 6 * * ? *)', State: 'DISABLED' }),
  });

  expect(rules).toEqual([]);
  expect(schedules).toMatchObject([
    {
      expression: 'rate(15 minutes)',
      enabled: true,
      targets: [{ arn: functions[0]?.arn, input: '{"now":true}', deadLetterArn: null }],
    },
    { expression: 'cron(0 6 * * ? *)', enabled: false, targets: [] },
  ]);
});

test.each([
  ['a bus of its own', { EventBusName: 'rootdesk' }, 'default bus'],
  ['a pattern as well', { EventPattern: { source: ['x'] } }, 'EventPattern'],
  ['an input that is no JSON', { Targets: [{ Arn: 'a', Id: 'b', Input: 'now' }] }, 'no JSON'],
])('a schedule with %s is an error', (_, properties, problem) => {
  const resources = { Sweep: rule({ ScheduleExpression: 'rate(15 minutes)', ...properties }) };

  expect(() => read(resources)).toThrow(problem);
});
