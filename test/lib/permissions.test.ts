import { givenStack } from './given-stack.ts';
import { agreedSections, statementRows } from './permissions-page.ts';
import { decisionOn, documentOf, lineOf, type PolicyDocument, statementsOf } from './policies.ts';

const here = 'eu-central-1:222222222222';
const trail = `arn:aws:dynamodb:${here}:table/AuditTrail-Table`;
const s3TaskPolicy = 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy';
const functionArn = (fn: string) => `arn:aws:lambda:${here}:function:${fn}-Function-Handler`;
const machineArn = (run: string) => `arn:aws:states:${here}:stateMachine:OrganizationRuns-${run}-Machine`;

/** The root task of each lane decides what its task role may open. */
const lanes: Readonly<Record<string, string>> = {
  UnlockS3Bucket: 'S3UnlockBucketPolicy',
  UnlockSqsQueue: 'SQSUnlockQueuePolicy',
  RestoreS3BucketPolicy: 'S3UnlockBucketPolicy',
  RestoreSqsQueuePolicy: 'SQSUnlockQueuePolicy',
  AuditRootCredentials: 'IAMAuditRootUserCredentials',
  DeleteRootCredentials: 'IAMDeleteRootUserCredentials',
  AllowRootPasswordRecovery: 'IAMCreateRootUserPassword',
  CloseRootPasswordRecovery: 'IAMDeleteRootUserCredentials',
};

const given = givenStack('excludedAccount');
const roles = given.resources.filter(({ type }) => type === 'AWS::IAM::Role');

const agreed = agreedSections();

describe('docs/permissions.md', () => {
  it('lists every role of the template, and no other', () => {
    expect(roles.map(({ name }) => name).sort()).toEqual([...agreed.keys()].sort());
  });

  it.each(roles.map(({ name }) => name))('lists every statement of %s, and no other', (role) => {
    const [listed] = agreed.get(role)?.split('\n\nIAM lets it:') ?? [];
    expect(statementRows(given, role)).toBe(listed);
  });
});

it.each(Object.entries(lanes))(
  'lets the task role of %s open sessions under %s alone',
  (lane, taskPolicy) => {
    expect(statementsOf(given, `${lane}-TaskRole-Role`).map(lineOf)).toEqual([
      `allow sts:AssumeRoot on arn:aws:iam::*:root if ArnEquals sts:TaskPolicyArn arn:aws:iam::aws:policy/root-task/${taskPolicy}`,
      'deny sts:AssumeRoot on arn:aws:iam::111111111111:root, arn:aws:iam::444444444444:root, arn:aws:iam::222222222222:root',
    ]);
  },
);

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

  test.each([...agreed.keys()].filter((role) => ofFunctions.test(role)))('%s is for Lambda alone', (role) => {
    expect(trustOf(role).Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  });

  test.each([...agreed.keys()].filter((role) => /^OrganizationRuns-\w+-Role$/.test(role)))(
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
    const known = [...agreed.keys()].filter(
      (role) => ofFunctions.test(role) || /-TaskRole-Role$|^OrganizationRuns-\w+-Role$/.test(role),
    );
    expect([...agreed.keys()].filter((role) => !known.includes(role))).toEqual([
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
