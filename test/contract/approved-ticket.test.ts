import { approvedTicket } from '../../contract/approved-ticket.ts';
import { exampleDetail, faultsIn, ticketFaults } from './given.ts';

const approval = { approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' };

describe('an approved ticket', () => {
  it('is taken as the example of the contract has it', () => {
    expect(approvedTicket.parse(exampleDetail)).toEqual({
      ...exampleDetail,
      remedy: 'delete',
      evenIfNotLocked: false,
    });
  });

  it('is no rehearsal unless it says so', () => {
    expect(approvedTicket.parse({ ...exampleDetail, dryRun: undefined }).dryRun).toBe(false);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a system of one letter', { 'ticket.system': 'j' }],
    ['an id of 128 characters', { 'ticket.id': 'a'.repeat(128) }],
    ['an id of every allowed character', { 'ticket.id': 'A1._:#/@+-' }],
    ['a reason of 2,000 characters', { reason: 'ä'.repeat(2000) }],
    ['a reason in another script', { reason: '誰も入れない 🔒' }],
    ['20 approvals', { approvals: Array.from({ length: 20 }, () => approval) }],
    ['a time with an offset', { 'approvals.0.approvedAt': '2026-11-20T09:58:00.123+05:30' }],
  ])('may have %s', (_, changes) => {
    expect(ticketFaults(changes)).toEqual([]);
  });

  it.each([
    'schemaVersion',
    'ticket',
    'ticket.system',
    'ticket.id',
    'ticket.url',
    'task',
    'target',
    'target.accountId',
    'target.bucketName',
    'reason',
    'requestedBy',
    'approvals',
    'approvals.0.approver',
    'approvals.0.approvedAt',
  ])('must have its %s', (path) => {
    const [fault, ...others] = ticketFaults({ [path]: undefined });
    expect(fault?.path).toBe(path.replace('.0', '[0]'));
    expect(fault?.message).toMatch(/expected .*; found nothing$/);
    expect(others).toEqual([]);
  });

  it.each<[string, string, unknown, RegExp]>([
    ['another version', 'schemaVersion', '2', /expected "1"/],
    ['a version that is a number', 'schemaVersion', 1, /expected "1"/],
    ['an unknown task', 'task', 'unlock-everything', /one of the root tasks: unlock-s3-bucket/],
    ['two tasks', 'task', ['unlock-s3-bucket'], /one of the root tasks/],
    ['a task of the prototype', 'task', '__proto__', /one of the root tasks/],
    ['a ticket that is text', 'ticket', 'SEC-1234', /expected object/],
    ['a system of 129 characters', 'ticket.system', 'a'.repeat(129), /1 to 128 letters/],
    ['an empty ticket id', 'ticket.id', '', /1 to 128 letters/],
    ['a ticket id with a space', 'ticket.id', 'SEC 1234', /1 to 128 letters/],
    ['a ticket id with a line break', 'ticket.id', 'SEC-1234\n', /1 to 128 letters/],
    ['a ticket id that is a number', 'ticket.id', 1234, /expected text in quotes.*found 1234$/],
    ['an http URL', 'ticket.url', 'http://acme.example/browse/SEC-1234', /expected an https URL/],
    ['a script for a URL', 'ticket.url', 'javascript:alert(1)', /expected an https URL/],
    [
      'a URL with a password in it',
      'ticket.url',
      'https://me:secret@acme.example/a',
      /without user or password/,
    ],
    ['a URL with a space', 'ticket.url', 'https://acme.example/a b', /printable ASCII/],
    ['a URL of 2,049 characters', 'ticket.url', `https://a.example/${'a'.repeat(2031)}`, /at most 2048/],
    ['an account id that is a number', 'target.accountId', 156041421443, /12-digit account id/],
    ['an account id of 11 digits', 'target.accountId', '15604142144', /12-digit account id/],
    ['a bucket name that is none', 'target.bucketName', 'a/b', /name of an S3 bucket/],
    ['a target that is a list', 'target', [], /expected object/],
    ['an empty reason', 'reason', '', /expected text/],
    ['a blank reason', 'reason', ' \u00a0 ', /not blank/],
    ['a reason of 2,001 characters', 'reason', 'a'.repeat(2001), /at most 2000/],
    ['a reason of two lines', 'reason', 'a\nEnding: succeeded', /without line breaks/],
    ['a reason with a line separator', 'reason', 'a\u2028b', /without line breaks/],
    ['a reason with a paragraph separator', 'reason', 'a\u2029b', /without line breaks/],
    ['a reason written from right to left', 'reason', 'a\u202eb', /invisible/],
    ['a reason with an escape', 'reason', 'a\u001b[2Jb', /control/],
    ['a reason that is half a character', 'reason', 'a\ud83d', /invisible/],
    ['nobody who asked', 'requestedBy', ' ', /not blank/],
    ['a requester of 257 characters', 'requestedBy', 'a'.repeat(257), /at most 256/],
    ['a requester that is an object', 'requestedBy', {}, /expected string/],
    ['no approval', 'approvals', [], /at least one approval/],
    ['21 approvals', 'approvals', Array.from({ length: 21 }, () => approval), /at most 20 approvals/],
    ['approvals that are an object', 'approvals', {}, /expected array/],
    ['an approver of two lines', 'approvals.0.approver', 'lead@example.com\r\nx', /without line breaks/],
    ['a time without an offset', 'approvals.0.approvedAt', '2026-11-20T09:58:00', /time with its offset/],
    ['a time without seconds', 'approvals.0.approvedAt', '2026-11-20T09:58Z', /time with its offset/],
    ['a day that does not exist', 'approvals.0.approvedAt', '2026-02-30T00:00:00Z', /time with its offset/],
    ['a time before all years', 'approvals.0.approvedAt', '0000-01-01T00:00:00+14:00', /with its offset/],
    ['a time behind all years', 'approvals.0.approvedAt', '9999-12-31T23:59:59-14:00', /with its offset/],
    ['a time that is a number', 'approvals.0.approvedAt', 1795168680000, /time with its offset/],
    ['a rehearsal in words', 'dryRun', 'yes', /expected true or false/],
    ['a rehearsal that is null', 'dryRun', null, /expected true or false/],
  ])('may not have %s', (_, path, value, message) => {
    const [fault] = ticketFaults({ [path]: value });
    expect(fault?.path).toBe(path.replace('.0', '[0]'));
    expect(fault?.message).toMatch(message);
  });

  it.each(['note', 'ticket.priority', 'target.region', 'approvals.0.comment'])(
    'is not understood with a key it does not know (%s)',
    (path) => {
      expect(ticketFaults({ [path]: 'x' })).toEqual([
        { path: path.replace('.0', '[0]'), message: expect.stringContaining('not known here') },
      ]);
    },
  );

  it('is not understood with a key that hides in the prototype', () => {
    const detail: unknown = JSON.parse(
      JSON.stringify(exampleDetail).replace('{', '{"__proto__":{"dryRun":true},'),
    );
    expect(faultsIn(approvedTicket, detail).map(({ path }) => path)).toEqual(['__proto__']);
  });

  it.each([null, undefined, 'approved', 1, true, [], [exampleDetail]])('is no %j', (value) => {
    expect(approvedTicket.safeParse(value).success).toBe(false);
  });
});

describe('what an approval may say besides', () => {
  const rootOf = (task: string, more: Record<string, unknown> = {}) => ({
    task,
    target: { accountId: '156041421443' },
    ...more,
  });
  const parsed = (changes: Record<string, unknown>) => approvedTicket.parse({ ...exampleDetail, ...changes });

  it('is how far a deletion goes', () => {
    const more = { kinds: ['accessKeys', 'password'], keepIfUsedWithinDays: 90 };
    expect(parsed(rootOf('delete-root-credentials', more))).toMatchObject(more);
    const bare = parsed(rootOf('delete-root-credentials'));
    expect(['kinds' in bare, 'keepIfUsedWithinDays' in bare]).toEqual([false, false]);
  });

  const sha = 'a'.repeat(64);
  const restore = { task: 'restore-s3-bucket-policy', earlierRequest: 'jira/sec-1/x' };

  it('is what is done to a policy that locks out: it goes, unless the approval says repair', () => {
    expect(parsed({})).toMatchObject({ remedy: 'delete', evenIfNotLocked: false });
    const more = { remedy: 'repair', policySha256: sha, replacement: sha, evenIfNotLocked: true };
    expect(parsed(more)).toMatchObject(more);
  });

  it('is which policy is put back, and over what', () => {
    expect(parsed(restore)).toMatchObject(restore);
    for (const policySha256 of [sha, 'none'])
      expect(parsed({ ...restore, policySha256 })).toMatchObject({ policySha256 });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['remedy', { remedy: 'mend' }, /"delete" or "repair"/],
    ['policySha256', { policySha256: sha.toUpperCase() }, /sha256 in lower-case hex/],
    ['policySha256', { policySha256: 'none' }, /sha256 in lower-case hex/],
    ['replacement', { remedy: 'repair', replacement: 'abc' }, /sha256 in lower-case hex/],
    ['replacement', { replacement: sha }, /expected "remedy": "repair" beside it/],
    ['replacement', { remedy: 'delete', replacement: sha }, /expected "remedy": "repair" beside it/],
    ['evenIfNotLocked', { evenIfNotLocked: 'yes' }, /true or false/],
    ['earlierRequest', { earlierRequest: 'x' }, /not known here/],
  ])('of an unlock, may not have %s: %j', (path, more, message) => {
    expect(ticketFaults(more)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['earlierRequest', { earlierRequest: undefined }, /the id of the request that found the policy/],
    ['earlierRequest', { earlierRequest: '' }, /the id of the request/],
    ['earlierRequest', { earlierRequest: 'a b' }, /the id of the request/],
    ['earlierRequest', { earlierRequest: 'a\nb' }, /the id of the request/],
    ['policySha256', { policySha256: 'nothing' }, /or "none" for no policy/],
    ['remedy', { remedy: 'repair' }, /not known here/],
    ['evenIfNotLocked', { evenIfNotLocked: true }, /not known here/],
  ])('of a restore, may not have %s: %j', (path, more, message) => {
    expect(ticketFaults({ ...restore, ...more })).toEqual([
      { path, message: expect.stringMatching(message) },
    ]);
  });

  it('is when an opening is closed, which it always says', () => {
    expect(parsed(rootOf('allow-root-password-recovery'))).toMatchObject({ removeAfter: 'PT4H' });
    expect(parsed(rootOf('allow-root-password-recovery', { removeAfter: 'PT5M' }))).toMatchObject({
      removeAfter: 'PT5M',
    });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['kinds', { kinds: [] }, /at least one kind; leave this out/],
    ['kinds', { kinds: ['password', 'password'] }, /each kind once/],
    ['kinds[0]', { kinds: ['passwords'] }, /one of accessKeys, signingCertificates, password, mfaDevices/],
    ['kinds', { kinds: null }, /expected array/],
    ['keepIfUsedWithinDays', { keepIfUsedWithinDays: 0 }, /at least 1/],
    ['keepIfUsedWithinDays', { keepIfUsedWithinDays: 3651 }, /at most 3650/],
    ['keepIfUsedWithinDays', { keepIfUsedWithinDays: 1.5 }, /whole number of days/],
    ['keepIfUsedWithinDays', { keepIfUsedWithinDays: '90' }, /whole number of days/],
    ['removeAfter', { removeAfter: 'PT4H' }, /not known here/],
  ])('of a deletion, may not have %s: %j', (path, more, message) => {
    expect(
      faultsIn(approvedTicket, { ...exampleDetail, ...rootOf('delete-root-credentials', more) }),
    ).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['removeAfter', { removeAfter: 'PT4M59S' }, /at least "PT5M"/],
    ['removeAfter', { removeAfter: '4 hours' }, /ISO 8601 duration/],
    ['removeAfter', { removeAfter: 'P1M' }, /ISO 8601 duration/],
    ['removeAfter', { removeAfter: null }, /ISO 8601 duration/],
    ['kinds', { kinds: ['password'] }, /not known here/],
  ])('of an opening, may not have %s: %j', (path, more, message) => {
    const detail = { ...exampleDetail, ...rootOf('allow-root-password-recovery', more) };
    expect(faultsIn(approvedTicket, detail)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it.each(['kinds', 'keepIfUsedWithinDays', 'removeAfter'])('is not %s for any other task', (key) => {
    for (const detail of [exampleDetail, { ...exampleDetail, ...rootOf('audit-root-credentials') }])
      expect(faultsIn(approvedTicket, { ...detail, [key]: 1 })).toMatchObject([{ path: key }]);
  });

  it('is not a closing: no ticket may ask for one', () => {
    expect(ticketFaults(rootOf('close-root-password-recovery'))[0]).toMatchObject({
      path: 'task',
      message: expect.stringContaining('one of the root tasks'),
    });
  });

  it('is not the organization for an opening', () => {
    const detail = {
      ...exampleDetail,
      ...rootOf('allow-root-password-recovery'),
      target: { organization: true },
    };
    expect(faultsIn(approvedTicket, detail).map(({ path }) => path)).toEqual([
      'target.accountId',
      'target.organization',
    ]);
  });

  it('has its faults told at the place in the target that was meant', () => {
    const target = { organization: true, excludedAccounts: ['x'] };
    const detail = { ...exampleDetail, ...rootOf('audit-root-credentials'), target };
    expect(faultsIn(approvedTicket, detail).map(({ path }) => path)).toEqual(['target.excludedAccounts[0]']);
  });
});
