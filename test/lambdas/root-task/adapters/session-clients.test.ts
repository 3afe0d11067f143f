import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import { Socket } from 'node:net';
import { accountId } from '../../../../contract/account-id.ts';
import { queueArn } from '../../../../contract/queue-arn.ts';
import {
  BucketPolicies,
  bucketExistence,
  regionOfOwnBucket,
} from '../../../../lambdas/root-task/adapters/bucket-policies.ts';
import { QueuePolicies } from '../../../../lambdas/root-task/adapters/queue-policies.ts';
import { RootSessions } from '../../../../lambdas/root-task/adapters/root-sessions.ts';
import { RootUser } from '../../../../lambdas/root-task/adapters/root-user.ts';
import { SessionClients } from '../../../../lambdas/root-task/adapters/session-clients.ts';
import { GivenLane, rootSession, taskRole } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

const region = 'eu-central-1';
const bucket = { accountId: accountId.parse('156041421443'), bucketName: 'project-prod-1' };
const queue = { queueArn: queueArn.parse('arn:aws:sqs:eu-central-1:156041421443:orders') };

let server: Server;
let sockets: Socket[];
const collect = (message: unknown) => {
  const socket = Reflect.get(Object(message), 'socket');
  if (socket instanceof Socket) sockets.push(socket);
};

beforeAll((done) => {
  server = createServer((_, response) => {
    response.statusCode = 403;
    response.end();
  });
  // The server itself never closes a connection that could be used again.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    const port = Reflect.get(Object(server.address()), 'port');
    Reflect.set(process.env, 'AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
    Reflect.set(process.env, 'AWS_ACCESS_KEY_ID', 'ASIAFUNCTION');
    Reflect.set(process.env, 'AWS_SECRET_ACCESS_KEY', 'secret');
    done();
  });
});
afterAll((done) => {
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
    Reflect.deleteProperty(process.env, name);
  server.closeAllConnections();
  server.close(done);
});
beforeEach(() => {
  sockets = [];
  subscribe('net.client.socket', collect);
});
afterEach(() => void unsubscribe('net.client.socket', collect));

describe('SessionClients', () => {
  it.each<[string, (session: typeof rootSession) => Promise<unknown>]>([
    ['IAM', (session) => new RootUser(session, region).summary()],
    ['S3, which reads a policy', (session) => new BucketPolicies(session, bucket, region).read()],
    ['S3, which deletes a policy', (session) => new BucketPolicies(session, bucket, region).delete()],
    ['S3, which lists buckets', (session) => regionOfOwnBucket(session, bucket.bucketName, region)],
    ['SQS, which looks for a queue', (session) => new QueuePolicies(session, queue).find()],
  ])('closes the connections of %s when the session has ended', async (_, call) => {
    const session = { ...rootSession, clients: new SessionClients() };
    await expect(call(session)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false]);
    session.clients.destroyAll();
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});

describe('RootSessions', () => {
  it('closes the connection over which it called AssumeRoot', async () => {
    const sessions = new RootSessions({
      region,
      partition: 'aws',
      taskRoleArn: 'arn:aws:iam::222222222222:role/task',
      taskPolicyArn: 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy',
    });
    const claimed = await claimedBy(givenRequest(), new GivenLane().lane);
    await expect(sessions.assumeRoot(taskRole, claimed)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});

describe('bucketExistence', () => {
  it('closes its connection', async () => {
    expect(await bucketExistence(bucket, region)).toBe('somewhere');
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});
