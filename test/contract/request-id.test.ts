import fc from 'fast-check';
import { accountId } from '../../contract/account-id.ts';
import {
  accountRequestId,
  closingRequestId,
  requestIdOf,
  runOf,
  shortHash,
} from '../../contract/request-id.ts';

const request = {
  ticket: { system: 'jira', id: 'SEC-1234' },
  task: 'unlock-s3-bucket',
  target: { accountId: accountId.parse('156041421443'), bucketName: 'project-prod-1' },
  dryRun: false,
} as const;
const decidedAt = '2026-11-20T09:58:00Z';
const example = 'jira/sec-1234/unlock-s3-bucket/156041421443/project-prod-1/2026-11-20T09:58:00.000Z';

const withTicket = (system: string, id: string) =>
  requestIdOf({ ...request, ticket: { system, id } }, decidedAt);

describe('a request id', () => {
  it('is what the event contract gives as its example', () => {
    expect(requestIdOf(request, decidedAt)).toBe(example);
  });

  it.each([
    ['jira', 'sec-1234'],
    ['Jira', 'SEC-1234'],
    ['JIRA', 'Sec-1234'],
  ])('is one, however the ticket spells itself (%s %s)', (system, id) => {
    expect(withTicket(system, id)).toBe(example);
  });

  it.each([
    '2026-11-20T09:58:00.000Z',
    '2026-11-20T10:58:00+01:00',
    '2026-11-20T04:28:00.0-05:30',
    '2026-11-20T09:58:00.0004Z',
  ])('is one, in whatever offset the approval is written (%s)', (text) => {
    expect(requestIdOf(request, text)).toBe(example);
  });

  it('keeps a ticket id with slashes in its own place', () => {
    expect(withTicket('git@hub', 'acme/app#7')).toBe(
      example.replace('jira/sec-1234', 'git%40hub/acme%2Fapp%237'),
    );
  });

  it('keeps the capitals of a bucket: S3 tells them apart', () => {
    const target = { ...request.target, bucketName: 'Project_1' };
    expect(requestIdOf({ ...request, target }, decidedAt)).toContain('/Project_1/');
  });

  it('is another one for a rehearsal', () => {
    expect(requestIdOf({ ...request, dryRun: true }, decidedAt)).toBe(`${example}/rehearsal`);
  });

  it('has as many parts for every ticket, so that no two requests share one', () => {
    const plain = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:#/@+-]{0,127}$/);
    fc.assert(
      fc.property(plain, plain, (system, id) => {
        const parts = withTicket(system, id).split('/');
        expect(parts).toHaveLength(6);
        expect(parts.slice(0, 2).map(decodeURIComponent)).toEqual([system.toLowerCase(), id.toLowerCase()]);
      }),
    );
  });

  it('throws for a time that is none', () => {
    expect(() => requestIdOf(request, 'yesterday')).toThrow(RangeError);
  });
});

describe('the request of an account of a run', () => {
  const run = requestIdOf(
    { ...request, task: 'audit-root-credentials', target: { organization: true } },
    decidedAt,
  );

  it('stands below the run, and names it', () => {
    const account = accountRequestId(run, '156041421443');
    expect(account).toBe(
      'jira/sec-1234/audit-root-credentials/organization/2026-11-20T09:58:00.000Z/accounts/156041421443',
    );
    expect(runOf(account)).toBe(run);
    expect(runOf(accountRequestId(`${run}/rehearsal`, '156041421443'))).toBe(`${run}/rehearsal`);
  });

  it.each([
    ['a run', run],
    ['a request of one account', example],
    ['a closing', closingRequestId(example, 1)],
    ['a refusal', 'refused/7bf73129'],
    ['a ticket that spells one', withTicket('jira', 'x/accounts/156041421443')],
    ['a path that only looks like one', 'jira/x/accounts/156041421443'],
  ])('is not %s', (_, requestId) => {
    expect(runOf(requestId)).toBeNull();
  });

  it('is spelt by no ticket', () => {
    const plain = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:#/@+-]{0,127}$/);
    fc.assert(fc.property(plain, plain, (system, id) => runOf(withTicket(system, id)) === null));
  });
});

describe('the request of a closing', () => {
  it('stands below the opening, with another number for every try', () => {
    expect(closingRequestId(example, 2)).toBe(`${example}/closing/2`);
  });
});

describe('the short hash', () => {
  it('is 16 hex digits, another for another request', () => {
    expect(shortHash(example)).toMatch(/^[0-9a-f]{16}$/);
    expect(shortHash(`${example}/rehearsal`)).not.toBe(shortHash(example));
  });
});
