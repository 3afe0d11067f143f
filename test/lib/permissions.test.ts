import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf, lineOf, type PolicyDocument, statementsOf } from './policies.ts';

/**
 * Every statement of every role, by its Sid. A change of this table is a change of what the product may do in an
 * AWS account: it takes a person to agree to it.
 */
const here = 'eu-central-1:222222222222';
const trail = `arn:aws:dynamodb:${here}:table/AuditTrail-Table`;
const ownLogs = (fn: string) =>
  `allow logs:CreateLogStream, logs:PutLogEvents on arn:aws:logs:${here}:log-group:${fn}-Logs:*`;
const ownFailures = (queue: string) => `allow sqs:SendMessage on arn:aws:sqs:${here}:${queue}-Queue`;
const appendToTheTrail = `allow dynamodb:PutItem, dynamodb:GetItem, dynamodb:Query on ${trail}`;
const followTheTrail =
  'allow dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams ' +
  `on ${trail}/stream/now`;
const s3TaskPolicy = 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy';

const listTheTrailOfATarget = `allow dynamodb:Query on ${trail}/index/byTarget`;
const listTheTrail = `allow dynamodb:Query on ${trail}/index/byMonth`;
const readTheTrail = `allow dynamodb:GetItem, dynamodb:Query on ${trail}`;
const announced = `arn:aws:dynamodb:${here}:table/Announcements-Announced-Table`;
const takeLocks =
  'allow dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem ' +
  `on arn:aws:dynamodb:${here}:table/DeliveryLocks-Table`;

const readTheKillSwitch = `allow ssm:GetParameter on arn:aws:ssm:${here}:parameter/rootdesk/root-tasks`;

const lanePermissions = (lane: string, taskPolicy: string) => ({
  [`${lane}-Function-Role`]: {
    WriteItsOwnLogs: ownLogs(`${lane}-Function`),
    HandOverFailures: ownFailures(`${lane}-Failures`),
    AppendToTheTrail: appendToTheTrail,
    TakeLocks: takeLocks,
    ReadTheKillSwitch: readTheKillSwitch,
    FindOutWhyARootSessionWasRefused:
      'allow organizations:DescribeAccount, iam:ListOrganizationsFeatures on *',
    AssumeTheTaskRole: `allow sts:AssumeRole, sts:SetSourceIdentity on arn:aws:iam::222222222222:role/${lane}-TaskRole-Role`,
  },
  [`${lane}-TaskRole-Role`]: {
    OpenRootSessionsOfThisTask: `allow sts:AssumeRoot on arn:aws:iam::*:root if ArnEquals sts:TaskPolicyArn ${taskPolicy}`,
    NeverInTheseAccounts:
      'deny sts:AssumeRoot on arn:aws:iam::111111111111:root, arn:aws:iam::444444444444:root, arn:aws:iam::222222222222:root',
  },
});

const taskPolicyArn = (name: string) => `arn:aws:iam::aws:policy/root-task/${name}`;
const functionArn = (fn: string) => `arn:aws:lambda:${here}:function:${fn}-Function-Handler`;
const machineArn = (run: string) => `arn:aws:states:${here}:stateMachine:OrganizationRuns-${run}-Machine`;
const startRuns = `allow states:StartExecution on ${machineArn('AuditRootCredentials')}, ${machineArn('DeleteRootCredentials')}`;

const runPermissions = (run: string) => ({
  [`OrganizationRuns-${run}-Role`]: {
    InvokeItsFunctions:
      `allow lambda:InvokeFunction on ${functionArn('OrganizationRuns-Plan')}, ${functionArn(run)}, ` +
      functionArn('OrganizationRuns-Collate'),
    ReadPlans: 'allow s3:GetObject on arn:aws:s3:::reports-bucket/plans/*',
    HaveItsErrorsLogged:
      'allow logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, logs:DeleteLogDelivery, ' +
      'logs:ListLogDeliveries, logs:PutResourcePolicy, logs:DescribeResourcePolicies, logs:DescribeLogGroups on *',
    StartVisits: `allow states:StartExecution on ${machineArn(run)}`,
    FollowVisits:
      'allow states:DescribeExecution, states:StopExecution on ' +
      [':', '/']
        .map((mark) => `arn:aws:states:${here}:execution:OrganizationRuns-${run}-Machine${mark}*`)
        .join(', '),
  },
});

