import type { RootCredentials } from '../../../contract/root-credentials.ts';
import type { CredentialResult } from '../../../contract/trail-states.ts';
import { countsOf } from '../../../lambdas/organization-run/outcome.ts';
import type { AccountRow } from '../../../lambdas/organization-run/report/run-report.ts';
import { isOfOrganization } from '../../../lambdas/organization-run/run.ts';
import { endingOf } from '../../../lambdas/organization-run/run-ending.ts';
import { givenAuthorized } from '../given/request.ts';
import {
  givenCredentials,
  givenFailed,
  givenKeys,
  givenLeftOut,
  givenPassword,
  givenRow,
  unread,
} from './report/given.ts';

function ended(task: 'audit-root-credentials' | 'delete-root-credentials', rows: readonly AccountRow[]) {
  const approvals = ['lead@example.com', 'second.lead@example.com'].map((approver) => ({
    approver,
    approvedAt: '2026-11-20T09:57:00Z',
  }));
  const request = givenAuthorized({
    'detail.task': task,
    'detail.target': { organization: true },
    'detail.approvals': approvals,
  });
  if (!isOfOrganization(request)) throw new Error('the given request is of the organization');
  return endingOf({ request, rows, counts: countsOf(rows), previousAt: null, reportUri: 's3://runs/r/' });
}
const deletion = (...rows: AccountRow[]) => ended('delete-root-credentials', rows);

const leftOut = (id: string, reason: NonNullable<AccountRow['leftOut']>['reason']) => ({
  ...givenLeftOut(id),
  leftOut: { reason, detail: 'x' },
});
/** An account in which a key came to something. */
const withKey = (result: CredentialResult['result'], credentials: Partial<RootCredentials> = {}) =>
  givenRow({
    id: '400000000004',
    class: Object.keys(credentials).length === 0 ? 'clean' : 'with-credentials',
    credentials: givenCredentials(credentials),
    results: [{ kind: 'accessKeys', id: 'AKIA1', result, detail: '' }],
  });
const key = { accessKeys: givenKeys({ id: 'AKIA1' }) };

describe('a deletion in which nothing went', () => {
  it.each(['audit-could-not-read', 'not-audited'] as const)(
    'is failed where nobody knows what an account has that was left out (%s)',
    (reason) => {
      const ending = deletion(leftOut('300000000003', reason), leftOut('400000000004', 'audit-saw-none'));
      expect(ending).toMatchObject({ ending: 'failed', code: 'organization-credentials-left' });
      expect(ending.summary).toMatch(/no credentials .* gone/);
    },
  );

  it('is failed for that, though what was visited was kept', () => {
    expect(deletion(withKey('kept', key), leftOut('300000000003', 'not-audited'))).toMatchObject({
      ending: 'failed',
    });
  });

  it('says that all was kept, and what, where something is there', () => {
    const ending = deletion(withKey('kept', key), leftOut('300000000003', 'excluded-by-ticket'));
    expect(ending).toMatchObject({ ending: 'nothing-to-do', code: 'all-kept' });
    expect(ending.summary).toMatch(/^Nothing .* was deleted \(1 access key there and kept\)/);
  });

  it.each(['audit-saw-none', 'management-account', 'excluded-by-settings', 'not-active'] as const)(
    'had nothing to do where all are left out for another reason (%s)',
    (reason) => {
      expect(deletion(leftOut('300000000003', reason))).toMatchObject({
        ending: 'nothing-to-do',
        code: 'organization-without-credentials',
      });
    },
  );
});

describe('a deletion in which something went', () => {
  it('names how many accounts nobody knows anything of', () => {
    const ending = deletion(
      withKey('gone'),
      leftOut('300000000003', 'not-audited'),
      leftOut('500000000005', 'audit-could-not-read'),
      leftOut('600000000006', 'audit-saw-none'),
    );
    expect(ending).toMatchObject({ ending: 'succeeded', code: 'organization-credentials-deleted' });
    expect(ending.remedy).toContain('2 accounts were left out as not read, or not visited');
    const { remedy } = deletion(withKey('gone'), leftOut('300000000003', 'not-audited'));
    expect(remedy).toContain('1 account was left out');
  });

  it('speaks of none where everything was audited', () => {
    const { remedy } = deletion(withKey('gone'), leftOut('600000000006', 'audit-saw-none'));
    expect(remedy).not.toContain('left out');
  });

  it('is failed where the visit of another account failed', () => {
    expect(deletion(withKey('gone'), givenFailed())).toMatchObject({
      ending: 'failed',
      code: 'organization-credentials-left',
    });
  });

  it.each(['still-there', 'unknown'] as const)('is failed where something else is %s', (result) => {
    expect(deletion(withKey('gone'), { ...withKey(result), ...givenId('500000000005') })).toMatchObject({
      ending: 'failed',
      code: 'organization-credentials-left',
    });
  });
});

const givenId = (id: string) => ({ account: { id, name: 'another' } });

describe('an audit', () => {
  const audited = (credentials: Partial<RootCredentials>) =>
    ended('audit-root-credentials', [
      givenRow({ class: 'with-credentials', credentials: givenCredentials(credentials) }),
    ]);

  it('is one in part where an account has credentials and a kind that could not be read', () => {
    const ending = audited({ password: givenPassword(), accessKeys: unread('AccessDenied') });
    expect(ending).toMatchObject({ ending: 'succeeded', code: 'organization-audited-in-part' });
    expect(ending.summary).toContain('Of 1 of those with credentials, not every kind could be read.');
    expect(ending.remedy).toContain('lift what denies the reads');
  });

  it('is whole where it could read every kind, whatever is there', () => {
    const ending = audited(key);
    expect(ending.code).toBe('organization-audited');
    expect(ending.summary).not.toContain('could be read');
  });
});
