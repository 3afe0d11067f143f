import { S3Client } from '@aws-sdk/client-s3';
import { accountId } from '../../../../contract/account-id.ts';
import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { unlockS3Bucket } from '../../../../lambdas/root-task/tasks/unlock-s3-bucket.ts';
import { harmlessPolicy, lockingPolicy } from '../../given/bucket.ts';
import { rootSession } from '../../given/lane.ts';
import { answering, awsError } from '../../given/sent.ts';

const target = { accountId: accountId.parse('156041421443'), bucketName: 'project-prod-1' };
const scp = 'User: x is not authorized to perform: y with an explicit deny in a service control policy';

/** What S3 answers to each command: a value, or an error that it throws. */
type Answers = Record<string, unknown>;

function s3Answers(answers: Answers) {
  const all: Answers = {
    ListBucketsCommand: { Buckets: [{ Name: 'project-prod-1', BucketRegion: 'eu-north-1' }] },
    GetBucketPolicyCommand: { Policy: lockingPolicy },
    DeleteBucketPolicyCommand: {},
    ...answers,
  };
  return answering(S3Client, (command) => {
    const answer = all[command];
    if (answer === undefined) throw new Error(`nobody expected ${command}`);
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

const inspect = () => unlockS3Bucket('eu-central-1').inspect(rootSession, target);

async function givenInspected(answers: Answers = {}) {
  s3Answers(answers);
  const inspected = await inspect();
  if (inspected.kind !== 'inspected') throw new Error('the bucket can be inspected');
  return inspected;
}

afterEach(() => jest.restoreAllMocks());

describe('inspecting a bucket', () => {
  it('finds its Region, then its policy, and changes nothing', async () => {
    const sent = s3Answers({});
    expect(await inspect()).toMatchObject({ before: { policy: lockingPolicy } });
    expect(sent.map(({ command, region }) => [command, region])).toEqual([
      ['ListBucketsCommand', 'eu-central-1'],
      ['GetBucketPolicyCommand', 'eu-north-1'],
    ]);
  });

  it.each<[string, Answers, string]>([
    ['nobody has', { HeadBucketCommand: awsError('NotFound', '', 404) }, 'no-such-bucket'],
    [
      'another account has',
      { HeadBucketCommand: awsError('Forbidden', '', 403) },
      'bucket-of-another-account',
    ],
    ['cannot be told', { HeadBucketCommand: new Error('timeout') }, 'bucket-not-found'],
  ])('that the account does not own and that %s', async (_, answers, code) => {
    s3Answers({ ListBucketsCommand: { Buckets: [] }, ...answers });
    expect(await inspect()).toMatchObject({ kind: 'failed', ending: { code } });
  });

  it.each<[string, Answers, string]>([
    ['listed', { ListBucketsCommand: awsError('AccessDenied', scp, 403) }, 'denied-by-scp'],
    ['read', { GetBucketPolicyCommand: awsError('AccessDenied', scp, 403) }, 'denied-by-scp'],
    ['found', { GetBucketPolicyCommand: awsError('NoSuchBucket', '', 404) }, 'no-such-bucket'],
    ['parsed', { GetBucketPolicyCommand: { Policy: '<xml>' } }, 'policy-unreadable'],
  ])('that cannot be %s', async (_, answers, code) => {
    s3Answers(answers);
    expect(await inspect()).toMatchObject({ kind: 'failed', ending: { code } });
  });

  it.each([
    ['ListBucketsCommand', 's3:ListAllMyBuckets'],
    ['GetBucketPolicyCommand', 's3:GetBucketPolicy'],
  ])('answers a denial of %s that does not say why', async (command, action) => {
    s3Answers({ [command]: awsError('AccessDenied', 'Access Denied', 403) });
    expect(await inspect()).toEqual({
      kind: 'denied-in-session',
      action,
      message: 'Access Denied',
      code: 'denied-by-organization',
    });
  });

  it('leaves what may pass to a retry', async () => {
    s3Answers({ GetBucketPolicyCommand: awsError('SlowDown', 'SlowDown', 503) });
    await expect(inspect()).rejects.toThrow('SlowDown');
  });
});

describe('changing a bucket', () => {
  it('is sent', async () => {
    const inspected = await givenInspected();
    expect(await inspected.change(noPolicy)).toBe('sent');
  });

  it('may be refused', async () => {
    const inspected = await givenInspected({
      DeleteBucketPolicyCommand: awsError('AccessDenied', 'no', 403),
    });
    expect(await inspected.change(noPolicy)).toMatchObject({
      kind: 'denied-in-session',
      action: 's3:DeleteBucketPolicy',
    });
  });

  it('puts the policy that it is to leave, where it is to leave one', async () => {
    const sent = s3Answers({ PutBucketPolicyCommand: {} });
    const inspected = await inspect();
    if (inspected.kind !== 'inspected') throw new Error('the bucket can be inspected');
    expect(await inspected.change(policyStateOf(harmlessPolicy))).toBe('sent');
    expect(sent.at(-1)).toMatchObject({
      command: 'PutBucketPolicyCommand',
      input: { Policy: harmlessPolicy, ExpectedBucketOwner: '156041421443' },
      region: 'eu-north-1',
      attempts: 1,
    });
  });

  const blocked =
    'User: arn:aws:sts::156041421443:assumed-root is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
  it.each<[string, Error, string]>([
    ['is malformed', awsError('MalformedPolicy', 'Invalid principal in policy'), 'Invalid principal'],
    [
      'is public where that is blocked',
      awsError('AccessDenied', blocked, 403),
      'public policies are blocked',
    ],
    [
      'is wrong, and quotes it',
      awsError('MalformedPolicy', 'x'.repeat(1000)),
      'MalformedPolicy: its words may quote',
    ],
  ])('has failed where AWS finds that the policy %s', async (_, error, words) => {
    const inspected = await givenInspected({ PutBucketPolicyCommand: error });
    const answer = await inspected.change(policyStateOf(harmlessPolicy));
    expect(answer).toMatchObject({
      kind: 'failed',
      ending: { code: 'policy-not-taken', summary: expect.stringContaining(words) },
    });
    expect(JSON.stringify(answer)).not.toMatch(/xxx|assumed-root/);
  });

  it('may have an unknown end', async () => {
    const inspected = await givenInspected({
      DeleteBucketPolicyCommand: awsError('InternalError', 'InternalError', 500),
    });
    await expect(inspected.change(noPolicy)).rejects.toThrow('InternalError');
  });
});
