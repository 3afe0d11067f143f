import { accountId } from '../../../contract/account-id.ts';
import { codes } from '../../../contract/ending.ts';
import { failure } from '../../../lambdas/root-task/failures.ts';

const target = { accountId: accountId.parse('156041421443'), bucketName: 'project-prod-1' };

describe('a failure', () => {
  it.each(codes.failed)('%s says what happened and what to do next', (code) => {
    const said = failure(code, 'unlock-s3-bucket', target, 'In the words of AWS, which are long enough');
    expect(said).toMatchObject({ ending: 'failed', code });
    expect(said.summary).toMatch(/^[A-Z].{30,}/);
    expect(said.remedy).toMatch(/^[A-Z].{20,}\.$/);
    expect(`${said.summary} ${said.remedy}`).not.toMatch(/undefined|null|\[object|the the /);
  });

  it.each(['assume-root-denied', 'denied-by-organization', 'bucket-not-found'] as const)(
    '%s lists what it may be, where AWS gives several causes one answer',
    (code) => {
      expect(failure(code, 'unlock-s3-bucket', target).summary).toContain('one of these');
    },
  );
});
