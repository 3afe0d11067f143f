import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type RootTaskName, rootTasks } from '../../../contract/root-tasks.ts';
import type { Credentials } from '../../../sandbox/parts.ts';
import { account } from '../scenes/scene.ts';
import { unlockS3BucketScene } from '../scenes/unlock-s3-bucket.ts';
import { queueArnOf, unlockSqsQueueScene } from '../scenes/unlock-sqs-queue.ts';
import { type Desk, everyLane, type LaneOf, openDesk, otherMember, otherTargetOf, targetOf } from './desk.ts';

/** Root sessions as the lanes open them, in the hands of somebody who wants more. */
let desk: Desk;
const sessions = new Map<RootTaskName, Credentials>();
beforeAll(async () => {
  desk = await openDesk();
  for (const lane of everyLane) sessions.set(lane.task, await desk.rootSession(lane));
}, 60_000);
afterAll(() => desk.close());

function rootOf(task: RootTaskName): Credentials {
  const root = sessions.get(task);
  if (root === undefined) throw new Error(`no session was opened for ${task}`);
  return root;
}

const bucketName = targetOf(unlockS3BucketScene);
const bucket = `arn:aws:s3:::${bucketName}`;
const queueName = targetOf(unlockSqsQueueScene);
const queue = queueArnOf(queueName);

const root = `arn:aws:iam::${account}:root`;
const onRoot = (...names: string[]) => names.map((name) => [`iam:${name}`, root] as const);
const readsOfRoot = onRoot(
  'GetLoginProfile',
  'GetUser',
  'ListAccessKeys',
  'GetAccessKeyLastUsed',
  'ListSigningCertificates',
  'ListMFADevices',
);

/** What a task policy leaves to root: everything else in this list, and in the next, is denied. */
const leftBy: Readonly<Record<string, readonly (readonly [action: string, resource: string])[]>> = {
  S3UnlockBucketPolicy: [
    ['s3:GetBucketPolicy', bucket],
    ['s3:PutBucketPolicy', bucket],
    ['s3:DeleteBucketPolicy', bucket],
    ['s3:ListAllMyBuckets', bucket],
  ],
  SQSUnlockQueuePolicy: [
    ['sqs:GetQueueUrl', queue],
    ['sqs:GetQueueAttributes', queue],
    ['sqs:SetQueueAttributes', queue],
    ['sqs:ListQueues', '*'],
  ],
  IAMAuditRootUserCredentials: [...readsOfRoot, ['iam:GetAccountSummary', '*']],
  IAMDeleteRootUserCredentials: [
    ...readsOfRoot,
    ...onRoot('DeleteAccessKey', 'DeleteSigningCertificate', 'DeleteLoginProfile', 'DeactivateMFADevice'),
  ],
  IAMCreateRootUserPassword: onRoot('GetLoginProfile', 'CreateLoginProfile'),
};

const leftTo = ({ task }: LaneOf) => leftBy[rootTasks[task].taskPolicy] ?? [];
/** What any of the others is left, and this one is not. */
const leftToOthers = (lane: LaneOf) => {
  const own = leftTo(lane).map(([action]) => action);
  const all = new Map(Object.values(leftBy).flat());
  return [...all].filter(([action]) => !own.includes(action));
};

