import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Credentials } from '../../../sandbox/parts.ts';
import { account, bucketName, lockOut } from '../given.ts';
import { type Desk, openDesk } from './desk.ts';

/** A root session as the lane opens it, in the hands of somebody who wants more. */
let desk: Desk;
let root: Credentials;
beforeAll(async () => {
  desk = await openDesk();
  root = await desk.assumeRoot(await desk.assumeTaskRole(desk.functionRole('UnlockS3BucketFunction')));
}, 60_000);
afterAll(() => desk.close());

const bucket = `arn:aws:s3:::${bucketName}`;
const may = (action: string, resource: string) =>
  desk.world.aws.decide({ accessKeyId: root.accessKeyId, action, resource });

it.each(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:ListAllMyBuckets'])(
  'may %s',
  async (action) => {
    expect(await may(action, bucket)).toMatchObject({ allowed: true });
  },
);

it.each([
  ['s3:GetObject', `${bucket}/key`],
  ['s3:PutObject', `${bucket}/key`],
  ['s3:DeleteObject', `${bucket}/key`],
  ['s3:ListBucket', bucket],
  ['s3:DeleteBucket', bucket],
  ['s3:PutBucketAcl', bucket],
  ['s3:PutEncryptionConfiguration', bucket],
  ['s3:PutBucketPublicAccessBlock', bucket],
  ['s3:CreateBucket', 'arn:aws:s3:::another'],
  ['sqs:SetQueueAttributes', `arn:aws:sqs:eu-west-1:${account}:orders`],
  ['sqs:ListQueues', '*'],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${account}:orders`],
  ['iam:CreateUser', `arn:aws:iam::${account}:user/mallory`],
  ['iam:CreateAccessKey', `arn:aws:iam::${account}:user/mallory`],
  ['iam:AttachRolePolicy', `arn:aws:iam::${account}:role/pipeline`],
  ['iam:DeleteLoginProfile', `arn:aws:iam::${account}:user/mallory`],
  ['iam:CreateLoginProfile', `arn:aws:iam::${account}:user/mallory`],
  ['iam:ListAccessKeys', `arn:aws:iam::${account}:user/mallory`],
  ['iam:GetAccountSummary', '*'],
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
])('may not %s', async (action, resource) => {
  expect(await may(action, resource)).toMatchObject({
    allowed: false,
    reason: expect.stringContaining('explicit deny'),
  });
});

describe('on the wire', () => {
  const s3 = () => new S3Client(desk.as(root, 'eu-north-1'));

  it('reads, deletes and puts the policy that locks everybody out, and lists the buckets of its account alone', async () => {
    const { Policy } = await s3().send(new GetBucketPolicyCommand({ Bucket: bucketName }));
    expect(JSON.parse(Policy ?? '')).toEqual(lockOut());
    await s3().send(new DeleteBucketPolicyCommand({ Bucket: bucketName }));
    await s3().send(new PutBucketPolicyCommand({ Bucket: bucketName, Policy }));
    const { Buckets } = await s3().send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([bucketName]);
  });

  it('does not look into the bucket, nor at the policy of another account', async () => {
    const denied = { $metadata: { httpStatusCode: 403 } };
    await expect(s3().send(new HeadBucketCommand({ Bucket: bucketName }))).rejects.toMatchObject(denied);
    for (const command of [GetBucketPolicyCommand, DeleteBucketPolicyCommand])
      await expect(s3().send(new command({ Bucket: 'other-1' }))).rejects.toMatchObject(denied);
  });
});
