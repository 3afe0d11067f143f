import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf } from './policies.ts';

/** The tables beside the trail: they prove nothing, but who writes there could hold things up. */
const given = givenStack();
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const administrator = role('Admin');
const root = 'arn:aws:iam::222222222222:root';
const deployment = role('cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1');
const lanes = [
  'UnlockS3Bucket',
  'UnlockSqsQueue',
  'RestoreS3BucketPolicy',
  'RestoreSqsQueuePolicy',
  'AuditRootCredentials',
  'DeleteRootCredentials',
  'AllowRootPasswordRecovery',
  'CloseRootPasswordRecovery',
].map((lane) => role(`${lane}-Function-Role`));
const runs = ['Begin', 'Collate'].map((part) => role(`OrganizationRuns-${part}-Function-Role`));
const planner = role('OrganizationRuns-Plan-Function-Role');
const machine = role('OrganizationRuns-DeleteRootCredentials-Role');
const notify = role('Announcements-Notify-Role');
const publish = role('Announcements-Publish-Role');

const never = ['BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'];
const tables = [
  {
    table: 'DeliveryLocks-Table',
    writers: [...lanes, ...runs, role('GiveUp-Function-Role'), role('Sweep-Function-Role')],
    others: [notify, publish, planner, machine, role('Refusals-Function-Role'), role('Digest-Function-Role')],
    writes: ['PutItem', 'UpdateItem', 'DeleteItem'],
    never,
  },
  {
    table: 'Announcements-Announced-Table',
    writers: [notify, publish],
    others: [...lanes, ...runs, planner, machine, role('GiveUp-Function-Role'), role('Sweep-Function-Role')],
    writes: ['PutItem', 'UpdateItem'],
    never: ['DeleteItem', ...never],
  },
] as const;

describe.each(tables)('$table', ({ table, writers, others, writes, never }) => {
  const { properties } = given.one('AWS::DynamoDB::GlobalTable', table);
  const [replica] = properties.Replicas as [{ ResourcePolicy: { PolicyDocument: unknown } }];
  const policy = documentOf(replica.ResourcePolicy.PolicyDocument);

  /** Whether the table lets a principal do it that its own policies would let do anything. */
  async function lets(principal: string, action: string): Promise<boolean> {
    const decision = await decisionOn({
      principal,
      action: `dynamodb:${action}`,
      resource: `arn:aws:dynamodb:eu-central-1:222222222222:table/${table}`,
      resourcePolicy: policy,
    });
    return decision === 'Allowed';
  }

  test.each(writes)('%s is for its writers alone', async (action) => {
    for (const writer of writers) expect([writer, await lets(writer, action)]).toEqual([writer, true]);
    for (const other of [...others, administrator, root, deployment]) {
      expect([other, await lets(other, action)]).toEqual([other, false]);
    }
  });

  test.each(never)('%s is for nobody', async (action) => {
    for (const principal of [...writers, administrator, root, deployment]) {
      expect([principal, await lets(principal, action)]).toEqual([principal, false]);
    }
  });

  test('reading is left to whoever may read', async () => {
    expect(await lets(administrator, 'GetItem')).toBe(true);
  });

  test.each([
    'UpdateTable',
    'DeleteTable',
    'UpdateTimeToLive',
    'UpdateContinuousBackups',
    'PutResourcePolicy',
    'DeleteResourcePolicy',
  ])('%s is for the deployment role alone', async (action) => {
    expect(await lets(deployment, action)).toBe(true);
    for (const other of [administrator, ...writers]) expect(await lets(other, action)).toBe(false);
  });

  test('lapses by itself, and can be brought back to a point in time', () => {
    expect(properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    });
  });
});

test('the locks are where Powertools looks for them', () => {
  expect(given.one('AWS::DynamoDB::GlobalTable', 'DeliveryLocks-Table').properties).toMatchObject({
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
});

test('what was told is found by entry and channel', () => {
  expect(given.one('AWS::DynamoDB::GlobalTable', 'Announced-Table').properties).toMatchObject({
    KeySchema: [
      { AttributeName: 'entry', KeyType: 'HASH' },
      { AttributeName: 'channel', KeyType: 'RANGE' },
    ],
  });
});
