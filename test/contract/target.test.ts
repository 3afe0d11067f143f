import { accountId } from '../../contract/account-id.ts';
import { accountOf, bucketTarget, describeTarget, nameOf, targetPath } from '../../contract/target.ts';

const target = { accountId: accountId.parse('156041421443'), bucketName: 'project-prod-1' };

describe('a bucket as a target', () => {
  it.each(['project-prod-1', 'abc', 'a.b.c', 'Old_Bucket.Of-2009', 'a'.repeat(255)])('may be %s', (name) => {
    expect(bucketTarget.parse({ ...target, bucketName: name }).bucketName).toBe(name);
  });

  it.each([
    ['two characters', 'ab'],
    ['256 characters', 'a'.repeat(256)],
    ['a slash', 'bucket/key'],
    ['a dot in front', '.bucket'],
    ['an ARN', 'arn:aws:s3:::bucket'],
    ['a line break', 'bucket\n'],
    ['a look-alike letter', 'bucкet'],
    ['a wildcard', 'bucket*'],
  ])('may not have %s', (_, bucketName) => {
    expect(bucketTarget.safeParse({ ...target, bucketName }).success).toBe(false);
  });

  it('is nothing but account and name', () => {
    expect(bucketTarget.safeParse({ ...target, region: 'eu-north-1' }).success).toBe(false);
  });

  it('says where it is, what it is called, and both in a sentence and in a path', () => {
    expect(accountOf(target)).toBe('156041421443');
    expect(nameOf(target)).toBe('project-prod-1');
    expect(targetPath(target)).toBe('156041421443/project-prod-1');
    expect(describeTarget(target)).toBe('bucket project-prod-1 in account 156041421443');
  });
});
