import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf, statementsOf } from './policies.ts';

const given = givenStack();
const here = 'eu-central-1:222222222222';
const schedulerRole = 'arn:aws:iam::222222222222:role/Closings-SchedulerRole-Role';
const ofGroup = `arn:aws:scheduler:${here}:schedule/Closings-Group/rd-0123456789abcdef`;

/** What a function of the product is answered, by its own policies. */
const may = (fn: string, action: string, resource: string, context: Record<string, string> = {}) =>
  decisionOn({
    principal: `arn:aws:iam::222222222222:role/${fn}-Function-Role`,
    action,
    resource,
    context,
    identity: statementsOf(given, `${fn}-Function-Role`),
  });

const toScheduler = { 'iam:PassedToService': 'scheduler.amazonaws.com' };

/** The root task of every lane that the stack has. */
const lanes = given.resources
  .filter(({ type }) => type === 'AWS::Lambda::Function')
  .flatMap(
    ({ properties }) =>
      /^lambdas\/root-task\/tasks\/(.+)\.ts$/.exec(String(properties.Description))?.[1] ?? [],
  );

test('the lane that opens schedules the closing, and no other lane does', async () => {
  const schedulers = [];
  for (const task of lanes) {
    const fn = task.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
    if ((await may(fn, 'scheduler:CreateSchedule', ofGroup)) === 'Allowed') schedulers.push(task);
  }
  expect(schedulers).toEqual(['allow-root-password-recovery']);
});

test.each<[string, string, string, Record<string, string>, string]>([
  ['makes a schedule', 'scheduler:CreateSchedule', ofGroup, {}, 'Allowed'],
  ['looks whether it is there', 'scheduler:GetSchedule', ofGroup, {}, 'Allowed'],
  ['deletes none', 'scheduler:DeleteSchedule', ofGroup, {}, 'ImplicitlyDenied'],
  ['changes none', 'scheduler:UpdateSchedule', ofGroup, {}, 'ImplicitlyDenied'],
  [
    'makes none elsewhere',
    'scheduler:CreateSchedule',
    `arn:aws:scheduler:${here}:schedule/default/rd-0123456789abcdef`,
    {},
    'ImplicitlyDenied',
  ],
  ['hands Scheduler its role', 'iam:PassRole', schedulerRole, toScheduler, 'Allowed'],
  [
    'hands it to nobody else',
    'iam:PassRole',
    schedulerRole,
    { 'iam:PassedToService': 'lambda.amazonaws.com' },
    'ImplicitlyDenied',
  ],
  [
    'hands Scheduler no other role',
    'iam:PassRole',
    'arn:aws:iam::222222222222:role/DeleteRootCredentials-Function-Role',
    toScheduler,
    'ImplicitlyDenied',
  ],
])('the lane that opens %s', async (_what, action, resource, context, expected) => {
  expect(await may('AllowRootPasswordRecovery', action, resource, context)).toBe(expected);
});

test('Scheduler acts as that role for this group of this account alone', () => {
  const { Statement } = documentOf(
    given.one('AWS::IAM::Role', 'Closings-SchedulerRole-Role').properties.AssumeRolePolicyDocument,
  );
  expect(Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '222222222222' },
        ArnEquals: { 'aws:SourceArn': `arn:aws:scheduler:${here}:schedule-group/Closings-Group` },
      },
    },
  ]);
});

test('as that role it invokes the closing lane and hands over what it could not, and nothing else', () => {
  const statements = statementsOf(given, 'Closings-SchedulerRole-Role');
  expect(statements.map(({ Effect, Action, Resource }) => [Effect, Action, Resource])).toEqual([
    [
      'Allow',
      'lambda:InvokeFunction',
      `arn:aws:lambda:${here}:function:CloseRootPasswordRecovery-Function-Handler`,
    ],
    ['Allow', 'sqs:SendMessage', `arn:aws:sqs:${here}:CloseRootPasswordRecovery-Failures-Queue`],
  ]);
});

test('the sweep invokes the closing lane, and no other function', async () => {
  const fn = (name: string) => `arn:aws:lambda:${here}:function:${name}-Function-Handler`;
  const invoking = (name: string) => may('Sweep', 'lambda:InvokeFunction', fn(name));
  expect(await invoking('CloseRootPasswordRecovery')).toBe('Allowed');
  expect(await invoking('AllowRootPasswordRecovery')).toBe('ImplicitlyDenied');
  expect(await invoking('DeleteRootCredentials')).toBe('ImplicitlyDenied');
});
