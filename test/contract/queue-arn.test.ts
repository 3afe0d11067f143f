import { queueArn, readQueueArn } from '../../contract/queue-arn.ts';
import { accountOf, describeTarget, nameOf, queueTarget, targetPath } from '../../contract/target.ts';
import { changed, exampleDetail, ticketFaults } from './given.ts';

const arn = 'arn:aws:sqs:eu-west-1:156041421443:orders';
const target = queueTarget.parse({ queueArn: arn });

describe('the ARN of a queue', () => {
  it.each([
    [arn, 'aws', 'eu-west-1', 'orders'],
    ['arn:aws-us-gov:sqs:us-gov-west-1:156041421443:orders', 'aws-us-gov', 'us-gov-west-1', 'orders'],
    ['arn:aws-cn:sqs:cn-north-1:156041421443:orders', 'aws-cn', 'cn-north-1', 'orders'],
    ['arn:aws-iso-b:sqs:us-isob-east-1:156041421443:orders', 'aws-iso-b', 'us-isob-east-1', 'orders'],
    ['arn:aws:sqs:ap-southeast-10:156041421443:a_B-9', 'aws', 'ap-southeast-10', 'a_B-9'],
    ['arn:aws:sqs:eu-west-1:156041421443:orders.fifo', 'aws', 'eu-west-1', 'orders.fifo'],
    [
      `arn:aws:sqs:eu-west-1:156041421443:${'a'.repeat(75)}.fifo`,
      'aws',
      'eu-west-1',
      `${'a'.repeat(75)}.fifo`,
    ],
  ])('%s names partition, Region, account and queue', (text, partition, region, name) => {
    expect(readQueueArn(queueArn.parse(text))).toEqual({
      partition,
      region,
      accountId: '156041421443',
      name,
    });
  });

  it.each([
    'arn:aws:sqs:cn-north-1:156041421443:orders',
    'arn:aws:sqs:us-gov-west-1:156041421443:orders',
    'arn:aws:sqs:us-iso-east-1:156041421443:orders',
    'arn:aws:sqs:eu-isoe-west-1:156041421443:orders',
    'arn:aws-cn:sqs:eu-west-1:156041421443:orders',
    'arn:aws-iso:sqs:us-isob-east-1:156041421443:orders',
    'arn:aws-other:sqs:eu-west-1:156041421443:orders',
  ])('%s names a Region that its partition has not', (text) => {
    expect(ticketFaults({ task: 'unlock-sqs-queue', target: { queueArn: text } })).toEqual([
      { path: 'target.queueArn', message: expect.stringMatching(/Region is in its partition.*found "arn/) },
    ]);
  });

  it.each([
    ['a name', 'orders'],
    ['a URL', 'https://sqs.eu-west-1.amazonaws.com/156041421443/orders'],
    ['the ARN of a bucket', 'arn:aws:s3:::orders'],
    ['the ARN of a topic', 'arn:aws:sns:eu-west-1:156041421443:orders'],
    ['no Region', 'arn:aws:sqs::156041421443:orders'],
    ['a Region that is a host', 'arn:aws:sqs:evil.example/:156041421443:orders'],
    ['an account of 11 digits', 'arn:aws:sqs:eu-west-1:15604142144:orders'],
    ['a name of 81 characters', `arn:aws:sqs:eu-west-1:156041421443:${'a'.repeat(81)}`],
    ['a name with its suffix, together 81', `arn:aws:sqs:eu-west-1:156041421443:${'a'.repeat(76)}.fifo`],
    ['a suffix alone', 'arn:aws:sqs:eu-west-1:156041421443:.fifo'],
    ['another suffix', 'arn:aws:sqs:eu-west-1:156041421443:orders.txt'],
    ['a wildcard', 'arn:aws:sqs:eu-west-1:156041421443:*'],
    ['a line break behind', `${arn}\n`],
    ['something behind', `${arn}:x`],
    ['a number', 156041421443],
  ])('is not %s', (_, value) => {
    const [fault, ...others] = ticketFaults({
      task: 'unlock-sqs-queue',
      target: { queueArn: value },
    });
    expect(fault?.path).toBe('target.queueArn');
    expect(fault?.message).toMatch(/^expected the ARN of an SQS queue, for example .*; found /);
    expect(others).toEqual([]);
  });
});

describe('a queue as a target', () => {
  it('says where it is, what it is called, and both in a sentence and in a path', () => {
    expect(accountOf(target)).toBe('156041421443');
    expect(nameOf(target)).toBe('orders');
    expect(targetPath(target)).toBe('156041421443/eu-west-1/orders');
    expect(describeTarget(target)).toBe('queue orders in eu-west-1 in account 156041421443');
  });

  it.each([
    ['another account than its ARN', 'accountId', '222222222222'],
    ['the account of its ARN once more', 'accountId', '156041421443'],
    ['its Region once more', 'region', 'eu-west-1'],
  ])('may not name %s', (_, field, value) => {
    const faults = ticketFaults({ task: 'unlock-sqs-queue', target: { queueArn: arn, [field]: value } });
    expect(faults).toEqual([
      {
        path: `target.${field}`,
        message: expect.stringMatching(/^leave this out: the queue's .* in queueArn; found "/),
      },
    ]);
  });

  it('is not told of a bucket, nor a bucket of a queue', () => {
    expect(ticketFaults({ task: 'unlock-sqs-queue' }).map(({ path }) => path)).toEqual([
      'target.queueArn',
      'target.accountId',
      'target.bucketName',
    ]);
    expect(ticketFaults({ target: { queueArn: arn } }).length).toBeGreaterThan(0);
  });
});

describe('an account id that is a JSON number', () => {
  it('is refused with the reason, and not taken for text', () => {
    const detail = changed(exampleDetail, { 'target.accountId': 156041421443 });
    expect(ticketFaults({ 'target.accountId': detail.target.accountId })).toEqual([
      {
        path: 'target.accountId',
        message: expect.stringMatching(/text in quotes.*zeros.*found 156041421443/),
      },
    ]);
  });
});
