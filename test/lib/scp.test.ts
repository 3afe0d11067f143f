import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/bundling/project-root.ts';
import { deployedResources, statementsOfRole } from './deployed-stack.ts';
import { givenStack } from './given-stack.ts';
import { decisionOn, type PolicyDocument } from './policies.ts';

const folder = join(projectRoot, 'examples/scp');
const files = readdirSync(folder).sort();
const policies: PolicyDocument[] = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));

const here = 'eu-central-1:222222222222';
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const administrator = role('Admin');
const breakGlass = role('break-glass');
const deploying = [
  role('cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1'),
  role('cdk-hnb659fds-deploy-role-222222222222-eu-central-1'),
  role('deployment-pipeline'),
];

/** A key takes the word of its own policy; this is the one that CDK writes. */
const keyPolicy: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Principal: { AWS: 'arn:aws:iam::222222222222:root' },
    },
  ],
};

/** What the policy answers about a principal that its own policies would let do anything. */
const asked = (principal: string, { action, resource, context = {} }: Asked) =>
  decisionOn({
    principal,
    action,
    resource,
    context,
    serviceControlPolicies: policies,
    ...(action.startsWith('kms:') && { resourcePolicy: keyPolicy }),
  });

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string>;
}

const ask = (service: string, resource: string, names: readonly string[], context = {}): Asked[] =>
  names.map((name) => ({ action: `${service}:${name}`, resource, context }));

/** Those of the requests that are not answered so. */
async function notAnswered(
  expected: string,
  principal: string,
  requests: readonly Asked[],
): Promise<string[]> {
  const others: string[] = [];
  for (const request of requests) {
    const answer = await asked(principal, request);
    if (answer !== expected) others.push(`${principal}: ${request.action} on ${request.resource}: ${answer}`);
  }
  return others;
}

const resources = deployedResources(givenStack());
const arnOf = (type: string, name: RegExp) => {
  const found = resources.find((resource) => resource.type === type && name.test(resource.logicalId));
  if (found === undefined) throw new Error(`no ${type} like ${name}`);
  return type === 'AWS::SNS::Topic' ? found.ref : found.attribute('Arn');
};

const lane = arnOf('AWS::Lambda::Function', /UnlockS3Bucket/);
const taskRole = arnOf('AWS::IAM::Role', /UnlockS3BucketTaskRole/);
const taskRoles = resources
  .filter(({ type, logicalId }) => type === 'AWS::IAM::Role' && /TaskRole/.test(logicalId))
  .map((one) => one.attribute('Arn'));
const functionRole = arnOf('AWS::IAM::Role', /UnlockS3BucketFunctionRole/);
const trail = arnOf('AWS::DynamoDB::GlobalTable', /AuditTrail/);
const locks = arnOf('AWS::DynamoDB::GlobalTable', /DeliveryLocks/);
const announced = arnOf('AWS::DynamoDB::GlobalTable', /Announced/);
const failures = arnOf('AWS::SQS::Queue', /UnlockS3BucketFailures/);
const endings = arnOf('AWS::SNS::Topic', /Endings/);
const key = arnOf('AWS::KMS::Key', /Key/);
const keys = resources.filter(({ type }) => type === 'AWS::KMS::Key');
const tagOfKey = Object.fromEntries(
  keys
    .flatMap(({ properties }) => properties.Tags as { Key: string; Value: string }[])
    .map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]),
);
const bus = arnOf('AWS::Events::EventBus', /Bus/);
const rule = arnOf('AWS::Events::Rule', /UnlockS3BucketApprovals/);
const sweepRule = arnOf('AWS::Events::Rule', /Sweep/);
const digests = arnOf('AWS::S3::Bucket', /Digest/);
const digest = `${digests}/heads/2026/11/20.json`;
const machine = arnOf('AWS::StepFunctions::StateMachine', /DeleteRootCredentials/);
const execution = `${machine.replace(':stateMachine:', ':execution:')}:rd-0123456789abcdef-1`;
const group = arnOf('AWS::Scheduler::ScheduleGroup', /Closings/);
const closing = `${group.replace(':schedule-group/', ':schedule/')}/rd-0123456789abcdef`;
const reports = arnOf('AWS::S3::Bucket', /Reports/);
const report = `${reports}/reports/2026-11-20/0123456789abcdef/report.html`;
const alarm = arnOf('AWS::CloudWatch::Alarm', /Parking/);
const parameter = `arn:aws:ssm:${here}:parameter/rootdesk/root-tasks`;
const mapping = `arn:aws:lambda:${here}:event-source-mapping:14e0db71-xmpl-4eb5-b481-8945cf9d10c2`;
const ofLane = { 'lambda:FunctionArn': lane };
const stack = `arn:aws:cloudformation:${here}:stack/Rootdesk/0a1b2c3d`;
const bootstrapRole = deploying[0] ?? '';

