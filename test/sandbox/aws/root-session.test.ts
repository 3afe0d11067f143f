import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import * as f from './fixture.ts';
import { openRootSession } from './sessions.ts';

let world: f.World;
let root: f.ClientConfiguration;
beforeEach(async () => {
  world = await f.startWorld();
  // The delegated administrator account is a member, too: there the stack's own resources are at stake.
  root = world.as(await openRootSession(world, f.admin));
});
afterEach(() => world.aws.close());

const event = {
  EventBusName: f.busArn,
  Source: 'acme.tickets',
  DetailType: 'Root Task Approved',
  Detail: '{}',
};
const calls: Record<string, () => Promise<unknown>> = {
  'reads no table': () =>
    new DynamoDBClient(root).send(new GetItemCommand({ TableName: 'locks', Key: { id: { S: 'a' } } })),
  'publishes nothing': () =>
    new SNSClient(root).send(new PublishCommand({ TopicArn: f.topicArn, Message: 'x' })),
  'lists no features': () => new IAMClient(root).send(new ListOrganizationsFeaturesCommand({})),
};

describe('a root session under the S3 task policy', () => {
  it.each(Object.entries(calls))('%s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({
      message: expect.stringMatching(
        /^User: arn:aws:iam::222222222222:root is not authorized .* with an explicit deny in an identity-based policy$/,
      ),
    });
  });

  it('puts no event', async () => {
    await expect(
      new EventBridgeClient(root).send(new PutEventsCommand({ Entries: [event] })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('may not look at a bucket, even an open one', async () => {
    const ofMember = new S3Client(world.as(await openRootSession(world)));
    await expect(ofMember.send(new HeadBucketCommand({ Bucket: 'scratch' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    const signedIn = new S3Client(world.as(`arn:aws:iam::${f.member}:root`));
    await expect(signedIn.send(new HeadBucketCommand({ Bucket: 'scratch' }))).resolves.toBeDefined();
  });
});

describe('root', () => {
  it.each(['root session', 'root user'])('as a %s assumes nobody', async (kind) => {
    const trustPolicy = f.policy({ Effect: 'Allow', Principal: { AWS: f.admin }, Action: 'sts:AssumeRole' });
    const roles = f.deployment.roles.map((role) =>
      role.arn === f.otherFunctionRole ? { ...role, trustPolicy } : role,
    );
    const here = await f.startWorld({ deployment: { ...f.deployment, roles } });
    const credentials =
      kind === 'root user' ? `arn:aws:iam::${f.admin}:root` : await openRootSession(here, f.admin);
    const sts = new STSClient(here.as(credentials));
    const assumeRole = new AssumeRoleCommand({ RoleArn: f.otherFunctionRole, RoleSessionName: 'x1' });
    const assumeRoot = new AssumeRootCommand({ TargetPrincipal: f.member, TaskPolicyArn: { arn: f.s3Task } });
    await expect(sts.send(assumeRole)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(sts.send(assumeRoot)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(new STSClient(here.as(f.insider)).send(assumeRole)).resolves.toBeDefined();
    await here.aws.close();
  });
});
