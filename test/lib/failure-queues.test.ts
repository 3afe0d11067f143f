import { failureQueues } from '../../contract/environment.ts';
import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf } from './policies.ts';

const given = givenStack();
const arnOf = (queue: string) => `arn:aws:sqs:eu-central-1:222222222222:${queue}`;
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const administrator = role('Admin');
const deployment = role('cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1');

const laneNames = [
  'UnlockS3Bucket',
  'UnlockSqsQueue',
  'RestoreS3BucketPolicy',
  'RestoreSqsQueuePolicy',
  'AuditRootCredentials',
  'DeleteRootCredentials',
  'AllowRootPasswordRecovery',
] as const;

/** Every queue, whether the give-up consumes it, and who may put messages there. */
const queues = [
  ...laneNames.map((lane) => ({
    queue: `${lane}-Failures-Queue`,
    consumed: true,
    senders: [`${lane}-Function-Role`],
  })),
  {
    queue: 'CloseRootPasswordRecovery-Failures-Queue',
    consumed: true,
    senders: ['CloseRootPasswordRecovery-Function-Role', 'Closings-SchedulerRole-Role'],
  },
  {
    queue: 'OrganizationRuns-Begin-Failures-Queue',
    consumed: true,
    senders: ['OrganizationRuns-Begin-Function-Role'],
  },
  { queue: 'Refusals-Failures-Queue', consumed: true, senders: ['Refusals-Function-Role'] },
  { queue: 'Announcements-NotifyFailures-Queue', consumed: false, senders: ['Announcements-Notify-Role'] },
  { queue: 'Announcements-PublishFailures-Queue', consumed: false, senders: ['Announcements-Publish-Role'] },
  { queue: 'Sweep-Failures-Queue', consumed: false, senders: ['Sweep-Function-Role'] },
  { queue: 'Digest-Failures-Queue', consumed: false, senders: ['Digest-Function-Role'] },
  { queue: 'Parking-Queue', consumed: false, senders: [] },
];
const everySender = queues.flatMap(({ senders }) => senders);

test('there is a queue for each thing that can fail, and one for what fails even then', () => {
  const found = given.resources.filter(({ type }) => type === 'AWS::SQS::Queue');
  expect(found.map(({ name }) => name).sort()).toEqual(queues.map(({ queue }) => queue).sort());
});

