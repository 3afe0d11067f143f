import { askedBy } from '../../../tools/diagnose/asked.ts';

const account = ['--account', '156041421443'];
const bucket = 'arn:aws:s3:::orders';
const queue = 'arn:aws-cn:sqs:cn-north-1:156041421443:orders.fifo';

describe('what is asked', () => {
  it('is answered in words, if nothing else is said', () => {
    expect(askedBy(['a.json', '-', ...account])).toEqual({
      show: 'words',
      files: ['a.json', '-'],
      accountId: '156041421443',
      resourceArn: null,
      service: null,
    });
  });

  it.each([
    [['--service', 's3'], null, 's3'],
    [['--resource', bucket], bucket, 's3'],
    [['--resource', queue], queue, 'sqs'],
    [['--resource', queue, '--service', 'sqs'], queue, 'sqs'],
  ])('is of the resource and the service in %j', (options, resourceArn, service) => {
    expect(askedBy(['-', ...account, ...options])).toMatchObject({ resourceArn, service });
  });

  it('is a hash, for which no account matters', () => {
    expect(askedBy(['a', 'b', '--hash'])).toEqual({ show: 'hash', files: ['a', 'b'] });
  });

  it.each<[string, readonly string[], string]>([
    ['no file', account, 'name the file'],
    ['no account', ['-'], 'say which account'],
    ['an account that is none', ['-', '--account', '1560'], '12 digits, not 1560'],
    ['an account with more behind it', ['-', '--account', '156041421443\n'], '12 digits'],
    ['the standard input twice', ['-', '-', ...account], 'once only'],
    ['another service', ['-', ...account, '--service', 'sns'], 's3 or sqs, not sns'],
    ['a resource that is none', ['-', ...account, '--resource', 'orders'], 'the ARN of a bucket or a queue'],
    ['an object', ['-', ...account, '--resource', `${bucket}/a`], 'the ARN of a bucket or a queue'],
    [
      'a queue of another account',
      ['-', '--account', '111122223333', '--resource', queue],
      'is of account 156041421443, and --account says 111122223333',
    ],
    [
      'a resource of another service',
      ['-', ...account, '--service', 'sqs', '--resource', bucket],
      '--resource is of s3, and --service says sqs',
    ],
    ['two ways to answer', ['-', ...account, '--json', '--hash'], '--json and --hash exclude each other'],
    ['two repaired policies', ['a', 'b', ...account, '--repaired'], '--repaired takes one file'],
  ])('makes no sense with %s', (_, args, words) => {
    expect(() => askedBy(args)).toThrow(words);
  });
});
