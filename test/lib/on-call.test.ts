import { givenStack } from './given-stack.ts';
import { decisionOn, documentOf } from './policies.ts';

const given = givenStack('twoEmails');
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
