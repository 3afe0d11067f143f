import {
  AssumeRoleCommand,
  AssumeRootCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import * as f from './fixture.ts';
import { assumeTaskRole, openRootSession } from './sessions.ts';

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld();
});
afterEach(() => world.aws.close());

const sts = (configuration: f.ClientConfiguration) => new STSClient(configuration);

const assumeRole = (more: object = {}) =>
  new AssumeRoleCommand({
    RoleArn: f.taskRole,
    RoleSessionName: 'rd-1',
    SourceIdentity: 'sec-1.ab',
    ...more,
  });
const assumeRoot = (more: object = {}) =>
  new AssumeRootCommand({
    TargetPrincipal: f.member,
    TaskPolicyArn: { arn: f.s3Task },
    DurationSeconds: 120,
    ...more,
  });

describe('GetCallerIdentity', () => {
  it('names the session of a role', async () => {
    const answer = await sts(world.asRole(f.functionRole)).send(new GetCallerIdentityCommand({}));
    expect(answer).toMatchObject({
      Account: f.admin,
      Arn: `arn:aws:sts::${f.admin}:assumed-role/unlock-function/unlock`,
    });
  });

  it('names the root user of a root session', async () => {
    const session = await openRootSession(world);
    const answer = await sts(world.as(session)).send(new GetCallerIdentityCommand({}));
    expect(answer).toMatchObject({
      Account: f.member,
      UserId: f.member,
      Arn: `arn:aws:iam::${f.member}:root`,
    });
  });
});

