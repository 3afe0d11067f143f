import { SQSClient } from '@aws-sdk/client-sqs';
import { accountId } from '../../../../contract/account-id.ts';
import { bucketTarget, queueTarget } from '../../../../contract/target.ts';
import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { unlockSqsQueue } from '../../../../lambdas/root-task/tasks/unlock-sqs-queue.ts';
import { harmlessPolicy, lockingPolicy } from '../../given/bucket.ts';
import { rootSession } from '../../given/lane.ts';
import { answering, awsError } from '../../given/sent.ts';

const queueArn = 'arn:aws:sqs:eu-west-1:156041421443:orders.fifo';
const target = queueTarget.parse({ queueArn });
const url = 'https://queue.example/156041421443/orders.fifo';
const scp = 'User: x is not authorized to perform: y with an explicit deny in a service control policy';

type Answers = Record<string, unknown>;

/** What SQS answers to each command: a value, or an error that it throws. */
function sqsAnswers(answers: Answers = {}) {
  const all: Answers = {
    GetQueueUrlCommand: { QueueUrl: url },
    GetQueueAttributesCommand: { Attributes: { QueueArn: queueArn, Policy: lockingPolicy } },
    SetQueueAttributesCommand: {},
    ...answers,
  };
  return answering(SQSClient, (command) => {
    const answer = all[command];
    if (answer === undefined) throw new Error(`nobody expected ${command}`);
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

const inspect = () => unlockSqsQueue().inspect(rootSession, target);

async function givenInspected(answers?: Answers) {
  const sent = sqsAnswers(answers);
  const inspected = await inspect();
  if (inspected.kind !== 'inspected') throw new Error('the queue can be inspected');
  return { inspected, sent };
}

afterEach(() => jest.restoreAllMocks());

describe('inspecting a queue', () => {
  it('asks for its URL by name and owner in its Region, then for its policy, and changes nothing', async () => {
    const { inspected, sent } = await givenInspected();
    expect(inspected).toMatchObject({ before: { policy: lockingPolicy } });
    const common = { region: 'eu-west-1', attempts: 3, accessKeyId: 'ASIAEXAMPLE' };
    expect(sent).toEqual([
      {
        ...common,
        command: 'GetQueueUrlCommand',
        input: { QueueName: 'orders.fifo', QueueOwnerAWSAccountId: '156041421443' },
      },
      {
        ...common,
        command: 'GetQueueAttributesCommand',
        input: { QueueUrl: url, AttributeNames: ['Policy', 'QueueArn'] },
      },
    ]);
  });

  it.each([
    ['leaves the attribute out', { QueueArn: queueArn }],
    ['gives nothing', { QueueArn: queueArn, Policy: '' }],
  ])('finds no policy where SQS %s', async (_, Attributes) => {
    const { inspected } = await givenInspected({ GetQueueAttributesCommand: { Attributes } });
    expect(inspected.before).toEqual({ policy: null, sha256: null });
  });

  it.each<[string, Answers, string]>([
    [
      'there is none of that name',
      { GetQueueUrlCommand: awsError('QueueDoesNotExist'), ListQueuesCommand: {} },
      'no-such-queue',
    ],
    [
      'there is none, in the words of the older protocol',
      {
        GetQueueUrlCommand: awsError('AWS.SimpleQueueService.NonExistentQueue'),
        ListQueuesCommand: { QueueUrls: [`${url}.old`] },
      },
      'no-such-queue',
    ],
    [
      'it may not be asked about, which listing tells',
      {
        GetQueueUrlCommand: awsError('QueueDoesNotExist'),
        ListQueuesCommand: awsError('AccessDenied', scp, 403),
      },
      'denied-by-scp',
    ],
    ['it may not be found', { GetQueueUrlCommand: awsError('AccessDenied', scp, 403) }, 'denied-by-scp'],
    [
      'it may not be read',
      { GetQueueAttributesCommand: awsError('AccessDeniedException', scp, 403) },
      'denied-by-scp',
    ],
    [
      'SQS tells of another queue',
      { GetQueueAttributesCommand: { Attributes: { QueueArn: `${queueArn}x`, Policy: lockingPolicy } } },
      'queue-of-another-account',
    ],
    [
      'SQS does not say which queue it tells of',
      { GetQueueAttributesCommand: { Attributes: { Policy: lockingPolicy } } },
      'queue-of-another-account',
    ],
    [
      'its policy is no policy',
      { GetQueueAttributesCommand: { Attributes: { QueueArn: queueArn, Policy: '<xml>' } } },
      'policy-unreadable',
    ],
  ])('ends where %s', async (_, answers, code) => {
    sqsAnswers(answers);
    expect(await inspect()).toMatchObject({ kind: 'failed', ending: { code } });
  });

  it.each([
    ['GetQueueUrlCommand', 'AccessDenied', 'sqs:GetQueueUrl', 'denied-by-organization'],
    ['GetQueueAttributesCommand', 'AccessDenied', 'sqs:GetQueueAttributes', 'denied-by-organization'],
    ['GetQueueUrlCommand', 'InvalidClientTokenId', 'sqs:GetQueueUrl', 'region-not-enabled'],
    ['GetQueueUrlCommand', 'UnrecognizedClientException', 'sqs:GetQueueUrl', 'region-not-enabled'],
  ])('has %s tried again where SQS says %s, until that has lasted', async (command, error, action, code) => {
    sqsAnswers({ [command]: awsError(error, 'No.', 403) });
    expect(await inspect()).toEqual({ kind: 'denied-in-session', action, message: 'No.', code });
  });

  it('goes on with the URL that listing gives, over all pages', async () => {
    let pages = 0;
    const answers = {
      GetQueueUrlCommand: awsError('QueueDoesNotExist'),
      get ListQueuesCommand() {
        pages += 1;
        return pages === 1 ? { QueueUrls: [`${url}.old`], NextToken: '2' } : { QueueUrls: [url] };
      },
    };
    const sent = answering(SQSClient, (command) => {
      if (command === 'GetQueueAttributesCommand') return { Attributes: { QueueArn: queueArn } };
      const answer: unknown = Reflect.get(answers, command);
      if (answer instanceof Error) throw answer;
      return answer;
    });
    expect(await inspect()).toMatchObject({ kind: 'inspected' });
    expect(sent.at(-1)?.input).toMatchObject({ QueueUrl: url });
    expect(pages).toBe(2);
  });

  it('has a Region without an address tried again, until that has lasted', async () => {
    const unresolved = Object.assign(new Error('getaddrinfo ENOTFOUND sqs.eu-west-77.amazonaws.com'), {
      code: 'ENOTFOUND',
    });
    sqsAnswers({ GetQueueUrlCommand: unresolved });
    expect(await inspect()).toMatchObject({ kind: 'denied-in-session', code: 'region-not-enabled' });
  });

  it('leaves what may pass to a retry', async () => {
    sqsAnswers({ GetQueueAttributesCommand: awsError('RequestThrottled') });
    await expect(inspect()).rejects.toThrow('RequestThrottled');
    sqsAnswers({ GetQueueUrlCommand: {} });
    await expect(inspect()).rejects.toThrow('without a URL');
  });

  it('is handed queues only', async () => {
    sqsAnswers();
    const bucket = bucketTarget.parse({ accountId: accountId.parse('156041421443'), bucketName: 'orders' });
    await expect(unlockSqsQueue().inspect(rootSession, bucket)).rejects.toThrow('was handed a bucket');
  });
});

describe('changing a queue', () => {
  it('sets its policy to nothing, once, and no other attribute', async () => {
    const { inspected, sent } = await givenInspected();
    expect(await inspected.change(noPolicy)).toBe('sent');
    expect(sent.at(-1)).toMatchObject({
      command: 'SetQueueAttributesCommand',
      input: { QueueUrl: url, Attributes: { Policy: '' } },
      attempts: 1,
    });
  });

  it('sets the policy that it is to leave, where it is to leave one', async () => {
    const { inspected, sent } = await givenInspected();
    expect(await inspected.change(policyStateOf(harmlessPolicy))).toBe('sent');
    expect(sent.at(-1)).toMatchObject({
      command: 'SetQueueAttributesCommand',
      input: { QueueUrl: url, Attributes: { Policy: harmlessPolicy } },
      attempts: 1,
    });
  });

  it.each([
    ['InvalidAttributeValue', { kind: 'failed', ending: { code: 'policy-not-taken' } }],
    ['InvalidParameterValue', { kind: 'failed', ending: { code: 'policy-not-taken' } }],
    ['QueueDoesNotExist', { kind: 'failed', ending: { code: 'no-such-queue' } }],
    ['AccessDenied', { kind: 'denied-in-session', action: 'sqs:SetQueueAttributes' }],
  ])('answers %s', async (error, answer) => {
    const { inspected } = await givenInspected({ SetQueueAttributesCommand: awsError(error) });
    expect(await inspected.change(noPolicy)).toMatchObject(answer);
  });
});
