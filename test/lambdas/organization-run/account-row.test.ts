import type { EndedEntry } from '../../../contract/trail-entry.ts';
import { leftOutRow, neverBegunRow, visitedRow } from '../../../lambdas/organization-run/account-row.ts';
import { countsOf } from '../../../lambdas/organization-run/outcome.ts';
import { givenEnding } from '../given/records.ts';
import { hash } from './given.ts';
import { givenCredentials, givenKeys, unread } from './report/given.ts';

const account = { id: '156041421443', name: 'project-prod' };
const withKey = givenCredentials({ accessKeys: givenKeys({}) });

/** An account's ending, as far as its class depends on it. */
async function rowOf(own: Partial<EndedEntry>) {
  const { ending } = await givenEnding();
  if (ending.kind !== 'ended') throw new Error('the given event is carried out');
  return visitedRow(account, { ...ending, ...own }, null);
}
const state = (credentials: typeof withKey) => ({ credentials, sha256: hash });

describe('the class of an account', () => {
  it.each<[string, Partial<EndedEntry>]>([
    ['clean', { after: state(givenCredentials()) }],
    ['with-credentials', { after: state(withKey) }],
    ['with-credentials', { after: state({ ...withKey, password: unread('no') }) }],
    ['unknown', { after: state(givenCredentials({ password: unread('no') })) }],
    ['unknown', { after: null }],
    ['unknown', { after: null, ending: 'nothing-to-do' }],
    ['unknown', { after: null, ending: 'rehearsed' }],
    ['failed', { after: state(givenCredentials()), ending: 'failed' }],
    ['failed', { after: null, ending: 'superseded' }],
  ])('is %s where %j was read', async (expected, own) => {
    expect((await rowOf(own)).class).toBe(expected);
  });

  it('is left-out or failed where it was not visited, and says why', () => {
    const left = leftOutRow({ ...account, reason: 'not-active', detail: 'Its state is CLOSED.' });
    expect(left).toMatchObject({ class: 'left-out', requestId: null, leftOut: { reason: 'not-active' } });
    const never = neverBegunRow('run', account, '2026-11-20T10:00:00.000Z');
    expect(never).toMatchObject({ class: 'failed', requestId: 'run/accounts/156041421443' });
  });
});

describe('the counts', () => {
  it('are not given where an account is there twice', async () => {
    const row = await rowOf({ after: null });
    expect(() => countsOf([row, row])).toThrow('more than once');
    expect(countsOf([row])).toEqual({ clean: 0, withCredentials: 0, unknown: 1, leftOut: 0, failed: 0 });
  });
});
