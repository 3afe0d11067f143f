import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import { sha256 } from '../../../contract/canonical-json.ts';
import { accountRequestId } from '../../../contract/request-id.ts';
import type { EndedEntry } from '../../../contract/trail-entry.ts';
import type { RunOutcome } from '../../../contract/trail-states.ts';
import { collateRun } from '../../../lambdas/organization-run/collate-run.ts';
import { account, day, GivenOrganization, minute, numbered } from './given.ts';
import { givenCredentials, givenKeys, givenPassword, unread } from './report/given.ts';

const audit = 'audit-root-credentials';
const deletion = 'delete-root-credentials';
const outcome = ({ after }: EndedEntry) => after as RunOutcome;
const key = (id: string) => givenCredentials({ accessKeys: givenKeys({ id }) });
const unreadable = givenCredentials({ accessKeys: unread('AccessDenied: no') });

/** One account of every class. */
function givenAllClasses() {
  const given = new GivenOrganization();
  given.accounts = [
    account('111111111111', 'management'),
    account('300000000003', 'clean'),
    account('400000000004', 'with-key'),
    account('500000000005', 'unreadable'),
    account('600000000006', 'denied'),
  ];
  given.root.set('400000000004', key('AKIA1'));
  given.root.set('500000000005', unreadable);
  given.fails.add('600000000006');
  return given;
}

describe('the ending of an audit', () => {
  it('puts every account into one class, and says how many are in which', async () => {
    const ended = await givenAllClasses().wholeRun();
    expect(ended).toMatchObject({
      ending: 'succeeded',
      code: 'organization-audited-in-part',
      targetPath: 'organization',
      session: null,
      summary:
        'Audited the root users of the organization: 1 account clean, 1 with credentials, 1 unknown, 1 left out, 1 failed. Look first at: denied (600000000006) failed, unreadable (500000000005) unknown, with-key (400000000004) with credentials.',
    });
    expect(outcome(ended)).toMatchObject({
      counts: { clean: 1, withCredentials: 1, unknown: 1, leftOut: 1, failed: 1 },
      credentials: null,
      previous: null,
      appeared: 0,
    });
  });

  it('is whole where everything could be read', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('300000000003')];
    expect(await given.wholeRun()).toMatchObject({ code: 'organization-audited' });
  });

  it('of a rehearsal is one', async () => {
    const given = givenAllClasses();
    const ended = await given.wholeRun(audit, { 'detail.dryRun': true });
    expect(ended).toMatchObject({ ending: 'rehearsed', code: 'would-audit-organization' });
    expect(outcome(ended).counts).toEqual({
      clean: 1,
      withCredentials: 1,
      unknown: 1,
      leftOut: 1,
      failed: 1,
    });
  });

  it('names ten accounts, and says how many more', async () => {
    const given = new GivenOrganization();
    given.accounts = Array.from({ length: 12 }, (_, index) => account(numbered(index)));
    for (const { id } of given.accounts) given.root.set(id, key(`AKIA${id}`));
    const { summary } = await given.wholeRun();
    expect(summary.match(/\(\d{12}\)/g)).toHaveLength(10);
    expect(summary).toContain('and 2 more');
  });

  it('says where the report is, whose files are stored with their hashes', async () => {
    const given = givenAllClasses();
    const ended = await given.wholeRun();
    const { bucket, prefix, sha256: hashes } = outcome(ended).report;
    expect(bucket).toBe('runs');
    expect(prefix).toMatch(/^reports\/2026-11-20\/[0-9a-f]{16}\/$/);
    expect(ended.remedy).toContain(`s3://runs/${prefix}report.html`);
    const files = [...given.stored].filter(([name]) => name.startsWith(prefix));
    expect(
      Object.fromEntries(files.map(([name, { body }]) => [name.slice(prefix.length), sha256(body)])),
    ).toEqual(hashes);
    expect(files.map(([, { contentType }]) => contentType.split(';')[0]).sort()).toEqual([
      'application/json',
      'text/csv',
      'text/html',
    ]);
  });

  it('is written once: a collation that comes again answers it, and so does one that is beaten to it', async () => {
    const given = givenAllClasses();
    const requestId = await given.begin(given.event(audit));
    for (const item of await given.plan(requestId)) await given.visit(requestId, item, audit);
    const { store, ...parts } = given.parts;
    let other: EndedEntry | null = null;
    const put: typeof store.put = async (...file) => {
      other ??= await collateRun({ requestId }, { ...parts, store });
      return store.put(...file);
    };
    const ended = await collateRun({ requestId }, { ...parts, store: { ...store, put } });
    expect(ended).toEqual(other);
    expect(await given.collate(requestId)).toEqual(ended);
  });
});

