import { runMachines } from '../../contract/environment.ts';
import { accountOrder, runOrder, scheduledAuditOrder } from '../../contract/orders.ts';
import { runDefinition } from '../../lib/run-definition.ts';
import { type GivenStack, givenOutcome, givenStack } from './given-stack.ts';
import { documentOf, statementsOf } from './policies.ts';

const given = givenStack();
const here = 'eu-central-1:222222222222';
const fn = (name: string) => `arn:aws:lambda:${here}:function:${name}-Function-Handler`;
const runs = ['AuditRootCredentials', 'DeleteRootCredentials'];
const machineOf = (run: string, { one } = given) =>
  one('AWS::StepFunctions::StateMachine', `OrganizationRuns-${run}-Machine`).properties;
const definitionOf = (run: string, stack: GivenStack = given) =>
  JSON.parse(String(machineOf(run, stack).DefinitionString)) as ReturnType<typeof runDefinition>;
const variablesOf = (name: string, { one } = given) =>
  (one('AWS::Lambda::Function', name).properties.Environment as { Variables: Record<string, string> })
    .Variables;

describe.each(runs)('the state machine of %s', (run) => {
  const { States, ...machine } = definitionOf(run);

  test('plans, visits each account with its own lane, and collates, for two days at most', () => {
    const expected = runDefinition({
      partition: 'aws',
      plan: fn('OrganizationRuns-Plan'),
      visit: fn(run),
      collate: fn('OrganizationRuns-Collate'),
      maxConcurrency: 10,
    });
    expect(definitionOf(run)).toEqual(expected);
    expect(machine).toMatchObject({ StartAt: 'Plan', TimeoutSeconds: 172_800 });
    expect([States.Plan.Next, States.AnyAccounts.Choices[0]?.Next, States.Visit.Next]).toEqual([
      'AnyAccounts',
      'Visit',
      'Collate',
    ]);
    expect([States.AnyAccounts.Default, States.Collate.Next]).toEqual(['Collate', 'Done']);
  });

  test('gives each function exactly the order that it takes', () => {
    expect(Object.keys(States.Visit.ItemSelector)).toEqual(
      Object.keys(accountOrder.shape).map((key) => `${key}.$`),
    );
    const payload = Object.keys(runOrder.shape).map((key) => [`${key}.$`, `$.${key}`]);
    expect(States.Plan.Parameters).toMatchObject({ Payload: Object.fromEntries(payload) });
    expect(States.Collate.Parameters).toMatchObject({ Payload: Object.fromEntries(payload) });
    expect(States.Visit.ItemProcessor.States.Account.Parameters).toMatchObject({ 'Payload.$': '$' });
  });

  test('is finished whatever comes of an account: retried, then left to the collating', () => {
    const { Account, LeftToCollate } = States.Visit.ItemProcessor.States;
    expect(States.Visit.ToleratedFailurePercentage).toBe(100);
    expect(Account.Catch).toEqual([{ ErrorEquals: ['States.ALL'], Next: 'LeftToCollate' }]);
    expect(Account.Retry).toEqual([
      { ErrorEquals: ['PassingDenialError'], IntervalSeconds: 80, BackoffRate: 1, MaxAttempts: 2 },
      {
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 30,
        BackoffRate: 2,
        MaxAttempts: 4,
        MaxDelaySeconds: 120,
        JitterStrategy: 'FULL',
      },
    ]);
    expect(LeftToCollate).toEqual({ Type: 'Pass', OutputPath: null, End: true });
  });

  test('keeps nothing of a visit: ten thousand answers would be more than a state may hold', () => {
    expect(States.Visit.ItemProcessor.States.Account.OutputPath).toBeNull();
    expect([States.Visit.ResultPath, States.Collate.ResultPath]).toEqual([null, null]);
  });

  test('tries to plan and to collate for longer than a lock of a function that died can last', () => {
    for (const { Retry } of [States.Plan, States.Collate]) {
      const waits = Retry.flatMap(({ IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds }) =>
        Array.from({ length: MaxAttempts }, (_, attempt) =>
          Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds),
        ),
      );
      expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(2 * 600);
    }
  });

  test('logs its errors, without the data of an execution, to a group of its own', () => {
    expect(machineOf(run)).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: {
        Level: 'ERROR',
        IncludeExecutionData: false,
        Destinations: [
          {
            CloudWatchLogsLogGroup: {
              LogGroupArn: `arn:aws:logs:${here}:log-group:OrganizationRuns-${run}-Logs:*`,
            },
          },
        ],
      },
    });
  });

  test('is made when its role may already do its part: Step Functions tries that at once', () => {
    const { dependsOn } = given.one('AWS::StepFunctions::StateMachine', `OrganizationRuns-${run}-Machine`);
    expect(dependsOn).toContain(`OrganizationRuns-${run}-Role-DefaultPolicy`);
  });

  test('wakes somebody when it fails, takes too long or is stopped', () => {
    const alarm = given.one('AWS::CloudWatch::Alarm', `OrganizationRuns-${run}-Failed-Alarm`).properties;
    const metrics = alarm.Metrics as { MetricStat?: { Metric: { MetricName: string }; Stat: string } }[];
    expect(metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? [])).toEqual([
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'ExecutionsAborted',
    ]);
    for (const { MetricStat } of metrics) {
      if (MetricStat !== undefined)
        expect(MetricStat).toMatchObject({
          Stat: 'Sum',
          Metric: {
            Namespace: 'AWS/States',
            Dimensions: [
              {
                Name: 'StateMachineArn',
                Value: `arn:aws:states:${here}:stateMachine:OrganizationRuns-${run}-Machine`,
              },
            ],
          },
        });
    }
    expect(alarm).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
  });
});