const never: readonly (readonly [action: string, resource: string])[] = [
  ['s3:GetObject', `${bucket}/key`],
  ['s3:PutObject', `${bucket}/key`],
  ['s3:DeleteObject', `${bucket}/key`],
  ['s3:ListBucket', bucket],
  ['s3:DeleteBucket', bucket],
  ['s3:PutBucketAcl', bucket],
  ['s3:PutEncryptionConfiguration', bucket],
  ['s3:PutBucketPublicAccessBlock', bucket],
  ['s3:CreateBucket', 'arn:aws:s3:::another'],
  ['sqs:SendMessage', queue],
  ['sqs:ReceiveMessage', queue],
  ['sqs:PurgeQueue', queue],
  ['sqs:DeleteQueue', queue],
  ['sqs:AddPermission', queue],
  ['iam:CreateUser', `arn:aws:iam::${account}:user/mallory`],
  ['iam:CreateAccessKey', `arn:aws:iam::${account}:user/mallory`],
  ['iam:AttachRolePolicy', `arn:aws:iam::${account}:role/pipeline`],
  ['iam:DeleteLoginProfile', `arn:aws:iam::${account}:user/mallory`],
  ['iam:CreateLoginProfile', `arn:aws:iam::${account}:user/mallory`],
  ['iam:ListAccessKeys', `arn:aws:iam::${account}:user/mallory`],
  ['iam:CreateAccessKey', root],
  ['iam:EnableMFADevice', root],
  ['iam:UpdateLoginProfile', root],
  ['sts:AssumeRole', `arn:aws:iam::${account}:role/pipeline`],
  ['sts:AssumeRoot', `arn:aws:iam::${account}:root`],
  ['sts:GetFederationToken', `arn:aws:sts::${account}:federated-user/mallory`],
  ['kms:Decrypt', `arn:aws:kms:eu-central-1:${account}:key/11111111-2222-3333-4444-555555555555`],
  ['kms:PutKeyPolicy', `arn:aws:kms:eu-central-1:${account}:key/11111111-2222-3333-4444-555555555555`],
  ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-central-1:${account}:secret:a-AbCdEf`],
  ['ec2:RunInstances', `arn:aws:ec2:eu-central-1:${account}:instance/i-1`],
  ['lambda:InvokeFunction', `arn:aws:lambda:eu-central-1:${account}:function:any`],
  ['dynamodb:DeleteTable', `arn:aws:dynamodb:eu-central-1:${account}:table/any`],
  ['organizations:LeaveOrganization', '*'],
  ['account:CloseAccount', '*'],
];

describe.each(everyLane)('a root session of $task', (lane) => {
  const may = (action: string, resource: string) =>
    desk.world.aws.decide({ accessKeyId: rootOf(lane.task).accessKeyId, action, resource });

  it.each([...leftTo(lane)])('may %s', async (action, resource) => {
    expect(await may(action, resource)).toMatchObject({ allowed: true });
  });

  it.each([...leftToOthers(lane), ...never])('may not %s', async (action, resource) => {
    expect(await may(action, resource)).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('explicit deny'),
    });
  });
});

it('there is a task policy in the list for every root task', () => {
  for (const lane of everyLane) expect(leftTo(lane).length).toBeGreaterThan(0);
});

describe('a bucket session on the wire', () => {
  const { region, lockOut } = unlockS3BucketScene;
  const s3 = () => new S3Client(desk.as(rootOf('unlock-s3-bucket'), region));

  it('reads, deletes and puts the policy that locks everybody out, and lists the buckets of its account alone', async () => {
    const { Policy } = await s3().send(new GetBucketPolicyCommand({ Bucket: bucketName }));
    expect(JSON.parse(Policy ?? '')).toEqual(lockOut(bucketName));
    await s3().send(new DeleteBucketPolicyCommand({ Bucket: bucketName }));
    await s3().send(new PutBucketPolicyCommand({ Bucket: bucketName, Policy }));
    const { Buckets } = await s3().send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([bucketName]);
  });

  it('does not look into the bucket, nor at the policy of another account', async () => {
    const denied = { $metadata: { httpStatusCode: 403 } };
    await expect(s3().send(new HeadBucketCommand({ Bucket: bucketName }))).rejects.toMatchObject(denied);
    for (const command of [GetBucketPolicyCommand, DeleteBucketPolicyCommand])
      await expect(
        s3().send(new command({ Bucket: otherTargetOf(unlockS3BucketScene) })),
      ).rejects.toMatchObject(denied);
  });
});

describe('a queue session on the wire', () => {
  const { region, lockOut } = unlockSqsQueueScene;
  const sqs = () =>
    new SQSClient({ ...desk.as(rootOf('unlock-sqs-queue'), region), useQueueUrlAsEndpoint: false });

  it('reads, removes and sets the policy that locks everybody out, and lists the queues of its account alone', async () => {
    const { QueueUrl } = await sqs().send(new GetQueueUrlCommand({ QueueName: queueName }));
    const { Attributes } = await sqs().send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
    );
    const { Policy = '' } = Attributes ?? {};
    expect(JSON.parse(Policy)).toEqual(lockOut(queueName));
    for (const text of ['', Policy])
      await sqs().send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: text } }));
    expect((await sqs().send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
  });

  it("reaches no other account's queue", async () => {
    const other = { QueueName: otherTargetOf(unlockSqsQueueScene), QueueOwnerAWSAccountId: otherMember };
    await expect(sqs().send(new GetQueueUrlCommand(other))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${otherMember}/${other.QueueName}`;
    for (const command of [
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }),
    ])
      await expect(sqs().send(command as GetQueueAttributesCommand)).rejects.toMatchObject({
        $metadata: { httpStatusCode: 403 },
      });
  });
});
