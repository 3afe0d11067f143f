import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { excluded, ownSettings } from '../own-settings.ts';
import { account } from '../scenes/scene.ts';
import { firstScene } from '../scenes/scenes.ts';
import {
  type Desk,
  delegatedAdministrator,
  everyLane,
  insider,
  laneOf,
  management,
  openDesk,
  otherMember,
  otherTaskPolicies,
  sessionPolicyFor,
  targetOf,
  taskPolicyOf,
} from './desk.ts';

/** The product's code plays no part here: somebody holds the credentials of its roles and calls AWS as they please. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
afterAll(() => desk.close());

const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
const accounts = [account, otherMember, management, delegatedAdministrator];

describe.each(everyLane)('the role of the function of $task', (scene) => {
  const task = taskPolicyOf(scene);

  it('opens no root session by itself, wherever and with whatever task policy', async () => {
    for (const target of accounts)
      for (const policy of [task, ...otherTaskPolicies(scene)])
        await expect(desk.assumeRoot(desk.lane(scene), target, policy)).rejects.toMatchObject(denied);
  });

  it('opens one by way of the task role', async () => {
    const root = await desk.rootSession(scene);
    const identity = await new STSClient(desk.as(root)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:iam::${account}:root`);
  });

  it("assumes no other role of the stack, nor another lane's task role", async () => {
    const own = desk.role(`${laneOf(scene)}TaskRole`).arn;
    const others = desk.world.deployment.roles.filter(({ arn }) => arn !== own);
    expect(others.length).toBeGreaterThan(everyLane.length);
    for (const { arn } of others)
      await expect(desk.assumeTaskRole(scene, desk.lane(scene), { RoleArn: arn })).rejects.toMatchObject(
        denied,
      );
  });
});

describe.each(everyLane)('the task role of $task is not assumed', (scene) => {
  it('without a source identity', async () => {
    const without = { SourceIdentity: undefined };
    await expect(desk.assumeTaskRole(scene, desk.lane(scene), without)).rejects.toMatchObject(denied);
  });

  it('by the role of any function but its own', async () => {
    const own = `${laneOf(scene)}FunctionRole`;
    const roles = desk.world.deployment.functions.map(({ roleArn }) => roleArn);
    const others = desk.world.deployment.roles.filter(
      ({ arn, logicalId }) => roles.includes(arn) && !logicalId.includes(own),
    );
    expect(others.length).toBeGreaterThan(3);
    for (const { arn } of others) {
      const somebody = desk.world.aws.credentialsForRole(arn, 'somebody', 'no-environment');
      await expect(desk.assumeTaskRole(scene, somebody)).rejects.toMatchObject(denied);
    }
  });

  it.each([
    ['an administrator of the delegated administrator account', insider],
    ['an administrator of the management account', `arn:aws:iam::${management}:role/admin`],
    ['an administrator of the target account', `arn:aws:iam::${account}:role/admin`],
    ['the ticket system', 'arn:aws:iam::333333333333:role/ticketing'],
    ['a stranger', 'arn:aws:iam::999999999999:role/admin'],
  ])('by %s', async (_, arn) => {
    const somebody = desk.world.aws.credentialsForPrincipal(arn);
    await expect(desk.assumeTaskRole(scene, somebody)).rejects.toMatchObject(denied);
  });

  it('by itself, nor by a root session', async () => {
    const taskRole = await desk.assumeTaskRole(scene, desk.lane(scene));
    await expect(desk.assumeTaskRole(scene, taskRole)).rejects.toMatchObject(denied);
    await expect(desk.assumeTaskRole(scene, await desk.rootSession(scene))).rejects.toMatchObject(denied);
  });
});

describe.each(everyLane)('the task role of $task opens no root session', (scene) => {
  const task = taskPolicyOf(scene);
  const otherTasks = otherTaskPolicies(scene);
  const taskRole = (more?: object) => desk.assumeTaskRole(scene, desk.lane(scene), more);

  it.each(otherTasks)('under %s', async (policy) => {
    await expect(desk.assumeRoot(await taskRole(), account, policy)).rejects.toMatchObject(denied);
  });

  it('in the management account, its own account, or one outside the organization', async () => {
    const role = await taskRole();
    await expect(desk.assumeRoot(role, otherMember, task)).resolves.toBeDefined();
    for (const target of [management, delegatedAdministrator, '999999999999'])
      await expect(desk.assumeRoot(role, target, task)).rejects.toMatchObject(denied);
  });

  it('in any other account, under the session policy with which the product takes it on', async () => {
    const narrowed = await taskRole({ Policy: sessionPolicyFor(account, task) });
    await expect(desk.assumeRoot(narrowed, account, task)).resolves.toBeDefined();
    for (const target of [otherMember, management, delegatedAdministrator])
      await expect(desk.assumeRoot(narrowed, target, task)).rejects.toMatchObject(denied);
    for (const policy of otherTasks)
      await expect(desk.assumeRoot(narrowed, account, policy)).rejects.toMatchObject(denied);
  });

  it('in the management account or its own, whatever a session policy says', async () => {
    for (const target of [management, delegatedAdministrator]) {
      const widened = await taskRole({ Policy: sessionPolicyFor(target, task) });
      await expect(desk.assumeRoot(widened, target, task)).rejects.toMatchObject(denied);
    }
  });
});

/** One construct makes the task roles of all lanes: one lane is enough for what only the settings change. */
describe('a task role under settings that exclude an account', () => {
  const task = taskPolicyOf(firstScene);
  let strict: Desk;
  beforeAll(async () => {
    strict = await openDesk(ownSettings);
  }, 60_000);
  afterAll(() => strict.close());

  it('opens root sessions in others, and none there, whatever a session policy says', async () => {
    const lane = strict.lane(firstScene);
    for (const more of [{}, { Policy: sessionPolicyFor(excluded, task) }]) {
      const role = await strict.assumeTaskRole(firstScene, lane, more);
      await expect(strict.assumeRoot(role, excluded, task)).rejects.toMatchObject(denied);
    }
    const role = await strict.assumeTaskRole(firstScene, lane);
    await expect(strict.assumeRoot(role, otherMember, task)).resolves.toBeDefined();
  });
});

