import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { givenAssembly, removeAssemblies } from '../fixtures/given-assembly.ts';

const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };
const read = (resources: Readonly<Record<string, unknown>>) =>
  readDeployment(givenAssembly(resources), place);

afterAll(removeAssemblies);

const role = {
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'runs', AssumeRolePolicyDocument: { Statement: [] } },
};
const roleArn = 'arn:aws:iam::222222222222:role/runs';

const machine = (own: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    StateMachineName: 'runs',
    DefinitionString: {
      'Fn::Join': [
        '',
        [
          '{"StartAt":"Go","States":{"Go":{"Type":"Task","End":true,"Resource":"arn:',
          { Ref: 'AWS::Partition' },
          ':states:::lambda:invoke"}}}',
        ],
      ],
    },
    RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
    LoggingConfiguration: { Level: 'ALL' },
    TracingConfiguration: { Enabled: true },
    ...own,
  },
});

test('a state machine has its definition with every intrinsic resolved, and may be referred to', () => {
  const { stateMachines, parameters } = read({
    Role: role,
    Machine: machine(),
    Told: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: '/told', Value: { Ref: 'Machine' } },
    },
  });

  const arn = 'arn:aws:states:eu-central-1:222222222222:stateMachine:runs';
  expect(stateMachines).toEqual([
    {
      logicalId: 'Machine',
      name: 'runs',
      arn,
      roleArn,
      definition: {
        StartAt: 'Go',
        States: { Go: { Type: 'Task', End: true, Resource: 'arn:aws:states:::lambda:invoke' } },
      },
    },
  ]);
  expect(parameters[0]?.value).toBe(arn);
});

test.each([
  ['an express machine', { StateMachineType: 'EXPRESS' }, 'STANDARD state machines only'],
  ['a definition elsewhere', { DefinitionS3Location: {} }, 'does not model DefinitionS3Location'],
  ['a definition that is no JSON', { DefinitionString: '{' }, 'DefinitionString is no JSON object: {'],
])('%s is refused by name', (_, own, message) => {
  expect(() => read({ Role: role, Machine: machine(own) })).toThrow(message);
});

const schedule = (own: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: 'weekly',
    GroupName: { Ref: 'Group' },
    ScheduleExpression: 'cron(0 6 ? * MON *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: 'arn:aws:lambda:eu-central-1:222222222222:function:audit',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Input: '{"at":"<aws.scheduler.scheduled-time>"}',
      RetryPolicy: { MaximumRetryAttempts: 3 },
    },
    ...own,
  },
});
const group = { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'rootdesk' } };

test('a schedule of Scheduler has its group, its ARN and its target with what Scheduler fills in', () => {
  const { scheduleGroups, schedulerSchedules } = read({ Role: role, Group: group, Weekly: schedule() });

  expect(scheduleGroups).toEqual([
    { name: 'rootdesk', arn: 'arn:aws:scheduler:eu-central-1:222222222222:schedule-group/rootdesk' },
  ]);
  expect(schedulerSchedules).toEqual([
    {
      name: 'weekly',
      group: 'rootdesk',
      arn: 'arn:aws:scheduler:eu-central-1:222222222222:schedule/rootdesk/weekly',
      enabled: true,
      expression: 'cron(0 6 ? * MON *)',
      target: {
        arn: 'arn:aws:lambda:eu-central-1:222222222222:function:audit',
        roleArn,
        input: '{"at":"<aws.scheduler.scheduled-time>"}',
        deadLetterArn: null,
        maximumRetryAttempts: 3,
        maximumEventAgeSeconds: 86_400,
      },
    },
  ]);
});

test.each([
  ['another time zone', { ScheduleExpressionTimezone: 'Europe/Berlin' }, 'schedules in UTC only'],
  ['a flexible time window', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'FlexibleTimeWindow.Mode'],
  ['an end', { EndDate: '2027-01-01T00:00:00Z' }, 'does not model EndDate'],
  ['a group that is not there', { GroupName: 'other' }, 'no schedule group other in the stack'],
])('a schedule with %s is refused by name', (_, own, message) => {
  expect(() => read({ Role: role, Group: group, Weekly: schedule(own) })).toThrow(message);
});