describe('AssumeRole', () => {
  it('hands out a session that keeps its source identity', async () => {
    const answer = await sts(world.asRole(f.functionRole)).send(assumeRole());
    expect(answer.SourceIdentity).toBe('sec-1.ab');
    expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${f.admin}:assumed-role/unlock-task/rd-1`);
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA/);
    const seconds = ((answer.Credentials?.Expiration?.getTime() ?? 0) - world.clock.now()) / 1000;
    expect(seconds).toBeGreaterThan(3590);
    expect(seconds).toBeLessThanOrEqual(3600);
  });

  it.each([
    ['without a source identity', f.functionRole, { SourceIdentity: undefined }],
    ['by another role, though it may do everything', f.otherFunctionRole, {}],
    ['by an administrator of the account', f.insider, {}],
    ['by a stranger', f.outsider, {}],
    ['when there is no such role', f.functionRole, { RoleArn: `arn:aws:iam::${f.admin}:role/nobody` }],
  ])('is refused %s', async (_, who, more) => {
    await expect(sts(world.as(who)).send(assumeRole(more))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: expect.stringMatching(
        /^User: arn:.* is not authorized to perform: sts:AssumeRole on resource: arn:\S+$/,
      ),
    });
  });

  it('refuses root, even the root user of the account', async () => {
    await expect(sts(world.as(`arn:aws:iam::${f.admin}:root`)).send(assumeRole())).rejects.toThrow(
      /not authorized/,
    );
  });

  it.each([
    [{ DurationSeconds: 899 }, 'ValidationError', /greater than or equal to 900/],
    [{ DurationSeconds: 3601 }, 'ValidationError', /1 hour session limit for roles assumed by role chaining/],
    [{ DurationSeconds: 43_201 }, 'ValidationError', /less than or equal to 43200/],
    [{ RoleSessionName: 'a' }, 'ValidationError', /greater than or equal to 2/],
    [{ SourceIdentity: 'no spaces' }, 'ValidationError', /regular expression/],
    [{ Policy: '{' }, 'MalformedPolicyDocument', /invalid Json/],
    [{ Policy: '{"Statement":[{"Effect":"Maybe"}]}' }, 'MalformedPolicyDocument', /Syntax errors/],
    [{ Tags: [{ Key: 'a', Value: 'b' }] }, 'NotImplemented', /does not model sts:AssumeRole with Tags/],
  ])('refuses %j', async (more, name, message) => {
    const refusal = await sts(world.asRole(f.functionRole))
      .send(assumeRole(more))
      .catch((error: Error) => error);
    expect(refusal).toMatchObject({ message: expect.stringMatching(message) });
    expect((refusal as Error).name).toMatch(name);
  });
});

describe('AssumeRoot', () => {
  it('opens a root session that carries the source identity of its caller', async () => {
    const task = await assumeTaskRole(world);
    const answer = await sts(world.as(task)).send(assumeRoot());
    expect(answer.SourceIdentity).toBe('sec-1.ab');
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA/);
  });

  it('takes the target as an ARN and a duration of 0', async () => {
    const task = await assumeTaskRole(world);
    const TargetPrincipal = `arn:aws:iam::${f.member}:root`;
    const answer = await sts(world.as(task)).send(assumeRoot({ TargetPrincipal, DurationSeconds: 0 }));
    expect(answer.Credentials?.SessionToken).toBeTruthy();
  });

  const plain = (target: string) =>
    new RegExp(
      `^User: arn:aws:\\S+ is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${target}:root$`,
    );

  it('is out of reach of the function role', async () => {
    await expect(sts(world.asRole(f.functionRole)).send(assumeRoot())).rejects.toThrow(plain(f.member));
  });

  it.each([
    ['another task policy', { TaskPolicyArn: { arn: f.sqsTask } }, f.member],
    ['the management account', { TargetPrincipal: f.management }, f.management],
    ['an account that is no member', { TargetPrincipal: '999999999999' }, '999999999999'],
  ])('is refused to the task role for %s', async (_, more, target) => {
    const task = await assumeTaskRole(world);
    await expect(sts(world.as(task)).send(assumeRoot(more))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(plain(target)),
    });
  });

  it('is confined by a session policy to the approved account', async () => {
    const Policy = JSON.stringify(f.policy(f.allow('sts:AssumeRoot', `arn:aws:iam::${f.member}:root`)));
    const task = await assumeTaskRole(world, { Policy });
    await expect(sts(world.as(task)).send(assumeRoot())).resolves.toBeDefined();
    await expect(sts(world.as(task)).send(assumeRoot({ TargetPrincipal: f.otherMember }))).rejects.toThrow(
      plain(f.otherMember),
    );
  });

  it('refuses an administrator outside the delegated administrator account, and a suspended target', async () => {
    await expect(sts(world.as(f.memberAdmin)).send(assumeRoot())).rejects.toThrow(plain(f.member));
    world.organization.accounts.push(f.account('777777777777', { state: 'SUSPENDED' }));
    const toSuspended = assumeRoot({ TargetPrincipal: '777777777777' });
    await expect(sts(world.as(f.insider)).send(toSuspended)).rejects.toThrow(plain('777777777777'));
  });

  it('says when trusted access is off', async () => {
    const task = await assumeTaskRole(world);
    world.organization.trustedAccess = false;
    await expect(sts(world.as(task)).send(assumeRoot())).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Service not enabled for AWS Organizations.',
    });
  });

  it.each([
    [
      f.s3Task,
      ['RootCredentialsManagement'],
      'Root sessions feature is not enabled for your AWS Organization.',
    ],
    [
      f.auditTask,
      ['RootSessions'],
      'Root credentials management feature is not enabled for your AWS Organization.',
    ],
  ])('says which feature %s lacks', async (arn, features, message) => {
    world.organization.features = features;
    await expect(sts(world.as(f.insider)).send(assumeRoot({ TaskPolicyArn: { arn } }))).rejects.toMatchObject(
      {
        name: 'AccessDenied',
        message,
      },
    );
  });

  it.each([
    [{ TargetPrincipal: `arn:aws:iam::${f.member}:role/x` }, 'Request must contain a valid target principal'],
    [
      { TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      'Request must contain valid AWS managed task policy ARN',
    ],
    [
      { TaskPolicyArn: {} },
      "1 validation error detected: Value null at 'taskPolicyArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      { DurationSeconds: 901 },
      "1 validation error detected: Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
  ])('refuses %j', async (more, message) => {
    await expect(sts(world.as(f.insider)).send(assumeRoot(more))).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    });
  });
});
