import { faultsOf, policyOf, queueStatement, textWith } from './given.ts';

const queuePolicy = (members: object) => JSON.stringify({ Statement: [{ ...queueStatement, ...members }] });

describe('an action', () => {
  it.each(['*', 's3:*', 'S3:GetObject', 's3:Get*', 's3:?etObject', 's3:SomethingNew'])(
    'of S3 is %s',
    (Action) => {
      for (const members of [{ Action }, { Action: undefined, NotAction: [Action] }])
        expect(policyOf(textWith(members)).statements[0]?.actions.patterns).toEqual([Action]);
    },
  );

  it.each(['*', 'SQS:*', 'sqs:SendMessage', 'sqs:List*', 'sqs:SetQueueAttributes'])(
    'of SQS is %s',
    (Action) => {
      expect(policyOf(queuePolicy({ Action })).statements[0]?.actions.patterns).toEqual([Action]);
    },
  );

  it.each<[unknown, string]>([
    ['', 'is no action: expected one as "s3:GetObject"'],
    ['GetObject', 'is no action: expected one as "s3:GetObject"'],
    ['s3:', 'expected letters'],
    ['s3:Get Object', 'expected letters'],
    ['s3:GetObject ', 'expected letters'],
    ['s3:$ACTION', 'expected letters'],
    ['sqs:SendMessage', 'is no action of S3'],
    ['*:*', 'is no action of S3'],
    ['s*:GetObject', 'is no action of S3'],
    [1, 'is the number "1"'],
    [{}, 'is an object'],
  ])('of S3 is not %j', (action, words) => {
    expect(faultsOf(textWith({ Action: ['s3:*', action] }))).toEqual([
      { path: 'Statement[0].Action[1]', message: expect.stringContaining(words) },
    ]);
  });

  it.each([
    ['sqs:SendMessageBatch', '"sqs:SendMessage" covers it'],
    ['SQS:changemessagevisibilitybatch', '"sqs:changemessagevisibility" covers it'],
    ['sqs:CreateQueue', 'remove it here'],
    ['sqs:ListQueues', 'remove it here'],
    ['s3:GetObject', 'is no action of SQS'],
  ])('of SQS is not %s', (action, words) => {
    expect(faultsOf(queuePolicy({ Action: ['sqs:*', 'sqs:SendMessage', action] }))).toEqual([
      { path: 'Statement[0].Action[2]', message: expect.stringContaining(words) },
    ]);
  });

  it('is there at least once', () => {
    expect(faultsOf(textWith({ Action: [] }))).toEqual([
      { path: 'Statement[0].Action', message: expect.stringContaining('is an empty list') },
    ]);
  });
});

describe('a resource', () => {
  it.each([
    '*',
    'arn:aws:s3:::orders',
    'arn:aws-cn:s3:::orders/*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::Old_Bucket.x/a b/\u00fc:<x>/$folder$',
    'arn:*:s3:::orders',
    'arn:aws:s3:eu-west-1:156041421443:accesspoint/orders',
    'arn:aws:s3:::orders/$' + '{aws:username}/*',
    '$' + '{aws_s3_bucket.orders.arn}/*',
  ])('of S3 is %s', (Resource) => {
    for (const members of [{ Resource }, { Resource: undefined, NotResource: [Resource] }])
      expect(policyOf(textWith(members)).statements[0]?.resources.patterns).toEqual([Resource]);
  });

  it.each(['*', 'arn:aws:sqs:eu-west-1:156041421443:orders.fifo', 'arn:aws:sqs:*:156041421443:orders-?'])(
    'of SQS is %s',
    (Resource) => {
      expect(policyOf(queuePolicy({ Resource })).statements[0]?.resources.patterns).toEqual([Resource]);
    },
  );

  it.each<[unknown, string]>([
    ['', 'is no ARN'],
    ['orders', 'is no ARN'],
    ['orders/*', 'is no ARN'],
    ['arn:aws:s3:orders', 'is no ARN'],
    ['arn:aws:s3:::', 'has a name that is none'],
    ['arn:aws:s3:::$BUCKET/*', 'has a name that is none'],
    ['arn:aws:s3:::<bucket>/*', 'has a name that is none'],
    ['$BUCKET_ARN', 'was not filled in'],
    ['arn:$PARTITION:s3:::orders', 'has a partition, Region or account'],
    ['arn:aws:sqs:eu-west-1:156041421443:orders', 'is no resource of S3'],
    ['arn:aws:sns:eu-west-1:156041421443:orders', 'is no resource of S3'],
    [{ Ref: 'Bucket' }, 'a reference of CloudFormation'],
    [null, 'is null'],
  ])('of S3 is not %j', (resource, words) => {
    expect(faultsOf(textWith({ Resource: ['*', resource] }))).toEqual([
      { path: 'Statement[0].Resource[1]', message: expect.stringContaining(words) },
    ]);
  });

  it.each([
    'arn:aws:sqs:<region>:156041421443:orders',
    'arn:aws:sqs:eu-west-1:ACCOUNT:orders',
    'arn:aws:sqs:eu-west-1:156041421443:$QUEUE',
    'https://sqs.eu-west-1.amazonaws.com/156041421443/orders',
    'arn:aws:s3:::orders',
  ])('of SQS is not %s', (Resource) => {
    expect(faultsOf(queuePolicy({ Resource })).map(({ path }) => path)).toEqual(['Statement[0].Resource']);
  });
});