describe.each(queues)('$queue', ({ queue, consumed, senders }) => {
  const { Statement } = documentOf(
    given.one('AWS::SQS::QueuePolicy', `${queue}-Policy`).properties.PolicyDocument,
  );

  /** Whether the queue lets a principal do it that its own policies would let do anything. */
  async function lets(principal: string, action: string): Promise<boolean> {
    const decision = await decisionOn({
      principal,
      action: `sqs:${action}`,
      resource: arnOf(queue),
      resourcePolicy: { Version: '2012-10-17', Statement },
      context: { 'aws:PrincipalIsAWSService': 'false' },
    });
    return decision === 'Allowed';
  }

  test('keeps messages encrypted for 14 days, and five tries later in the parking queue', () => {
    expect(given.one('AWS::SQS::Queue', queue).properties).toEqual({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      ...(consumed && {
        VisibilityTimeout: 180,
        RedrivePolicy: { deadLetterTargetArn: arnOf('Parking-Queue'), maxReceiveCount: 5 },
      }),
    });
  });

  test('speaks TLS only', () => {
    expect(Statement[0]).toMatchObject({
      Effect: 'Deny',
      Action: 'sqs:*',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  test('takes messages from the functions that are wired to it, and from no other', async () => {
    const taken = [];
    for (const sender of everySender) if (await lets(role(sender), 'SendMessage')) taken.push(sender);
    expect(taken).toEqual(senders);
  });

  test('takes none from an administrator or root; from the deployment role it does, to move messages back', async () => {
    expect(await lets(administrator, 'SendMessage')).toBe(false);
    expect(await lets('arn:aws:iam::222222222222:root', 'SendMessage')).toBe(false);
    expect(await lets(deployment, 'SendMessage')).toBe(true);
  });

  test.each(['SetQueueAttributes', 'AddPermission', 'RemovePermission', 'PurgeQueue', 'DeleteQueue'])(
    '%s is for the deployment role alone',
    async (action) => {
      expect(await lets(deployment, action)).toBe(true);
      for (const other of [administrator, ...senders.map(role)])
        expect(await lets(other, action)).toBe(false);
    },
  );

  test('can be read, and a message that was dealt with deleted, by whoever may', async () => {
    for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
      expect(await lets(administrator, action)).toBe(true);
    }
  });
});

describe('the give-up', () => {
  const fn = given.one('AWS::Lambda::Function', 'GiveUp-Function-Handler');
  const mappings = given.resources.filter(
    ({ type, properties }) =>
      type === 'AWS::Lambda::EventSourceMapping' && properties.FunctionName === fn.name,
  );

  test('takes from each queue one message at a time, and nothing else', () => {
    expect(mappings.map(({ properties }) => properties)).toEqual(
      queues
        .filter(({ consumed }) => consumed)
        .map(({ queue }) => ({
          FunctionName: fn.name,
          EventSourceArn: arnOf(queue),
          BatchSize: 1,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        })),
    );
  });

  test('knows whose failures each queue holds', () => {
    const { Variables } = fn.properties.Environment as { Variables: Record<string, string> };
    expect(failureQueues.parse(JSON.parse(String(Variables.FAILURE_QUEUES)))).toEqual({
      [arnOf('UnlockS3Bucket-Failures-Queue')]: 'unlock-s3-bucket',
      [arnOf('UnlockSqsQueue-Failures-Queue')]: 'unlock-sqs-queue',
      [arnOf('RestoreS3BucketPolicy-Failures-Queue')]: 'restore-s3-bucket-policy',
      [arnOf('RestoreSqsQueuePolicy-Failures-Queue')]: 'restore-sqs-queue-policy',
      [arnOf('AuditRootCredentials-Failures-Queue')]: 'audit-root-credentials',
      [arnOf('DeleteRootCredentials-Failures-Queue')]: 'delete-root-credentials',
      [arnOf('AllowRootPasswordRecovery-Failures-Queue')]: 'allow-root-password-recovery',
      [arnOf('CloseRootPasswordRecovery-Failures-Queue')]: 'close-root-password-recovery',
      [arnOf('OrganizationRuns-Begin-Failures-Queue')]: 'organization-runs',
      [arnOf('Refusals-Failures-Queue')]: 'refusals',
    });
  });

  test('has six times its own time before a message comes again', () => {
    expect(fn.properties.Timeout).toBe(30);
    expect(given.one('AWS::SQS::Queue', 'Refusals-Failures-Queue').properties.VisibilityTimeout).toBe(6 * 30);
  });
});

test('the settings name who may move messages back, and that is all that these may', async () => {
  const own = role('on-call');
  const named = givenStack('ownOperator');
  const { Statement } = documentOf(
    named.one('AWS::SQS::QueuePolicy', 'Refusals-Failures-Queue-Policy').properties.PolicyDocument,
  );
  const sending = (principal: string, action = 'sqs:SendMessage') =>
    decisionOn({
      principal,
      action,
      resource: arnOf('Refusals-Failures-Queue'),
      resourcePolicy: { Version: '2012-10-17', Statement },
      context: { 'aws:PrincipalIsAWSService': 'false' },
    });
  expect(await sending(own)).toBe('Allowed');
  expect(await sending(deployment)).toBe('Allowed');
  expect(await sending(role('administrator'))).toBe('ExplicitlyDenied');
  expect(await sending(own, 'sqs:SetQueueAttributes')).toBe('ExplicitlyDenied');
  expect(await sending(own, 'sqs:PurgeQueue')).toBe('ExplicitlyDenied');
});