describe('what has changed since the audit before', () => {
  /** Two audits a week apart, and what root has in one account at each. */
  async function twice(before: typeof unreadable, now: typeof unreadable) {
    const given = new GivenOrganization();
    given.accounts = [account('400000000004', 'project-prod')];
    given.root.set('400000000004', before);
    const first = await given.wholeRun();
    given.time += 7 * day;
    given.root.set('400000000004', now);
    return { first, ended: await given.wholeRun() };
  }

  it('a new credential comes first in the sentence, by name', async () => {
    const { ended, first } = await twice(
      key('AKIAOLD'),
      givenCredentials({ accessKeys: givenKeys({ id: 'AKIAOLD' }, { id: 'AKIANEW' }) }),
    );
    expect(ended.summary).toMatch(
      new RegExp(
        `^NEW root credentials since the audit of ${first.at}: project-prod \\(400000000004\\): access key AKIANEW\\. Audited`,
      ),
    );
    expect(outcome(ended)).toMatchObject({ appeared: 1, previous: first.requestId });
  });

  it('a password that was made anew is another one', async () => {
    const { ended } = await twice(
      givenCredentials({ password: givenPassword(300) }),
      givenCredentials({ password: givenPassword(3) }),
    );
    expect(ended.summary).toMatch(/^NEW root credentials .*the password\. Audited/);
  });

  it.each([
    ['what is still there', key('AKIA1'), key('AKIA1')],
    ['what is gone', key('AKIA1'), givenCredentials()],
    ['what could not be read before', unreadable, key('AKIA1')],
    ['what cannot be read now', key('AKIA1'), unreadable],
    [
      'a password of which AWS does not say when it was made',
      givenCredentials({ password: { ...givenPassword(), createdAt: null } }),
      givenCredentials({ password: givenPassword() }),
    ],
  ])('%s is nothing new', async (_, before, now) => {
    const { ended } = await twice(before, now);
    expect(ended.summary).not.toContain('NEW');
    expect(outcome(ended).appeared).toBe(0);
  });

  it('is everything of an account that the run before did not know', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('400000000004')];
    await given.wholeRun();
    given.time += 7 * day;
    given.accounts.push(account('500000000005', 'just-made'));
    given.root.set('500000000005', key('AKIANEW'));
    const ended = await given.wholeRun();
    expect(ended.summary).toMatch(/^NEW root credentials .*just-made \(500000000005\): access key AKIANEW\./);
    expect(outcome(ended).appeared).toBe(1);
    given.time += 7 * day;
    expect(outcome(await given.wholeRun()).appeared).toBe(0);
  });

  it.each<[string, (given: GivenOrganization) => void]>([
    ['in which the visit failed', (given) => given.fails.add('500000000005')],
    ['that was not active', ({ accounts }) => accounts.push(account('500000000005', 'x', 'SUSPENDED'))],
  ])('is nothing of an account %s: the run before knew it, and read nothing', async (_, arrange) => {
    const given = new GivenOrganization();
    given.accounts = [account('400000000004')];
    given.root.set('500000000005', key('AKIAOLD'));
    arrange(given);
    if (given.accounts.length === 1) given.accounts.push(account('500000000005'));
    await given.wholeRun();
    given.time += 7 * day;
    given.fails.clear();
    given.accounts = [account('400000000004'), account('500000000005')];
    const ended = await given.wholeRun();
    expect(outcome(ended)).toMatchObject({ appeared: 0, counts: { withCredentials: 1 } });
    expect(ended.summary).not.toContain('NEW');
  });

  it('is not told against an audit of a part of the organization', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('400000000004')];
    const whole = await given.wholeRun();
    given.time += day;
    const inPart = await given.wholeRun(audit, {
      'detail.target': { organization: true, organizationalUnitIds: ['ou-ab12-prod1234'] },
    });
    expect(outcome(inPart).previous).toBe(whole.requestId);
    given.time += day;
    given.root.set('400000000004', key('AKIANEW'));
    const ended = await given.wholeRun();
    expect(outcome(ended)).toMatchObject({ previous: whole.requestId, appeared: 1 });
  });
});

