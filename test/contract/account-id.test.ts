import { accountId, accountOfArn } from '../../contract/account-id.ts';

describe('an account id', () => {
  it.each(['156041421443', '000000000001'])('may be %s', (text) => {
    expect(accountId.parse(text)).toBe(text);
  });

  it.each([
    ['eleven digits', '15604142144'],
    ['thirteen digits', '1560414214430'],
    ['digits inside other text', 'a156041421443'],
    ['a line break behind', '156041421443\n'],
    ['digits of another script', '１５６０４１４２１４４３'],
    ['a number', 156041421443],
    ['nothing', undefined],
  ])('may not be %s', (_, value) => {
    expect(accountId.safeParse(value).success).toBe(false);
  });
});

describe('the account of an ARN', () => {
  it.each([
    ['arn:aws:iam::333333333333:role/ticketing', '333333333333'],
    ['arn:aws-cn:sts::333333333333:assumed-role/x/y', '333333333333'],
    ['arn:aws:s3:::bucket', undefined],
    ['arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy', undefined],
    ['role/333333333333', undefined],
  ])('%s is of %s', (arn, account) => {
    expect(accountOfArn(arn)).toBe(account);
  });
});
