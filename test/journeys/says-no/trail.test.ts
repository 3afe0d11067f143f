import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { organizationTasks } from '../../../contract/root-tasks.ts';
import type { Credentials } from '../../../sandbox/parts.ts';
import { isTrail, trailOf } from '../../../sandbox/scenario/trail.ts';
import { everyScene } from '../scenes/scenes.ts';
import { type Desk, everyLane, insider, laneOf, openDesk } from './desk.ts';

/** The trail of one unlocked target of every kind, and people who would like it to say something else. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  for (const scene of everyScene) await desk.unlock(scene);
}, 60_000);
afterAll(() => desk.close());

function table() {
  const found = desk.world.deployment.tables.find(isTrail);
  if (found === undefined) throw new Error('the stack has a trail');
  return found;
}
const as = (credentials: Credentials) => new DynamoDBClient(desk.as(credentials));
/** Who may append; and all other roles of the stack. */
const writers = [
  ...everyLane.map((lane) => `${laneOf(lane)}FunctionRole`),
  'BeginFunctionRole',
  'PlanFunctionRole',
  'CollateFunctionRole',
  'RefusalsFunctionRole',
  'GiveUpFunctionRole',
  'SweepFunctionRole',
];
const roles = [
  ...writers,
  ...everyLane.map((lane) => `${laneOf(lane)}TaskRole`),
  ...organizationTasks.map((task) => `OrganizationRuns${laneOf({ task })}Role`),
  'ClosingsSchedulerRole',
  'NotifyRole',
  'PublishRole',
  'DigestFunctionRole',
];
const people: [string, () => Credentials][] = [
  ...roles.map((part): [string, () => Credentials] => [part, () => desk.functionRole(part)]),
  ['an administrator of its account', () => desk.world.aws.credentialsForPrincipal(insider)],
];

const writes = [
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
];

it('the stack has no role that is not tried here', () => {
  const own = roles.map((part) => desk.role(part).logicalId);
  expect(own.sort()).toEqual(desk.world.deployment.roles.map(({ logicalId }) => logicalId).sort());
});

/** Approved, acting, ended. */
const entries = 3 * everyScene.length;

describe.each(people)('%s', (_, credentials) => {
  it.each(writes)('may not dynamodb:%s on the trail', async (action) => {
    const { accessKeyId } = credentials();
    const request = { accessKeyId, action: `dynamodb:${action}`, resource: table().arn };
    expect(await desk.world.aws.decide(request)).toMatchObject({ allowed: false });
  });

  it('neither changes nor removes an entry', async () => {
    const before = await trailOf(desk.world);
    const [{ requestId = '', sequence = 0 } = {}] = before;
    const entry = { TableName: table().name, Key: marshall({ requestId, sequence }) };
    const change = {
      UpdateExpression: 'SET ending = :ending',
      ExpressionAttributeValues: marshall({ ':ending': 'refused' }),
    };
    const denied = { name: 'AccessDeniedException' };
    await expect(as(credentials()).send(new DeleteItemCommand(entry))).rejects.toMatchObject(denied);
    await expect(
      as(credentials()).send(new UpdateItemCommand({ ...entry, ...change })),
    ).rejects.toMatchObject(denied);
    expect(await trailOf(desk.world)).toEqual(before);
    expect(before).toHaveLength(entries);
  });
});

it.each(people.filter(([who]) => !writers.includes(who)))('%s puts no entry', async (_, credentials) => {
  const forged = marshall({ requestId: 'jira/sec-1/forged', sequence: 1, kind: 'approved' });
  const put = new PutItemCommand({ TableName: table().name, Item: forged });
  await expect(as(credentials()).send(put)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(await trailOf(desk.world)).toHaveLength(entries);
});

/** IAM cannot demand a condition on a put: so a put over an entry is not kept out, it is seen. */
it('on-call is paged when a role that may append overwrites an entry', async () => {
  const [first] = await trailOf(desk.world);
  const told = desk.world.journal.notifications.length;
  await as(desk.functionRole('RefusalsFunctionRole')).send(
    new PutItemCommand({
      TableName: table().name,
      Item: marshall({ ...first, at: '2026-01-01T00:00:00.000Z' }),
    }),
  );
  await desk.world.settle();

  expect(desk.world.journal.notifications.slice(told)).toMatchObject([
    { subject: expect.stringContaining('ALERT'), message: expect.stringContaining(`${first?.requestId}`) },
  ]);
});