const lanes: Record<string, string> = {
  UnlockS3Bucket: s3TaskPolicy,
  UnlockSqsQueue: taskPolicyArn('SQSUnlockQueuePolicy'),
  RestoreS3BucketPolicy: s3TaskPolicy,
  RestoreSqsQueuePolicy: taskPolicyArn('SQSUnlockQueuePolicy'),
  AuditRootCredentials: taskPolicyArn('IAMAuditRootUserCredentials'),
  DeleteRootCredentials: taskPolicyArn('IAMDeleteRootUserCredentials'),
  AllowRootPasswordRecovery: taskPolicyArn('IAMCreateRootUserPassword'),
  CloseRootPasswordRecovery: taskPolicyArn('IAMDeleteRootUserCredentials'),
};
const ofLanes = Object.assign(
  {},
  ...Object.entries(lanes).map(([lane, taskPolicy]) => lanePermissions(lane, taskPolicy)),
) as Record<string, Record<string, string>>;

const permissions: Record<string, Record<string, string>> = {
  ...ofLanes,
  'AllowRootPasswordRecovery-Function-Role': {
    ...ofLanes['AllowRootPasswordRecovery-Function-Role'],
    ScheduleTheClosing: `allow scheduler:CreateSchedule, scheduler:GetSchedule on arn:aws:scheduler:${here}:schedule/Closings-Group/*`,
    HandTheSchedulerItsRole:
      'allow iam:PassRole on arn:aws:iam::222222222222:role/Closings-SchedulerRole-Role' +
      ' if StringEquals iam:PassedToService scheduler.amazonaws.com',
  },
  'CloseRootPasswordRecovery-Function-Role': {
    ...ofLanes['CloseRootPasswordRecovery-Function-Role'],
    ListTheTrailOfATarget: listTheTrailOfATarget,
  },
  'Closings-SchedulerRole-Role': {
    InvokeTheFunction: `allow lambda:InvokeFunction on ${functionArn('CloseRootPasswordRecovery')}`,
    HandOverFailures: ownFailures('CloseRootPasswordRecovery-Failures'),
  },
  'OrganizationRuns-Begin-Function-Role': {
    WriteItsOwnLogs: ownLogs('OrganizationRuns-Begin-Function'),
    HandOverFailures: ownFailures('OrganizationRuns-Begin-Failures'),
    AppendToTheTrail: appendToTheTrail,
    ListTheTrailOfATarget: listTheTrailOfATarget,
    TakeLocks: takeLocks,
    ReadTheKillSwitch: readTheKillSwitch,
    StartRuns: startRuns,
  },
  'OrganizationRuns-Plan-Function-Role': {
    WriteItsOwnLogs: ownLogs('OrganizationRuns-Plan-Function'),
    AppendToTheTrail: appendToTheTrail,
    ListTheTrailOfATarget: listTheTrailOfATarget,
    PutPlans: 'allow s3:PutObject on arn:aws:s3:::reports-bucket/plans/*',
    ListTheOrganization:
      'allow organizations:ListAccounts, organizations:ListAccountsForParent, ' +
      'organizations:ListOrganizationalUnitsForParent on *',
  },
  'OrganizationRuns-Collate-Function-Role': {
    WriteItsOwnLogs: ownLogs('OrganizationRuns-Collate-Function'),
    AppendToTheTrail: appendToTheTrail,
    ListTheTrailOfATarget: listTheTrailOfATarget,
    TakeLocks: takeLocks,
    PutReports: 'allow s3:PutObject on arn:aws:s3:::reports-bucket/reports/*',
  },
  ...runPermissions('AuditRootCredentials'),
  ...runPermissions('DeleteRootCredentials'),
  'Refusals-Function-Role': {
    WriteItsOwnLogs: ownLogs('Refusals-Function'),
    HandOverFailures: ownFailures('Refusals-Failures'),
    AppendToTheTrail: appendToTheTrail,
  },
  'GiveUp-Function-Role': {
    WriteItsOwnLogs: ownLogs('GiveUp-Function'),
    AppendToTheTrail: appendToTheTrail,
    TakeLocks: takeLocks,
    TakeFailures:
      'allow sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes ' +
      `on ${[...Object.keys(lanes), 'OrganizationRuns-Begin', 'Refusals']
        .map((part) => `arn:aws:sqs:${here}:${part}-Failures-Queue`)
        .join(', ')}`,
  },
  'Sweep-Function-Role': {
    WriteItsOwnLogs: ownLogs('Sweep-Function'),
    HandOverFailures: ownFailures('Sweep-Failures'),
    AppendToTheTrail: appendToTheTrail,
    ListTheTrail: listTheTrail,
    TakeLocks: takeLocks,
    StartRuns: startRuns,
    CloseWhatNoScheduleClosed: `allow lambda:InvokeFunction on ${functionArn('CloseRootPasswordRecovery')}`,
  },
  'Announcements-Notify-Role': {
    WriteItsOwnLogs: ownLogs('Announcements-Notify'),
    HandOverFailures: ownFailures('Announcements-NotifyFailures'),
    ReadTheTrail: readTheTrail,
    ListTheTrail: listTheTrail,
    FollowTheTrail: followTheTrail,
    NotifyOnCall: `allow sns:Publish on arn:aws:sns:${here}:OnCall-Endings`,
    EncryptNotifications: `allow kms:GenerateDataKey, kms:Decrypt on arn:aws:kms:${here}:key/OnCall-Key`,
    CountSubscriptions: `allow sns:GetTopicAttributes on arn:aws:sns:${here}:OnCall-Endings, arn:aws:sns:${here}:OnCall-Alarms`,
    RecordWhatWasTold: `allow dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on ${announced}`,
  },
  'Announcements-Publish-Role': {
    WriteItsOwnLogs: ownLogs('Announcements-Publish'),
    HandOverFailures: ownFailures('Announcements-PublishFailures'),
    ReadTheTrail: readTheTrail,
    ListTheTrail: listTheTrail,
    FollowTheTrail: followTheTrail,
    RecordWhatWasTold: `allow dynamodb:GetItem, dynamodb:PutItem on ${announced}`,
    PublishOutcomes:
      `allow events:PutEvents on arn:aws:events:${here}:event-bus/rootdesk` +
      ' if ForAllValues:StringEquals events:source rootdesk' +
      ' and ForAllValues:StringEquals events:detail-type Root Task Ended' +
      ' and Null events:source false and Null events:detail-type false',
  },
  'Digest-Function-Role': {
    WriteItsOwnLogs: ownLogs('Digest-Function'),
    HandOverFailures: ownFailures('Digest-Failures'),
    ReadTheTrail: readTheTrail,
    ListTheTrail: listTheTrail,
    PutDigests: 'allow s3:PutObject on arn:aws:s3:::digest-bucket-bucket/heads/*',
  },
};

