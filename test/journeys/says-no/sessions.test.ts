import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { account } from '../given.ts';
import {
  type Desk,
  delegatedAdministrator,
  excluded,
  insider,
  management,
  openDesk,
  otherMember,
  otherTasks,
  s3Task,
  sessionPolicyFor,
} from './desk.ts';

/** The product's code plays no part here: somebody holds the credentials of its roles and calls AWS as they please. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
afterAll(() => desk.close());

const lane = () => desk.functionRole('UnlockS3BucketFunction');
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

describe('the role of the function', () => {
  it('opens no root session by itself, wherever and with whatever task policy', async () => {
    for (const target of [account, otherMember, management, delegatedAdministrator])
      for (const task of [s3Task, ...otherTasks])
        await expect(desk.assumeRoot(lane(), target, task)).rejects.toMatchObject(denied);
  });

  it('opens one by way of the task role', async () => {
    const root = await desk.assumeRoot(await desk.assumeTaskRole(lane()));
    const identity = await new STSClient(desk.as(root)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:iam::${account}:root`);
  });

  it('assumes no other role of the stack', async () => {
    for (const { arn } of desk.world.deployment.roles.filter(
      ({ logicalId }) => !logicalId.includes('TaskRole'),
    ))
      await expect(desk.assumeTaskRole(lane(), { RoleArn: arn })).rejects.toMatchObject(denied);
  });
});

describe('the task role is not assumed', () => {
  it('without a source identity', async () => {
    await expect(desk.assumeTaskRole(lane(), { SourceIdentity: undefined })).rejects.toMatchObject(denied);
  });

  it.each(['RefusalsFunctionRole', 'NotifyRole', 'PublishRole'])('by %s', async (part) => {
    await expect(desk.assumeTaskRole(desk.functionRole(part))).rejects.toMatchObject(denied);
  });

  it.each([
    ['an administrator of the delegated administrator account', insider],
    ['an administrator of the management account', `arn:aws:iam::${management}:role/admin`],
    ['an administrator of the target account', `arn:aws:iam::${account}:role/admin`],
    ['the ticket system', 'arn:aws:iam::333333333333:role/ticketing'],
    ['a stranger', 'arn:aws:iam::999999999999:role/admin'],
  ])('by %s', async (_, arn) => {
    const somebody = desk.world.aws.credentialsForPrincipal(arn);
    await expect(desk.assumeTaskRole(somebody)).rejects.toMatchObject(denied);
  });

  it('by itself, nor by a root session', async () => {
    const taskRole = await desk.assumeTaskRole(lane());
    await expect(desk.assumeTaskRole(taskRole)).rejects.toMatchObject(denied);
    await expect(desk.assumeTaskRole(await desk.assumeRoot(taskRole))).rejects.toMatchObject(denied);
  });
});

describe('the task role opens no root session', () => {
  it.each(otherTasks)('under %s', async (task) => {
    const taskRole = await desk.assumeTaskRole(lane());
    await expect(desk.assumeRoot(taskRole, account, task)).rejects.toMatchObject(denied);
  });

  it('in the management account, an excluded one, or one outside the organization', async () => {
    const taskRole = await desk.assumeTaskRole(lane());
    await expect(desk.assumeRoot(taskRole, otherMember)).resolves.toBeDefined();
    for (const target of [management, excluded, '999999999999'])
      await expect(desk.assumeRoot(taskRole, target)).rejects.toMatchObject(denied);
  });

  it('in any other account, under the session policy with which the product takes it on', async () => {
    const narrowed = await desk.assumeTaskRole(lane(), { Policy: sessionPolicyFor(account) });
    await expect(desk.assumeRoot(narrowed)).resolves.toBeDefined();
    for (const target of [otherMember, excluded, management, delegatedAdministrator])
      await expect(desk.assumeRoot(narrowed, target)).rejects.toMatchObject(denied);
    for (const task of otherTasks)
      await expect(desk.assumeRoot(narrowed, account, task)).rejects.toMatchObject(denied);
  });

  it('in an excluded account or the management account, whatever a session policy says', async () => {
    for (const target of [excluded, management]) {
      const widened = await desk.assumeTaskRole(lane(), { Policy: sessionPolicyFor(target) });
      await expect(desk.assumeRoot(widened, target)).rejects.toMatchObject(denied);
    }
  });
});

describe('credentials that are not what they should be', () => {
  const ask = (credentials: Parameters<Desk['as']>[0]) =>
    new STSClient(desk.as(credentials)).send(new GetCallerIdentityCommand({}));

  it('expired: a root session is over after its minute, a task role after its quarter of an hour', async () => {
    const taskRole = await desk.assumeTaskRole(lane(), { DurationSeconds: 900 });
    const root = await desk.assumeRoot(taskRole);
    await desk.world.advance(61_000);
    await expect(ask(root)).rejects.toMatchObject({ name: 'ExpiredToken' });
    await expect(new S3Client(desk.as(root)).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
    await desk.world.advance(900_000);
    await expect(desk.assumeRoot(taskRole)).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  it('forged: a key that was never issued, another secret, another token', async () => {
    const root = await desk.assumeRoot(await desk.assumeTaskRole(lane()));
    const { sessionToken } = lane();
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
      'TaskPolicyArn.arn': s3Task,
    });
    const answer = await fetch(desk.world.aws.endpoint, { method: 'POST', body });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('MissingAuthenticationToken');
    const deletion = await fetch(`${desk.world.aws.endpoint}/project-prod-1?policy`, { method: 'DELETE' });
    expect(deletion.status).toBe(403);
    expect(desk.world.organization.accounts[0]?.buckets[0]?.policy).not.toBeNull();
  });
});