test.each(['OrganizationRuns-Begin-Function-Handler', 'Sweep-Function-Handler'])(
  '%s knows which machine runs which root task',
  (name) => {
    const machine = (run: string) => `arn:aws:states:${here}:stateMachine:OrganizationRuns-${run}-Machine`;
    expect(runMachines.parse(JSON.parse(String(variablesOf(name).RUN_MACHINES)))).toEqual({
      'audit-root-credentials': machine('AuditRootCredentials'),
      'delete-root-credentials': machine('DeleteRootCredentials'),
    });
  },
);

test('the settings say how many accounts are visited at the same time', () => {
  const stack = givenStack('fortyAtOnce');
  for (const run of runs) expect(definitionOf(run, stack).States.Visit.MaxConcurrency).toBe(40);
});

test('a root task that is not enabled has no runs', () => {
  const stack = givenStack('withoutDeletion');
  const machines = stack.resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  expect(machines.map(({ name }) => name)).toEqual(['OrganizationRuns-AuditRootCredentials-Machine']);
  expect(
    Object.keys(
      JSON.parse(String(variablesOf('OrganizationRuns-Begin-Function-Handler', stack).RUN_MACHINES)),
    ),
  ).toEqual(['audit-root-credentials']);
});

test('where no root task goes across the organization, nothing is started', () => {
  const stack = givenStack('withoutOrganizationTasks');
  for (const name of ['OrganizationRuns-Begin-Function', 'Sweep-Function']) {
    expect(variablesOf(`${name}-Handler`, stack).RUN_MACHINES).toBe('{}');
    expect(statementsOf(stack, `${name}-Role`).flatMap(({ Action }) => Action)).not.toContain(
      'states:StartExecution',
    );
  }
});

describe('the audit by schedule', () => {
  const stack = givenStack('mondayAudit');
  const role = 'OrganizationRuns-ScheduledAudit-SchedulerRole-Role';
  const queue = `arn:aws:sqs:${here}:OrganizationRuns-Begin-Failures-Queue`;

  test('is off unless the settings say otherwise', () => {
    expect(given.resources.filter(({ type }) => type === 'AWS::Scheduler::Schedule')).toEqual([]);
  });

  test('asks for a run at the times of the settings, in UTC', () => {
    expect(stack.one('AWS::Scheduler::Schedule').properties).toEqual({
      Description: expect.any(String),
      GroupName: 'OrganizationRuns-ScheduledAudit-Group',
      ScheduleExpression: 'cron(0 6 ? * MON *)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: fn('OrganizationRuns-Begin'),
        RoleArn: `arn:aws:iam::222222222222:role/${role}`,
        Input: expect.any(String),
        DeadLetterConfig: { Arn: queue },
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 21_600 },
      },
    });
  });

  test('names the time that it was scheduled for, however late it is handed over', () => {
    const { Input } = stack.one('AWS::Scheduler::Schedule').properties.Target as { Input: string };
    expect(Input).toContain('<aws.scheduler.scheduled-time>');
    const filledIn = Input.replace('<aws.scheduler.scheduled-time>', '2026-11-23T06:00:00Z');
    expect(scheduledAuditOrder.parse(JSON.parse(filledIn)).at).toBe('2026-11-23T06:00:00Z');
  });

  test('may begin runs, through that function, and hand over what failed: nothing else', () => {
    expect(statementsOf(stack, role).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['lambda:InvokeFunction', fn('OrganizationRuns-Begin')],
      ['sqs:SendMessage', queue],
    ]);
    const { Statement } = documentOf(stack.one('AWS::IAM::Role', role).properties.AssumeRolePolicyDocument);
    expect(Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '222222222222' },
          ArnEquals: {
            'aws:SourceArn': `arn:aws:scheduler:${here}:schedule-group/OrganizationRuns-ScheduledAudit-Group`,
          },
        },
      }),
    ]);
  });

  test('is made when its role may do its part', () => {
    expect(stack.one('AWS::Scheduler::Schedule').dependsOn).toContain(`${role}-DefaultPolicy`);
  });

  test('cannot be on where nobody may approve an audit', () => {
    expect(givenOutcome('mondayAuditWithoutTasks')).toEqual({
      fault: {
        name: 'PlainFault',
        message: expect.stringMatching(/^organizationRuns\.scheduledAudit\.enabled .* tasks/),
      },
    });
  });
});
