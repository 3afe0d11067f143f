import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf } from './policies.ts';

const given = givenStack();
const table = given.one('AWS::DynamoDB::GlobalTable', 'AuditTrail-Table');
const [replica = {}] = table.properties.Replicas as Record<string, unknown>[];
const trail = 'arn:aws:dynamodb:eu-central-1:222222222222:table/AuditTrail-Table';

const administrator = 'arn:aws:iam::222222222222:role/Admin';
const root = 'arn:aws:iam::222222222222:root';
const lane = 'arn:aws:iam::222222222222:role/UnlockS3Bucket-Function-Role';
const queueLane = 'arn:aws:iam::222222222222:role/UnlockSqsQueue-Function-Role';
const giveUp = 'arn:aws:iam::222222222222:role/GiveUp-Function-Role';
const sweep = 'arn:aws:iam::222222222222:role/Sweep-Function-Role';
const digest = 'arn:aws:iam::222222222222:role/Digest-Function-Role';
const refusals = 'arn:aws:iam::222222222222:role/Refusals-Function-Role';
const notify = 'arn:aws:iam::222222222222:role/Announcements-Notify-Role';
const taskRole = 'arn:aws:iam::222222222222:role/UnlockS3Bucket-TaskRole-Role';
const credentialLanes = ['AuditRootCredentials', 'DeleteRootCredentials', 'AllowRootPasswordRecovery']
  .concat('CloseRootPasswordRecovery')
  .map((name) => `arn:aws:iam::222222222222:role/${name}-Function-Role`);
const runs = ['Begin', 'Plan', 'Collate'].map(
  (part) => `arn:aws:iam::222222222222:role/OrganizationRuns-${part}-Function-Role`,
);
const machine = 'arn:aws:iam::222222222222:role/OrganizationRuns-DeleteRootCredentials-Role';
const scheduler = 'arn:aws:iam::222222222222:role/Closings-SchedulerRole-Role';
const deployment = 'arn:aws:iam::222222222222:role/cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1';

/** Whether the table lets a principal do it that its own policies would let do anything. */
async function tableLets(principal: string, action: string, stack = given): Promise<boolean> {
  const [first] = stack.one('AWS::DynamoDB::GlobalTable', 'AuditTrail-Table').properties.Replicas as [
    { ResourcePolicy: { PolicyDocument: unknown } },
  ];
  const resourcePolicy = documentOf(first.ResourcePolicy.PolicyDocument);
  const decision = await decisionOn({
    principal,
    action: `dynamodb:${action}`,
    resource: trail,
    resourcePolicy,
  });
  return decision === 'Allowed';
}

describe('appending', () => {
  test.each([lane, queueLane, ...credentialLanes, ...runs, refusals, giveUp, sweep])(
    'is for %s',
    async (writer) => {
      expect(await tableLets(writer, 'PutItem')).toBe(true);
    },
  );
  test.each([administrator, root, notify, digest, taskRole, machine, scheduler, deployment])(
    'is not for %s',
    async (other) => {
      expect(await tableLets(other, 'PutItem')).toBe(false);
    },
  );
});

describe('changing an entry is for nobody', () => {
  const principals = [administrator, root, lane, refusals, deployment];
  const actions = [
    'UpdateItem',
    'DeleteItem',
    'BatchWriteItem',
    'PartiQLInsert',
    'PartiQLUpdate',
    'PartiQLDelete',
  ];
  test.each(principals.flatMap((principal) => actions.map((action) => [principal, action] as const)))(
    '%s: %s',
    async (principal, action) => expect(await tableLets(principal, action)).toBe(false),
  );
});

describe('changing the table', () => {
  const actions = [
    'UpdateTable',
    'DeleteTable',
    'UpdateTimeToLive',
    'UpdateContinuousBackups',
    'PutResourcePolicy',
    'DeleteResourcePolicy',
  ];
  test.each(actions)('%s is for the deployment role', async (action) => {
    expect(await tableLets(deployment, action)).toBe(true);
  });
  test.each(actions)('%s is for nobody else', async (action) => {
    for (const principal of [administrator, lane]) expect(await tableLets(principal, action)).toBe(false);
  });
  test('is for the roles that the settings name beside it, never in its place', async () => {
    const own = 'arn:aws:iam::222222222222:role/deployment';
    const named = givenStack('ownDeployment');
    expect(await tableLets(own, 'UpdateTable', named)).toBe(true);
    expect(await tableLets(deployment, 'UpdateTable', named)).toBe(true);
    expect(await tableLets(administrator, 'UpdateTable', named)).toBe(false);
  });
});

test('reading is left to whoever may read', async () => {
  for (const action of ['GetItem', 'Query']) expect(await tableLets(administrator, action)).toBe(true);
});

test('the table keeps what it has', () => {
  expect(replica).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  expect(table.deletionPolicy).toBe('Retain');
  expect(table.properties).not.toHaveProperty('TableName');
  expect(table.properties).not.toHaveProperty('TimeToLiveSpecification');
});

test('its stream shows what an entry was before somebody changed it', () => {
  expect(table.properties).toMatchObject({ StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } });
});

test('an entry is found by request and sequence', () => {
  expect(table.properties).toMatchObject({
    KeySchema: [
      { AttributeName: 'requestId', KeyType: 'HASH' },
      { AttributeName: 'sequence', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: expect.arrayContaining([
      { AttributeName: 'requestId', AttributeType: 'S' },
      { AttributeName: 'sequence', AttributeType: 'N' },
    ]),
  });
});

test.each([
  ['byAccount', 'accountId'],
  ['byTarget', 'targetPath'],
  ['byMonth', 'month'],
])('index %s lists requests by time, without their content', (IndexName, attribute) => {
  expect(table.properties).toMatchObject({
    GlobalSecondaryIndexes: expect.arrayContaining([
      {
        IndexName,
        KeySchema: [
          { AttributeName: attribute, KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['kind', 'ending', 'code'] },
      },
    ]),
  });
});