describe('credentials that are not what they should be', () => {
  const task = taskPolicyOf(firstScene);
  const ask = (credentials: Parameters<Desk['as']>[0]) =>
    new STSClient(desk.as(credentials)).send(new GetCallerIdentityCommand({}));

  it('expired: a root session is over after its minute, a task role after its quarter of an hour', async () => {
    const taskRole = await desk.assumeTaskRole(firstScene, desk.lane(firstScene), { DurationSeconds: 900 });
    const root = await desk.assumeRoot(taskRole, account, task);
    await desk.world.advance(61_000);
    await expect(ask(root)).rejects.toMatchObject({ name: 'ExpiredToken' });
    await expect(new S3Client(desk.as(root)).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
    await desk.world.advance(900_000);
    await expect(desk.assumeRoot(taskRole, account, task)).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  it('forged: a key that was never issued, another secret, another token', async () => {
    const root = await desk.rootSession(firstScene);
    const { sessionToken } = desk.lane(firstScene);
    await expect(ask({ ...root, accessKeyId: 'ASIAFORGEDFORGED0000' })).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await expect(ask({ ...root, secretAccessKey: 'c2VjcmV0' })).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await expect(ask({ ...root, sessionToken })).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  it('unsigned', async () => {
    const body = new URLSearchParams({
      Action: 'AssumeRoot',
      Version: '2011-06-15',
      TargetPrincipal: account,
      'TaskPolicyArn.arn': task,
    });
    const answer = await fetch(desk.world.aws.endpoint, { method: 'POST', body });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('MissingAuthenticationToken');
    const name = targetOf(firstScene);
    const deletion = await fetch(`${desk.world.aws.endpoint}/${name}?policy`, { method: 'DELETE' });
    expect(deletion.status).toBe(403);
    expect(firstScene.policyAtTheEnd(desk.world.organization, name)).toEqual(firstScene.lockOut(name));
  });
});