const given = givenStack('excludedAccount');
const roles = given.resources.filter(({ type }) => type === 'AWS::IAM::Role');

test('no role is left out of the table', () => {
  expect(roles.map(({ name }) => name).sort()).toEqual(Object.keys(permissions).sort());
});

test.each(Object.entries(permissions))('%s may do exactly this', (role, expected) => {
  const actual = statementsOf(given, role).map((statement) => [
    statement.Sid ?? '(no Sid)',
    lineOf(statement),
  ]);
  expect(Object.fromEntries(actual)).toEqual(expected);
  expect(actual).toHaveLength(Object.keys(expected).length);
});

test('no role has other policies than those', () => {
  const elsewhere = ['ManagedPolicyArns', 'Policies', 'PermissionsBoundary'];
  const found = roles.flatMap(({ name, properties }) =>
    elsewhere.filter((key) => key in properties).map((key) => `${name}: ${key}`),
  );
  expect(found).toEqual([]);
});

test('no statement names an action by a wildcard', () => {
  const actions = roles.flatMap(({ name }) => statementsOf(given, name).flatMap(({ Action }) => Action));
  expect(actions.filter((action) => action.includes('*'))).toEqual([]);
});

describe('trust', () => {
  const trustOf = (role: string) =>
    documentOf(given.one('AWS::IAM::Role', role).properties.AssumeRolePolicyDocument);

  const ofFunctions = /-Function-Role$|^Announcements-/;

  test.each(Object.keys(permissions).filter((role) => ofFunctions.test(role)))(
    '%s is for Lambda alone',
    (role) => {
      expect(trustOf(role).Statement).toEqual([
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
    },
  );

  test.each(Object.keys(permissions).filter((role) => /^OrganizationRuns-\w+-Role$/.test(role)))(
    '%s is for the state machines of this account alone',
    (role) => {
      expect(trustOf(role).Statement).toEqual([
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'states.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' } },
        },
      ]);
    },
  );

  test('there is no other kind of role', () => {
    const known = Object.keys(permissions).filter(
      (role) => ofFunctions.test(role) || /-TaskRole-Role$|^OrganizationRuns-\w+-Role$/.test(role),
    );
    expect(Object.keys(permissions).filter((role) => !known.includes(role))).toEqual([
      'Closings-SchedulerRole-Role',
    ]);
  });

  test.each(Object.keys(lanes))(
    'the task role of %s trusts its own function alone, and only with a source identity',
    (lane) => {
      const trusted = {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::222222222222:role/${lane}-Function-Role` },
        Condition: { StringLike: { 'sts:SourceIdentity': '?*' } },
      };
      expect(trustOf(`${lane}-TaskRole-Role`).Statement).toEqual([
        { ...trusted, Action: 'sts:AssumeRole' },
        { ...trusted, Action: 'sts:SetSourceIdentity' },
      ]);
      expect(given.one('AWS::IAM::Role', `${lane}-TaskRole-Role`).properties.MaxSessionDuration).toBe(3600);
    },
  );

  const own = 'arn:aws:iam::222222222222:role/UnlockS3Bucket-Function-Role';
  const taskRole = 'arn:aws:iam::222222222222:role/UnlockS3Bucket-TaskRole-Role';
  test.each<[string, string, Record<string, string>, string]>([
    [
      'the function of another lane, naming a ticket',
      'arn:aws:iam::222222222222:role/UnlockSqsQueue-Function-Role',
      { 'sts:SourceIdentity': 'SEC-1234' },
      'ImplicitlyDenied',
    ],
    ['its function, naming a ticket', own, { 'sts:SourceIdentity': 'SEC-1234.0123456789abcdef' }, 'Allowed'],
    ['its function, naming nothing', own, {}, 'ImplicitlyDenied'],
    ['its function, naming an empty ticket', own, { 'sts:SourceIdentity': '' }, 'ImplicitlyDenied'],
    [
      'an administrator, naming a ticket',
      'arn:aws:iam::222222222222:role/Admin',
      { 'sts:SourceIdentity': 'SEC-1234' },
      'ImplicitlyDenied',
    ],
  ])('of the task role answers %s', async (_who, principal, context, expected) => {
    const asked = { principal, action: 'sts:AssumeRole', resource: taskRole, context };
    expect(await decisionOn({ ...asked, resourcePolicy: trustOf('UnlockS3Bucket-TaskRole-Role') })).toBe(
      expected,
    );
  });
});

describe('what the roles may not do', () => {
  const rootOf = (account: string) => `arn:aws:iam::${account}:root`;
  const s3Task = { 'sts:TaskPolicyArn': s3TaskPolicy };
  const fn = 'UnlockS3Bucket-Function-Role';
  const task = 'UnlockS3Bucket-TaskRole-Role';
  const refusals = 'Refusals-Function-Role';
  const begin = 'OrganizationRuns-Begin-Function-Role';
  const plan = 'OrganizationRuns-Plan-Function-Role';
  const machine = 'OrganizationRuns-AuditRootCredentials-Role';
  const notify = 'Announcements-Notify-Role';
  const publish = 'Announcements-Publish-Role';
  const bus = `arn:aws:events:${here}:event-bus/rootdesk`;
  const allowingRootSessions: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'sts:AssumeRoot', Resource: '*', Principal: { AWS: '222222222222' } },
    ],
  };

  test.each<[string, string, string, string, Record<string, string | string[]>, string]>([
    [
      'the task role opens a session of its task',
      task,
      'sts:AssumeRoot',
      rootOf('156041421443'),
      s3Task,
      'Allowed',
    ],
    [
      'of no other task',
      task,
      'sts:AssumeRoot',
      rootOf('156041421443'),
      { 'sts:TaskPolicyArn': 'arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials' },
      'ImplicitlyDenied',
    ],
    ['of no task at all', task, 'sts:AssumeRoot', rootOf('156041421443'), {}, 'ImplicitlyDenied'],
    ['in the management account', task, 'sts:AssumeRoot', rootOf('111111111111'), s3Task, 'ExplicitlyDenied'],
    ['in an excluded account', task, 'sts:AssumeRoot', rootOf('444444444444'), s3Task, 'ExplicitlyDenied'],
    [
      'the function opens no session itself',
      fn,
      'sts:AssumeRoot',
      rootOf('156041421443'),
      s3Task,
      'ImplicitlyDenied',
    ],
    [
      'the beginner of runs opens no session',
      begin,
      'sts:AssumeRoot',
      rootOf('156041421443'),
      s3Task,
      'ImplicitlyDenied',
    ],
    [
      'the planner opens no session',
      plan,
      'sts:AssumeRoot',
      rootOf('156041421443'),
      s3Task,
      'ImplicitlyDenied',
    ],
    [
      'nor does a state machine',
      machine,
      'sts:AssumeRoot',
      rootOf('156041421443'),
      s3Task,
      'ImplicitlyDenied',
    ],
    ['a state machine writes no entry', machine, 'dynamodb:PutItem', trail, {}, 'ImplicitlyDenied'],
    [
      'a state machine that audits deletes nothing',
      machine,
      'lambda:InvokeFunction',
      functionArn('DeleteRootCredentials'),
      {},
      'ImplicitlyDenied',
    ],
    [
      'a state machine starts itself alone',
      machine,
      'states:StartExecution',
      machineArn('DeleteRootCredentials'),
      {},
      'ImplicitlyDenied',
    ],
    ['the function changes no entry', fn, 'dynamodb:UpdateItem', trail, {}, 'ImplicitlyDenied'],
    ['the function deletes no entry', fn, 'dynamodb:DeleteItem', trail, {}, 'ImplicitlyDenied'],
    [
      'the refusals open no session',
      refusals,
      'sts:AssumeRoot',
      rootOf('156041421443'),
      s3Task,
      'ImplicitlyDenied',
    ],
    ['the notifier appends nothing', notify, 'dynamodb:PutItem', trail, {}, 'ImplicitlyDenied'],
    [
      'the publisher publishes outcomes',
      publish,
      'events:PutEvents',
      bus,
      { 'events:source': ['rootdesk'], 'events:detail-type': ['Root Task Ended'] },
      'Allowed',
    ],
    [
      'the publisher approves nothing',
      publish,
      'events:PutEvents',
      bus,
      {
        'events:source': ['rootdesk', 'acme.tickets'],
        'events:detail-type': ['Root Task Ended', 'Root Task Approved'],
      },
      'ImplicitlyDenied',
    ],
  ])('%s', async (_what, role, action, resource, context, expected) => {
    const decision = await decisionOn({
      principal: `arn:aws:iam::222222222222:role/${role}`,
      action,
      resource,
      context,
      identity: statementsOf(given, role),
      // Another account's resource: it takes that account's word as well, and here that is always given.
      ...(action === 'sts:AssumeRoot' && { resourcePolicy: allowingRootSessions }),
    });
    expect(decision).toBe(expected);
  });
});
