import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf } from './policies.ts';

const given = givenStack({ onCall: { emails: ['one@example.com', 'two@example.com'] } });
const here = 'eu-central-1:222222222222';
const endings = `arn:aws:sns:${here}:OnCall-Endings`;
const alarms = `arn:aws:sns:${here}:OnCall-Alarms`;
const policyOf = (topic: string) =>
  documentOf(given.one('AWS::SNS::TopicPolicy', `${topic}-Policy`).properties.PolicyDocument);

function whenPublished(topic: 'Endings' | 'Alarms', principal: string, context: Record<string, string> = {}) {
  const isService = principal.endsWith('.amazonaws.com');
  return decisionOn({
    principal,
    action: 'sns:Publish',
    resource: topic === 'Endings' ? endings : alarms,
    resourcePolicy: policyOf(`OnCall-${topic}`),
    context: { 'aws:PrincipalIsAWSService': String(isService), ...context },
  });
}

describe('the endings', () => {
  const notify = 'arn:aws:iam::222222222222:role/Announcements-Notify-Role';
  test('are told by the notify function alone', async () => {
    expect(await whenPublished('Endings', notify)).toBe('Allowed');
    expect(await whenPublished('Endings', 'arn:aws:iam::222222222222:role/Admin')).toBe('ExplicitlyDenied');
    expect(await whenPublished('Endings', 'arn:aws:iam::222222222222:role/Announcements-Publish-Role')).toBe(
      'ExplicitlyDenied',
    );
  });
  test('are told over TLS', async () => {
    expect(await whenPublished('Endings', notify, { 'aws:SecureTransport': 'false' })).toBe(
      'ExplicitlyDenied',
    );
  });
});

test('the alarms are raised by CloudWatch, of this account, and by nobody else', () => {
  expect(policyOf('OnCall-Alarms').Statement).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    expect.objectContaining({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' } },
    }),
    expect.objectContaining({
      Effect: 'Deny',
      Principal: '*',
      Action: 'sns:Publish',
      Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    }),
  ]);
});

test('nobody of the account raises an alarm by hand', async () => {
  expect(await whenPublished('Alarms', 'arn:aws:iam::222222222222:role/Admin')).toBe('ExplicitlyDenied');
});

test('one key of its own encrypts both topics, is rotated, and lets CloudWatch encrypt', () => {
  const key = given.one('AWS::KMS::Key');
  expect(key.properties).toMatchObject({ EnableKeyRotation: true });
  expect(documentOf(key.properties.KeyPolicy).Statement).toEqual([
    expect.objectContaining({ Action: 'kms:*', Principal: { AWS: 'arn:aws:iam::222222222222:root' } }),
    expect.objectContaining({
      Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      Principal: { Service: 'cloudwatch.amazonaws.com' },
    }),
  ]);
  for (const topic of ['Endings', 'Alarms']) {
    const { properties } = given.one('AWS::SNS::Topic', `OnCall-${topic}`);
    expect(properties).toMatchObject({ KmsMasterKeyId: `arn:aws:kms:${here}:key/OnCall-Key` });
  }
});

test('every address of the settings hears of both', () => {
  const subscriptions = given.resources.filter(({ type }) => type === 'AWS::SNS::Subscription');
  const heard = subscriptions.map(({ properties }) => [properties.TopicArn, properties.Endpoint]);
  expect(heard).toEqual([
    [endings, 'one@example.com'],
    [endings, 'two@example.com'],
    [alarms, 'one@example.com'],
    [alarms, 'two@example.com'],
  ]);
});

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const runbookSections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

test('the runbook has no section for an alarm that is not there', () => {
  const descriptions = given.resources.map(({ properties }) => String(properties.AlarmDescription ?? ''));
  for (const section of runbookSections.filter((heading) => heading?.startsWith('Alarm: '))) {
    expect(descriptions.some((description) => description.includes(`"${section}"`))).toBe(true);
  }
});

const queues = given.resources.filter(({ type }) => type === 'AWS::SQS::Queue');

test('there is a queue of failures for each thing that can fail', () => {
  expect(queues.map(({ name }) => name).sort()).toEqual([
    'Announcements-NotifyFailures-Queue',
    'Announcements-PublishFailures-Queue',
    'Refusals-Failures-Queue',
    'UnlockS3Bucket-Failures-Queue',
  ]);
});

describe.each(queues.map(({ name }) => name))('%s', (queue) => {
  const alarm = given.one('AWS::CloudWatch::Alarm', queue.replace(/-Queue$/, '-Alarm'));

  test('keeps messages encrypted for 14 days, and speaks TLS only', () => {
    expect(given.one('AWS::SQS::Queue', queue).properties).toEqual({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
    });
    expect(
      documentOf(given.one('AWS::SQS::QueuePolicy', `${queue}-Policy`).properties.PolicyDocument)
        .Statement[0],
    ).toMatchObject({
      Effect: 'Deny',
      Action: 'sqs:*',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  test('wakes somebody on its first message', () => {
    expect(alarm.properties).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: queue }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [alarms],
    });
  });

  test('says what did not happen and what to do, in at most the 1,024 characters that CloudWatch takes', () => {
    const description = String(alarm.properties.AlarmDescription);
    expect(description).toMatch(/^rootdesk: .+ could not|was given up/);
    expect(description.length).toBeLessThanOrEqual(1024);
  });

  test('names a section that the runbook has', () => {
    const [, section] =
      /Runbook: docs\/runbook\.md, "([^"]+)"\.$/.exec(String(alarm.properties.AlarmDescription)) ?? [];
    expect(runbookSections).toContain(section);
  });
});
