import { STSClient } from '@aws-sdk/client-sts';
import { RootSessions, sourceIdentityOf } from '../../../../lambdas/root-task/adapters/root-sessions.ts';
import { GivenLane, taskRole } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { answering, awsError } from '../../given/sent.ts';
import { claimedBy } from '../../given/standing.ts';

const taskPolicyArn = 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy';
const sessions = new RootSessions({
  region: 'eu-central-1',
  partition: 'aws',
  taskRoleArn: 'arn:aws:iam::222222222222:role/task',
  taskPolicyArn,
});
const Credentials = {
  AccessKeyId: 'ASIAROOT',
  SecretAccessKey: 'secret',
  SessionToken: 'token',
  Expiration: new Date('2026-11-20T10:01:00Z'),
};

async function givenClaimed() {
  const { lane } = new GivenLane();
  return claimedBy(givenRequest(), lane);
}

afterEach(() => jest.restoreAllMocks());

describe('the task role', () => {
  it('is assumed for one account and one task policy, with the ticket as its source identity', async () => {
    const sent = answering(STSClient, () => ({ Credentials }));
    const role = await sessions.assumeTaskRole(givenRequest());
    expect(sent).toMatchObject([{ command: 'AssumeRoleCommand', region: 'eu-central-1' }]);
    const { Policy, ...input } = Object(sent[0]?.input);
    expect(input).toEqual({
      RoleArn: 'arn:aws:iam::222222222222:role/task',
      RoleSessionName: expect.stringMatching(/^rd-[0-9a-f]{16}$/),
      SourceIdentity: expect.stringMatching(/^SEC-1234\.[0-9a-f]{16}$/),
      DurationSeconds: 900,
    });
    expect(JSON.parse(Policy ?? 'null')).toEqual({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRoot',
        Resource: 'arn:aws:iam::156041421443:root',
        Condition: { ArnEquals: { 'sts:TaskPolicyArn': taskPolicyArn } },
      },
    });
    expect(role).toMatchObject({
      kind: 'task-role',
      sourceIdentity: input.SourceIdentity,
      sessionName: input.RoleSessionName,
    });
  });
});

describe('the root session', () => {
  it('is of the approved account, under the task policy, short, and opened as the task role', async () => {
    const sent = answering(STSClient, () => ({ Credentials }));
    const session = await sessions.assumeRoot(taskRole, await givenClaimed());
    expect(sent).toMatchObject([
      { command: 'AssumeRootCommand', region: 'eu-central-1', accessKeyId: taskRole.credentials.accessKeyId },
    ]);
    expect(sent[0]?.input).toEqual({
      TargetPrincipal: '156041421443',
      TaskPolicyArn: { arn: taskPolicyArn },
      DurationSeconds: 60,
    });
    expect(session).toMatchObject({
      kind: 'root-session',
      accountId: '156041421443',
      record: {
        accessKeyId: 'ASIAROOT',
        taskPolicy: taskPolicyArn,
        expiresAt: '2026-11-20T10:01:00.000Z',
        sourceIdentity: taskRole.sourceIdentity,
        sessionName: taskRole.sessionName,
      },
    });
    expect(JSON.stringify(session)).not.toMatch(/"(secret|token)"/);
  });

  it.each([
    ['AccessDenied', { kind: 'denied', hop: 'root', errorName: 'AccessDenied', message: 'no' }],
    [
      'RegionDisabledException',
      { kind: 'denied', hop: 'root', errorName: 'RegionDisabledException', message: 'no' },
    ],
  ])('answers %s', async (name, expected) => {
    answering(STSClient, () => {
      throw awsError(name, 'no', 403);
    });
    expect(await sessions.assumeRoot(taskRole, await givenClaimed())).toEqual(expected);
  });

  it.each(['Throttling', 'TimeoutError', 'ExpiredTokenException', 'InternalFailure'])(
    'leaves %s to a retry',
    async (name) => {
      answering(STSClient, () => {
        throw awsError(name);
      });
      await expect(sessions.assumeRoot(taskRole, await givenClaimed())).rejects.toThrow(name);
      await expect(sessions.assumeTaskRole(givenRequest())).rejects.toThrow(name);
    },
  );

  it('is none without credentials', async () => {
    answering(STSClient, () => ({ Credentials: { ...Credentials, SessionToken: '' } }));
    await expect(sessions.assumeTaskRole(givenRequest())).rejects.toThrow('no credentials');
  });
});

describe('a source identity', () => {
  it.each([
    ['SEC-1234', 'SEC-1234'],
    ['acme/app#7', 'acme-app-7'],
    ['a'.repeat(128), 'a'.repeat(40)],
    ['ä b', '--b'],
  ])('of ticket %s begins with %s', (ticketId, beginning) => {
    const identity = sourceIdentityOf(ticketId, 'request');
    expect(identity).toMatch(/^[\w+=,.@-]{2,64}$/);
    expect(identity.slice(0, -17)).toBe(beginning);
    expect(identity.slice(-17)).toMatch(/^\.[0-9a-f]{16}$/);
  });

  it('tells requests of one ticket apart', () => {
    expect(sourceIdentityOf('SEC-1', 'a')).not.toBe(sourceIdentityOf('SEC-1', 'b'));
  });
});