/** For the deployment alone. */
const guarded: readonly Asked[] = [
  ...ask('lambda', lane, [
    'InvokeFunction',
    'InvokeAsync',
    'InvokeFunctionUrl',
    'UpdateFunctionCode',
    'UpdateFunctionConfiguration',
    'AddPermission',
    'RemovePermission',
    'PutFunctionEventInvokeConfig',
    'UpdateFunctionEventInvokeConfig',
    'DeleteFunctionEventInvokeConfig',
    'PutFunctionConcurrency',
    'CreateFunctionUrlConfig',
    'CreateAlias',
    'PublishVersion',
    'DeleteFunction',
  ]),
  ...ask('lambda', '*', ['CreateEventSourceMapping'], ofLane),
  ...ask('lambda', mapping, ['UpdateEventSourceMapping', 'DeleteEventSourceMapping'], ofLane),
  ...[taskRole, bootstrapRole, role('deployment-pipeline'), breakGlass].flatMap((one) => [
    ...ask('sts', one, ['AssumeRole']),
    ...ask('iam', one, [
      'UpdateAssumeRolePolicy',
      'AttachRolePolicy',
      'DetachRolePolicy',
      'PassRole',
      'CreateRole',
      'DeleteRole',
      'PutRolePermissionsBoundary',
      'DeleteRolePermissionsBoundary',
      'UpdateRole',
    ]),
  ]),
  ...ask('events', bus, ['DeleteEventBus', 'UpdateEventBus', 'CreateArchive', 'StartReplay']),
  ...[rule, sweepRule].flatMap((one) =>
    ask('events', one, ['PutRule', 'PutTargets', 'RemoveTargets', 'DeleteRule', 'DisableRule']),
  ),
  ...ask('events', '*', ['PutPermission', 'RemovePermission']),
  ...[trail, locks, announced].flatMap((table) =>
    ask('dynamodb', table, [
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'BatchWriteItem',
      'PartiQLInsert',
      'PartiQLUpdate',
      'PartiQLDelete',
      'UpdateTable',
      'DeleteTable',
      'UpdateTimeToLive',
      'UpdateContinuousBackups',
      'PutResourcePolicy',
      'DeleteResourcePolicy',
    ]),
  ),
  ...ask('sqs', failures, [
    'SetQueueAttributes',
    'AddPermission',
    'RemovePermission',
    'PurgeQueue',
    'DeleteQueue',
  ]),
  ...ask('sns', endings, [
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    // A filter that matches nothing keeps a subscription confirmed, and silent.
    'SetSubscriptionAttributes',
    'Unsubscribe',
  ]),
  ...ask(
    'kms',
    key,
    ['PutKeyPolicy', 'DisableKey', 'ScheduleKeyDeletion', 'TagResource', 'UntagResource'],
    tagOfKey,
  ),
  ...[functionRole, bootstrapRole, role('deployment-pipeline'), breakGlass].flatMap((one) =>
    ask('iam', one, ['PutRolePolicy', 'DeleteRolePolicy']),
  ),
  ...ask('cloudwatch', alarm, ['DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm']),
  ...ask('s3', digest, ['PutObject', 'DeleteObject', 'DeleteObjectVersion', 'BypassGovernanceRetention']),
  ...ask('states', machine, [
    'StartExecution',
    'StartSyncExecution',
    'UpdateStateMachine',
    'DeleteStateMachine',
    'PublishStateMachineVersion',
    'CreateStateMachineAlias',
  ]),
  ...ask('states', execution, ['RedriveExecution']),
  ...ask('scheduler', closing, ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule']),
  ...ask('scheduler', group, ['DeleteScheduleGroup']),
  ...ask('s3', report, ['PutObject', 'DeleteObject', 'DeleteObjectVersion']),
  ...ask('s3', reports, [
    'PutBucketPolicy',
    'DeleteBucketPolicy',
    'PutLifecycleConfiguration',
    'DeleteBucket',
  ]),
  ...ask('s3', digests, [
    'PutBucketPolicy',
    'DeleteBucketPolicy',
    'PutLifecycleConfiguration',
    'PutBucketObjectLockConfiguration',
    'DeleteBucket',
  ]),
  ...ask('s3', 'arn:aws:s3:::cdk-hnb659fds-assets-222222222222-eu-central-1/0a1b.zip', ['PutObject']),
  ...ask('cloudformation', stack, [
    'CreateStack',
    'UpdateStack',
    'DeleteStack',
    'CreateChangeSet',
    'ExecuteChangeSet',
    'SetStackPolicy',
  ]),
];

/** For the deployment and whoever breaks the glass. */
const inAnEmergency: readonly Asked[] = [
  ...ask('ssm', parameter, ['PutParameter', 'DeleteParameter']),
  ...[failures, arnOf('AWS::SQS::Queue', /Parking/)].flatMap((queue) =>
    ask('sqs', queue, [
      'SendMessage',
      'DeleteMessage',
      // Whoever takes a message keeps it from the give-up, for half a day if they like.
      'ReceiveMessage',
      'ChangeMessageVisibility',
      'StartMessageMoveTask',
    ]),
  ),
  // The switch stops what the lanes do; this stops that they are asked.
  ...ask('states', execution, ['StopExecution']),
  ...taskRoles.flatMap((one) => ask('iam', one, ['PutRolePolicy', 'DeleteRolePolicy'])),
];

const elsewhere = `arn:aws:lambda:${here}:function:something-else`;

/** For everybody: reading, and what is not the product's. */
const left: readonly Asked[] = [
  ...ask('lambda', elsewhere, ['InvokeFunction', 'UpdateFunctionCode']),
  ...ask('lambda', mapping, ['UpdateEventSourceMapping'], { 'lambda:FunctionArn': elsewhere }),
  ...ask('lambda', lane, ['GetFunction']),
  ...ask('iam', role('something-else'), ['PassRole']),
  ...ask('kms', `arn:aws:kms:${here}:key/something-else`, ['PutKeyPolicy', 'DisableKey', 'TagResource']),
  ...ask('sqs', `arn:aws:sqs:${here}:something-else`, ['ReceiveMessage', 'DeleteMessage']),
  ...ask('sns', `arn:aws:sns:${here}:something-else`, ['Unsubscribe', 'SetSubscriptionAttributes']),
  ...ask('iam', taskRole, ['GetRole']),
  ...ask('dynamodb', trail, ['Query', 'GetItem']),
  ...ask('dynamodb', `arn:aws:dynamodb:${here}:table/something-else`, ['PutItem']),
  ...ask('sqs', failures, ['GetQueueAttributes']),
  ...ask('sns', endings, ['Subscribe']),
  ...ask('s3', digest, ['GetObject']),
  ...ask('s3', report, ['GetObject']),
  ...ask('states', machine, ['DescribeStateMachine', 'ListExecutions']),
  ...ask('states', execution, ['DescribeExecution', 'GetExecutionHistory']),
  ...ask('states', `arn:aws:states:${here}:stateMachine:something-else`, [
    'StartExecution',
    'UpdateStateMachine',
  ]),
  ...ask('scheduler', closing, ['GetSchedule']),
  ...ask('scheduler', `arn:aws:scheduler:${here}:schedule/default/something-else`, ['CreateSchedule']),
  ...ask('ssm', parameter, ['GetParameter']),
  ...ask('cloudformation', stack, ['DescribeStacks']),
  ...ask('events', bus, ['PutEvents']),
];

/** Roles that are not the product's: an administrator's to change, and not for whoever breaks the glass. */
const inlinePoliciesElsewhere = ask('iam', role('something-else'), ['PutRolePolicy', 'DeleteRolePolicy']);

test('an account takes them: five at most, with FullAWSAccess', () => {
  expect(files).toEqual(['functions-and-roles.json', 'records-and-messages.json']);
});

test('they are about the account of the examples alone, and only deny', () => {
  const statements = policies.flatMap(({ Statement }) => Statement);
  expect(new Set(statements.map(({ Effect }) => Effect))).toEqual(new Set(['Deny']));
  expect(new Set(JSON.stringify(policies).match(/\b\d{12}\b/g))).toEqual(new Set(['222222222222']));
});

test('an administrator is denied each of it, and left the rest', async () => {
  const denied = [...guarded, ...inAnEmergency];
  expect(await notAnswered('ExplicitlyDenied', administrator, denied)).toEqual([]);
  expect(await notAnswered('Allowed', administrator, [...left, ...inlinePoliciesElsewhere])).toEqual([]);
});

test('whoever breaks the glass can turn the switch, empty and fill the queues, and write what the task roles may', async () => {
  const denied = [...guarded, ...inlinePoliciesElsewhere];
  expect(await notAnswered('ExplicitlyDenied', breakGlass, denied)).toEqual([]);
  expect(await notAnswered('Allowed', breakGlass, [...inAnEmergency, ...left])).toEqual([]);
});

test.each(deploying)('%s is not held up', async (principal) => {
  expect(await notAnswered('Allowed', principal, [...guarded, ...inAnEmergency, ...left])).toEqual([]);
});

test('nobody but the task roles opens a root session, the deployment included', async () => {
  const session = ask('sts', 'arn:aws:iam::156041421443:root', ['AssumeRoot']);
  for (const principal of [administrator, breakGlass, ...deploying]) {
    expect(await notAnswered('ExplicitlyDenied', principal, session)).toEqual([]);
  }
});

const ownRoles = resources.filter(({ type }) => type === 'AWS::IAM::Role');

test.each(ownRoles.map((one) => [one.name, one] as const))(
  '%s is denied nothing that its own policies allow',
  async (_name, one) => {
    const allowed = statementsOfRole(resources, one)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action, Resource = [] }) =>
        [Action]
          .flat()
          .flatMap((action) =>
            [Resource].flat().map((pattern) => ({ action, resource: exampleOf(action, pattern) })),
          ),
      );
    expect(allowed.length).toBeGreaterThan(0);
    expect(await notAnswered('Allowed', one.attribute('Arn'), allowed)).toEqual([]);
  },
);

/** What the action is asked about: a resource that the statement's pattern stands for. */
function exampleOf(action: string, pattern: string): string {
  if (action === 'organizations:DescribeAccount') {
    return 'arn:aws:organizations::111111111111:account/o-exampleorgid/156041421443';
  }
  if (action === 'organizations:DescribeOrganization') return '*';
  if (action.endsWith('ForParent')) return 'arn:aws:organizations::111111111111:root/o-exampleorgid/r-ab12';
  // AWS takes no resource for it, whatever a policy names.
  if (action === 'dynamodb:ListStreams') return '*';
  if (pattern === '*') return pattern;
  return pattern
    .replace(':iam::*:', ':iam::222222222222:')
    .replace(/(:log-group:.*):\*$/, '$1:log-stream:x')
    .replace(/(:execution:[^/]*\/)\*$/, '$1visits:x')
    .replace(/\*$/, 'x');
}