describe('an account that came to no ending', () => {
  it('is failed where nothing is recorded of it', async () => {
    const given = givenAllClasses();
    const requestId = await given.begin(given.event(audit));
    await given.plan(requestId);
    const ended = await given.collate(requestId);
    expect(outcome(ended).counts).toEqual({
      clean: 0,
      withCredentials: 0,
      unknown: 0,
      leftOut: 1,
      failed: 4,
    });
    expect(given.report()).toContain('Nothing is recorded for account 300000000003');
  });

  async function givenBegunAccount() {
    const given = givenAllClasses();
    const requestId = await given.begin(given.event(audit));
    const [item] = await given.plan(requestId);
    if (item === undefined) throw new Error('accounts are planned');
    given.table.beforePut = ({ kind, parentRequestId }) => {
      if (kind === 'ended' && parentRequestId !== undefined) throw new Error('the lane dies');
    };
    await expect(given.visit(requestId, item, audit)).rejects.toThrow('dies');
    given.table.beforePut = () => {};
    return { given, requestId, own: accountRequestId(requestId, item.accountId) };
  }

  it('is ended as given up, and counts as failed', async () => {
    const { given, own, requestId } = await givenBegunAccount();
    const ended = await given.collate(requestId);
    expect(await given.trail.head(own)).toMatchObject({
      kind: 'ended',
      code: 'gave-up',
      parentRequestId: requestId,
    });
    expect(outcome(ended).counts.failed).toBe(4);
  });

  it('that is at work is waited for: the run does not end without it', async () => {
    const { given, requestId } = await givenBegunAccount();
    const { deliveryLock, ...parts } = given.parts;
    const holding: typeof deliveryLock.holding = async () => {
      throw new IdempotencyAlreadyInProgressError('at work');
    };
    await expect(
      collateRun({ requestId }, { ...parts, deliveryLock: { ...deliveryLock, holding } }),
    ).rejects.toThrow('at work');
    expect((await given.trail.head(requestId))?.kind).toBe('planned');
  });

  it('is not believed where its last entry was changed', async () => {
    const given = givenAllClasses();
    const requestId = await given.begin(given.event(audit));
    const [item] = await given.plan(requestId);
    if (item === undefined) throw new Error('accounts are planned');
    await given.visit(requestId, item, audit);
    Object.assign(given.table.items.at(-1) ?? {}, { summary: { S: 'All is well.' } });
    await expect(given.collate(requestId)).rejects.toThrow('does not cover it');
  });
});

describe('the ending of a deletion', () => {
  async function givenAudited(ids: readonly string[]) {
    const given = new GivenOrganization();
    given.accounts = ids.map((id) => account(id));
    for (const id of ids) given.root.set(id, key(`AKIA${id}`));
    const audited = await given.wholeRun();
    given.time += day;
    return { given, audited };
  }
  const two = ['400000000004', '500000000005'];

  it('counts what is gone, and is told against its audit', async () => {
    const { audited, given } = await givenAudited(two);
    const ended = await given.wholeRun(deletion);
    expect(ended).toMatchObject({
      ending: 'succeeded',
      code: 'organization-credentials-deleted',
      summary: expect.stringMatching(
        /^2 access keys of the root users of the organization are deleted and read back as gone, no credentials kept: 2 accounts clean/,
      ),
    });
    expect(outcome(ended)).toMatchObject({
      credentials: { gone: 2 },
      previous: audited.requestId,
      appeared: 0,
    });
  });

  it('is failed where one account failed', async () => {
    const { given } = await givenAudited(two);
    given.fails.add('500000000005');
    const ended = await given.wholeRun(deletion);
    expect(ended).toMatchObject({ ending: 'failed', code: 'organization-credentials-left' });
    expect(ended.summary).toContain('1 account clean, 0 with credentials, 0 unknown, 0 left out, 1 failed');
  });

  it('is failed where the audit could read none of its accounts: nobody knows what they have', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('400000000004'), account('500000000005')];
    given.root.set('400000000004', unreadable);
    given.fails.add('500000000005');
    await given.wholeRun();
    given.time += day;
    const ended = await given.wholeRun(deletion);
    expect(ended).toMatchObject({ ending: 'failed', code: 'organization-credentials-left' });
    expect(outcome(ended).counts).toMatchObject({ clean: 0, leftOut: 2 });
  });

  it('lists in a rehearsal what would go, and changes nothing', async () => {
    const { given } = await givenAudited(two);
    const ended = await given.wholeRun(deletion, { 'detail.dryRun': true });
    expect(ended).toMatchObject({
      ending: 'rehearsed',
      code: 'would-delete-organization-credentials',
      summary: expect.stringContaining(
        '2 access keys of the root users of the organization would be deleted',
      ),
    });
    expect(outcome(ended).credentials).toEqual({ 'would-go': 2, kept: 0 });
    expect(given.report()).toContain('AKIA400000000004');
  });

  it('is told against the audit that it acts upon, though that looked at less', async () => {
    const given = new GivenOrganization();
    given.accounts = two.map((id) => account(id));
    for (const id of two) given.root.set(id, key(`AKIA${id}`));
    const units = { organization: true, organizationalUnitIds: ['ou-ab12-prod1234'] };
    const audited = await given.wholeRun(audit, { 'detail.target': units });
    given.time += day;
    expect(outcome(await given.wholeRun(deletion)).previous).toBe(audited.requestId);
  });

  it('is nothing to do where the audit saw nothing', async () => {
    const { given } = await givenAudited([]);
    given.time += minute;
    expect(await given.wholeRun(deletion)).toMatchObject({
      ending: 'nothing-to-do',
      code: 'organization-without-credentials',
    });
  });
});

it('two hundred accounts are each in exactly one class, however they ended', async () => {
  const given = new GivenOrganization();
  given.accounts = Array.from({ length: 200 }, (_, index) => account(numbered(index)));
  for (let index = 0; index < 200; index += 20) given.fails.add(numbered(index));
  for (let index = 7; index < 200; index += 50) given.root.set(numbered(index), unreadable);
  const { counts } = outcome(await given.wholeRun());
  expect(counts).toEqual({ clean: 186, withCredentials: 0, unknown: 4, leftOut: 0, failed: 10 });
});
