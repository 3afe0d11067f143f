import { AwsError } from '../../../sandbox/aws/errors.ts';
import { acceptPolicy as acceptBucketPolicy } from '../../../sandbox/aws/services/s3/policy-validation.ts';
import { acceptPolicy as acceptQueuePolicy } from '../../../sandbox/aws/services/sqs/policy-validation.ts';

const bucketArn = 'arn:aws:s3:::project-prod-1';
const queueArn = 'arn:aws:sqs:eu-north-1:111111111111:orders';

const onObjects = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${bucketArn}/*` };
const onBucket = { Effect: 'Deny', Principal: '*', Action: 's3:ListBucket', Resource: bucketArn };
const onQueue = { Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: queueArn };

const documentOf = (statements: unknown, more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements, ...more });
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

async function answerTo(put: Promise<unknown>): Promise<string> {
  try {
    await put;
    return 'taken';
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const takenPrincipals: unknown[] = [
  '*',
  { AWS: '*' },
  { AWS: '222222222222' },
  { AWS: ['arn:aws:iam::222222222222:root', 'arn:aws:iam::222222222222:user/path/to/a.person'] },
  { AWS: 'arn:aws:iam::222222222222:role/aws-service-role/config.amazonaws.com/ForConfig' },
  { AWS: 'arn:aws:sts::222222222222:assumed-role/deployer/session@1' },
  { AWS: 'arn:aws:sts::222222222222:federated-user/bob' },
  { Service: ['cloudtrail.amazonaws.com', 'logs.eu-north-1.amazonaws.com'] },
  { Federated: 'arn:aws:iam::222222222222:saml-provider/provider' },
  { CanonicalUser: '0123456789abcdef'.repeat(4) },
];

const refusedPrincipals: unknown[] = [
  'arn:aws:iam::222222222222:root',
  {},
  [],
  null,
  { AWS: [] },
  { AWS: '' },
  { AWS: 7 },
  { AWS: '22222222222' },
  { AWS: '2222222222222' },
  { AWS: 'AROAEXAMPLEID1234567' },
  { AWS: 'AIDAEXAMPLEID1234567' },
  { AWS: 'somebody' },
  { AWS: 'arn:aws:iam::2222:root' },
  { AWS: 'arn:aws:iam:222222222222:user/one-colon-too-few' },
  { AWS: 'arn:aws:iam:eu-north-1:222222222222:role/with-a-region' },
  { AWS: 'arn:aws:iam::222222222222:role/' },
  { AWS: 'arn:aws:iam::222222222222:role/*' },
  { AWS: 'arn:aws:iam::*:root' },
  { AWS: 'arn:aws:iam::222222222222:group/people' },
  { AWS: 'arn:aws:iam::222222222222:policy/any' },
  { AWS: 'arn:aws:sts::222222222222:assumed-role/without-session' },
  { AWS: 'arn:aws:s3:::project-prod-1' },
  { AWS: 'arn:aws-cn:iam::222222222222:root' },
  { Service: '*' },
  { Service: 'cloudtrail' },
  { Federated: 'nobody' },
  { CanonicalUser: '222222222222' },
  { Somebody: '222222222222' },
  { AWS: '222222222222', Somebody: '222222222222' },
];

const takenStatements: object[] = [
  onObjects,
  onBucket,
  { ...onBucket, Sid: 'One' },
  { ...onBucket, Action: '*' },
  { ...onBucket, Action: 's3:*' },
  { ...onBucket, Action: ['S3:listbucket', 's3:Get*Policy'] },
  { ...onBucket, Action: ['s3:ListBucket', 's3:GetObject'], Resource: [bucketArn, `${bucketArn}/*`] },
  { ...onObjects, Resource: 'arn:aws:s3:::project-*' },
  { ...onBucket, Resource: 'arn:aws:s3:::project-prod-?' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy language looks like that.
  { ...onObjects, Resource: 'arn:aws:s3:::project-prod-1/${aws:username}/*' },
  { ...onBucket, Action: undefined, NotAction: 's3:GetObject' },
  { ...onBucket, Resource: undefined, NotResource: `${bucketArn}/public/*` },
  { ...onBucket, Principal: undefined, NotPrincipal: { AWS: '222222222222' } },
  {
    ...onBucket,
    Condition: { StringLike: { 's3:prefix': 'a/*' }, Bool: { 'aws:SecureTransport': 'false' } },
  },
  { ...onBucket, Condition: { 'ForAnyValue:StringNotEqualsIfExists': { 'aws:PrincipalTag/team': ['a'] } } },
  { ...onBucket, Condition: { Null: { 'AWS:sourcevpce': true } } },
  { ...onObjects, Condition: { StringEquals: { 's3:ExistingObjectTag/public': 'yes' } } },
  { ...onObjects, Action: 's3:*', Condition: { StringEquals: { 's3:x-amz-acl': 'private' } } },
];

const refusedStatements: [statement: object, message: string][] = [
  [{ ...onBucket, Principal: undefined }, 'Missing required field Principal'],
  [{ ...onBucket, Action: undefined }, 'Missing required field Action'],
  [{ ...onBucket, Action: [] }, 'Missing required field Action'],
  [{ ...onBucket, Resource: undefined }, 'Missing required field Resource'],
  [{ ...onBucket, Effect: 'Maybe' }, 'Invalid policy syntax.'],
  [{ ...onBucket, Effect: undefined }, 'Invalid policy syntax.'],
  [{ ...onBucket, Else: 1 }, 'Invalid policy syntax.'],
  [{ ...onBucket, NotAction: 's3:GetObject' }, 'Invalid policy syntax.'],
  [{ ...onBucket, Action: 'sqs:SendMessage' }, 'Policy has invalid action'],
  [{ ...onBucket, Action: ['s3:*', 's3:ListBuckets'] }, 'Policy has invalid action'],
  [{ ...onBucket, Action: 's3:Unlock*' }, 'Policy has invalid action'],
  [{ ...onBucket, Action: 's3' }, 'Policy has invalid action'],
  [{ ...onBucket, Action: undefined, NotAction: 's3:NoSuchAction' }, 'Policy has invalid action'],
  [{ ...onBucket, Resource: '*' }, 'Policy has invalid resource'],
  [{ ...onBucket, Resource: 'arn:aws:s3:::another' }, 'Policy has invalid resource'],
  [{ ...onBucket, Resource: [bucketArn, 'arn:aws:s3:::project-prod-10'] }, 'Policy has invalid resource'],
  [{ ...onBucket, Resource: 'arn:aws:s3:::other-*' }, 'Policy has invalid resource'],
  [{ ...onBucket, Resource: 'arn:aws-cn:s3:::project-prod-1' }, 'Policy has invalid resource'],
  [{ ...onBucket, Resource: 'project-prod-1' }, 'Policy has invalid resource'],
  [{ ...onObjects, Resource: bucketArn }, 'Action does not apply to any resource(s) in statement'],
  [{ ...onBucket, Resource: `${bucketArn}/*` }, 'Action does not apply to any resource(s) in statement'],
  [
    { ...onBucket, Action: ['s3:ListBucket', 's3:GetObject'] },
    'Action does not apply to any resource(s) in statement',
  ],
  [{ ...onBucket, Action: 's3:ListAllMyBuckets' }, 'Action does not apply to any resource(s) in statement'],
  [{ ...onBucket, Action: 's3:CreateBucket' }, 'Action does not apply to any resource(s) in statement'],
  [{ ...onBucket, Condition: { StringIs: { 's3:prefix': 'a' } } }, 'Invalid Condition type : StringIs'],
  [
    { ...onBucket, Condition: { NullIfExists: { 's3:prefix': true } } },
    'Invalid Condition type : NullIfExists',
  ],
  [{ ...onBucket, Condition: { 'ForEach:Bool': {} } }, 'Invalid Condition type : ForEach:Bool'],
  [
    { ...onBucket, Condition: { Bool: { 'aws:SecureTransports': 'true' } } },
    'Policy has an invalid condition key',
  ],
  [{ ...onBucket, Condition: { Bool: { 's3:color': 'red' } } }, 'Policy has an invalid condition key'],
  [{ ...onBucket, Condition: { Bool: { 'aws:PrincipalTag': 'a' } } }, 'Policy has an invalid condition key'],
  [{ ...onBucket, Condition: { Bool: { 'aws:SourceIp/a': 'a' } } }, 'Policy has an invalid condition key'],
  [
    { ...onObjects, Condition: { StringLike: { 's3:prefix': 'a/*' } } },
    'Conditions do not apply to combination of actions and resources in statement',
  ],
];

describe('a policy put on a bucket', () => {
  const put = (text: string) => answerTo(acceptBucketPolicy(text, bucketArn));

  it.each(takenPrincipals)('takes the principal %j', async (Principal) => {
    expect(await put(documentOf([{ ...onBucket, Principal }]))).toBe('taken');
  });

  it.each(refusedPrincipals.map((one) => [one]))('refuses the principal %j', async (Principal) => {
    const refusal = 'MalformedPolicy: Invalid principal in policy';
    expect(await put(documentOf([{ ...onBucket, Principal }]))).toBe(refusal);
  });

  it.each(takenStatements)('takes %j', async (statement) => {
    expect(await put(documentOf(statement))).toBe('taken');
  });

  it.each(refusedStatements)('refuses %j: %s', async (statement, message) => {
    expect(await put(documentOf([onObjects, statement]))).toBe(`MalformedPolicy: ${message}`);
  });

  it.each([
    ['', "Policies must be valid JSON and the first byte must be '{'"],
    ['[]', "Policies must be valid JSON and the first byte must be '{'"],
    [` ${documentOf([onBucket])}`, "Policies must be valid JSON and the first byte must be '{'"],
    ['{}', 'Missing required field Statement'],
    [documentOf([]), 'Could not parse the policy: Statement is empty!'],
    [documentOf('a'), 'Invalid policy syntax.'],
    [documentOf([onBucket], { Version: '2020-01-01' }), 'Invalid policy syntax.'],
    [documentOf([onBucket], { Comment: 'a' }), 'Invalid policy syntax.'],
    [
      documentOf([
        { ...onBucket, Sid: 'One' },
        { ...onObjects, Sid: 'One' },
      ]),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
  ])('refuses the document %s: %s', async (text, message) => {
    expect(await put(text)).toBe(`MalformedPolicy: ${message}`);
  });

  it('refuses more than 20,480 bytes, spaces not counted', async () => {
    const text = (sid: number) => documentOf([{ ...onBucket, Sid: 'x'.repeat(sid) }]);
    const longest = 20_480 - text(0).length;
    expect(await put(text(longest).replace('{', `{${' '.repeat(99)}`))).toBe('taken');
    expect(await put(text(longest + 1))).toMatch('exceeds the maximum allowed size of 20480 bytes');
  });

  it('refuses any depth without running out of stack', async () => {
    expect(await put(`{"Statement":${nested(100_000)}}`)).toBe('MalformedPolicy: Invalid policy syntax.');
  });
});

describe('a policy put on a queue', () => {
  const put = (text: string) => answerTo(acceptQueuePolicy(text, queueArn));
  const refusal = 'InvalidAttributeValue: Invalid value for the parameter Policy.';
  const many = <Item>(count: number, item: (index: number) => Item) =>
    Array.from({ length: count }, (_, index) => item(index));

  it.each([
    onQueue,
    { ...onQueue, Resource: undefined },
    { ...onQueue, Resource: '*' },
    { ...onQueue, Resource: 'arn:aws:sqs:*:111111111111:ord*' },
    { ...onQueue, Action: 'sqs:*' },
    { ...onQueue, Action: '*' },
    { ...onQueue, Action: ['SQS:sendmessage', 'sqs:Get*'] },
    {
      ...onQueue,
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': bucketArn } },
    },
  ])('takes %j', async (statement) => {
    expect(await put(documentOf([statement]))).toBe('taken');
  });

  it.each([
    { ...onQueue, Principal: undefined },
    { ...onQueue, Principal: { AWS: 'arn:aws:iam:222222222222:user/one-colon-too-few' } },
    { ...onQueue, Principal: { AWS: 'AROAEXAMPLEID1234567' } },
    { ...onQueue, Effect: 'Refuse' },
    { ...onQueue, Action: 's3:*' },
    { ...onQueue, Action: 'sqs:SendMessages' },
    { ...onQueue, Action: 'sqs:ListQueues' },
    { ...onQueue, Action: 'sqs:ListQueues', Resource: undefined },
    { ...onQueue, Resource: queueArn.replace('orders', 'invoices') },
    { ...onQueue, Resource: queueArn.replace('north', 'west') },
    { ...onQueue, Resource: queueArn.replaceAll('1111', '2222') },
    { ...onQueue, Condition: { StringIs: { 'aws:SourceArn': 'a' } } },
    { ...onQueue, Condition: { StringEquals: { 'sqs:color': 'red' } } },
  ])('refuses %j', async (statement) => {
    expect(await put(documentOf([statement]))).toBe(refusal);
  });

  it.each([
    'no JSON',
    '[]',
    '{}',
    documentOf([]),
    documentOf([onQueue], { Version: '1' }),
    documentOf([
      { ...onQueue, Sid: 'One' },
      { ...onQueue, Sid: 'One' },
    ]),
    documentOf([{ ...onQueue, Sid: 'x'.repeat(8192) }]),
    `{"Statement":${nested(3000)}}`,
  ])('refuses the document %s', async (text) => {
    expect(await put(text)).toBe(refusal);
  });

  const actions = ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueUrl', 'GetQueueAttributes'];
  const eight = [...actions, 'PurgeQueue', 'TagQueue', 'UntagQueue'].map((name) => `sqs:${name}`);
  const account = (index: number) => String(200_000_000_000 + index);

  it.each<[string, number, (count: number) => object[]]>([
    ['Statements', 20, (count) => many(count, () => onQueue)],
    ['Actions', 7, (count) => [onQueue, { ...onQueue, Action: eight.slice(0, count) }]],
    ['Principals', 50, (count) => [onQueue, { ...onQueue, Principal: { AWS: many(count - 1, account) } }]],
    [
      'Conditions',
      10,
      (count) => [
        {
          ...onQueue,
          Condition: {
            StringEquals: Object.fromEntries(many(count, (index) => [`aws:PrincipalTag/${index}`, 'a'])),
          },
        },
      ],
    ],
  ])('takes no more %s than %i', async (what, most, statements) => {
    expect(await put(documentOf(statements(most)))).toBe('taken');
    expect(await put(documentOf(statements(most + 1)))).toBe(
      `OverLimit: ${most + 1} ${what} were found, maximum allowed is ${most}.`,
    );
  });
});
