import { accountId } from '../../contract/account-id.ts';
import { organizationTasks, rootTaskNames } from '../../contract/root-tasks.ts';
import {
  accountOf,
  accountTarget,
  bucketTarget,
  describeTarget,
  isOrganization,
  nameOf,
  organizationTarget,
  targetPath,
  targetSchemaOf,
  wordFor,
} from '../../contract/target.ts';
import { faultsIn } from './given.ts';

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

const id = '156041421443';
const eitherSchema = targetSchemaOf('audit-root-credentials');

describe('the root user of an account as a target', () => {
  const root = accountTarget.parse({ accountId: id });

  it('says where it is, what it is called, and both in a sentence and in a path', () => {
    expect([accountOf(root), nameOf(root), targetPath(root), wordFor(root)]).toEqual([id, id, id, 'account']);
    expect(describeTarget(root)).toBe('root user of account 156041421443');
    expect(isOrganization(root)).toBe(false);
  });

  it('is not mistaken for a bucket or a queue of that account', () => {
    expect(isOrganization(target)).toBe(false);
    expect(wordFor(target)).toBe('bucket');
  });
});

describe('the organization as a target', () => {
  const excludedAccounts = ['444444444444', '555555555555'];
  const organizationalUnitIds = ['ou-ab12-prod1234', 'ou-ab12-test1234'];

  it.each<[object, string]>([
    [{}, 'root users of the organization'],
    [{ excludedAccounts }, 'root users of the organization, without 2 accounts'],
    [{ organizationalUnitIds }, 'root users of the accounts below ou-ab12-prod1234, ou-ab12-test1234'],
    [
      { excludedAccounts, organizationalUnitIds },
      'root users of the accounts below ou-ab12-prod1234, ou-ab12-test1234, without 2 accounts',
    ],
  ])('says what it is: %j', (more, words) => {
    const given = organizationTarget.parse({ organization: true, ...more });
    expect(isOrganization(given)).toBe(true);
    expect([nameOf(given), targetPath(given)]).toEqual(['the organization', 'organization']);
    expect(describeTarget(given)).toBe(words);
  });

  it('is one only where a task may have it', () => {
    for (const task of rootTaskNames) {
      const takes = targetSchemaOf(task).safeParse({ organization: true }).success;
      expect([task, takes]).toEqual([task, organizationTasks.some((one) => one === task)]);
    }
  });
});

describe('a target that is an account or the organization', () => {
  it.each([
    { accountId: id },
    { organization: true },
    { organization: true, excludedAccounts: [id] },
    { organization: true, organizationalUnitIds: ['ou-ab12-prod1234'] },
  ])('may be %j', (value) => {
    expect(eitherSchema.parse(value)).toEqual(value);
  });

  it.each<[unknown, string, RegExp]>([
    [{}, 'accountId', /12-digit account id.*found nothing/],
    [{ accountId: '1' }, 'accountId', /12-digit account id/],
    [{ accountId: id, excludedAccounts: [] }, 'excludedAccounts', /not known here/],
    [{ accountId: id, bucketName: 'x' }, 'bucketName', /not known here/],
    [{ organization: false }, 'organization', /expected true, or an accountId in its place/],
    [{ organization: 'true' }, 'organization', /expected true, or an accountId in its place/],
    [{ organization: null, accountId: id }, 'organization', /expected true/],
    [{ organization: true, accountId: id }, 'accountId', /not known here/],
    [{ organization: true, excludedAccounts: [] }, 'excludedAccounts', /leave this out to exclude none/],
    [{ organization: true, excludedAccounts: ['1'] }, 'excludedAccounts[0]', /12-digit account id/],
    [{ organization: true, excludedAccounts: id }, 'excludedAccounts', /list of account ids/],
    [
      { organization: true, organizationalUnitIds: [] },
      'organizationalUnitIds',
      /for the whole organization/,
    ],
    [
      { organization: true, organizationalUnitIds: ['r-ab12'] },
      'organizationalUnitIds[0]',
      /organizational unit/,
    ],
    [null, '(document)', /expected \{"accountId": "…"\} or \{"organization": true\}; found null/],
    ['organization', '(document)', /expected \{"accountId": "…"\} or/],
  ])('may not be %j: one fault, at its own place', (value, path, message) => {
    expect(faultsIn(eitherSchema, value)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });
});
