import type { PlannedEntry } from '../../../contract/trail-entry.ts';
import { planRun } from '../../../lambdas/organization-run/plan-run.ts';
import { ChainMovedError } from '../../../lambdas/shared/trail.ts';
import { givenSettings } from '../given/request.ts';
import { account, day, GivenOrganization, minute, numbered } from './given.ts';
import { givenCredentials, givenKeys, givenMfa, givenPassword, unread } from './report/given.ts';

const audit = 'audit-root-credentials';
const deletion = 'delete-root-credentials';

const planned = ({ table }: GivenOrganization, run: string) =>
  table.entries.filter((entry): entry is PlannedEntry => entry.kind === 'planned' && entry.requestId === run);
const leftOut = (given: GivenOrganization, run: string) =>
  Object.fromEntries(
    planned(given, run).flatMap((part) => part.leftOut.map(({ id, reason }) => [id, reason])),
  );
const many = (count: number) => Array.from({ length: count }, (_, index) => account(numbered(index)));

describe('the plan of a run', () => {
  it('visits active accounts, and names every other with its reason', async () => {
    const given = new GivenOrganization();
    given.settings = givenSettings({ excludedAccountIds: ['600000000006', '999999999999'] });
    given.accounts = [
      account('111111111111'),
      account('222222222222'),
      account('300000000003', 'closed', 'PENDING_CLOSURE'),
      account('400000000004'),
      account('500000000005'),
      account('600000000006'),
    ];
    const target = { organization: true, excludedAccounts: ['400000000004', '888888888888'] };
    const run = await given.begin(given.event(audit, { 'detail.target': target }));
    expect(await given.plan(run)).toEqual([{ accountId: '500000000005', part: 1 }]);
    expect(leftOut(given, run)).toEqual({
      '111111111111': 'management-account',
      '222222222222': 'own-account',
      '300000000003': 'not-active',
      '400000000004': 'excluded-by-ticket',
      '600000000006': 'excluded-by-settings',
    });
    expect(planned(given, run)[0]?.leftOut.find(({ id }) => id === '300000000003')?.detail).toContain(
      'PENDING_CLOSURE',
    );
    // A typing error in an exclusion leaves an account in that was meant to be out: an audit goes on, for it only reads.
    expect(given.kinds).toEqual(['approved', 'planned']);
    expect(JSON.stringify(given.logged)).toContain('{"ticket":["888888888888"],"settings":["999999999999"]}');
  });

  it('below some units warns of no account that the settings exclude elsewhere', async () => {
    const given = new GivenOrganization();
    given.settings = givenSettings({ excludedAccountIds: ['600000000006'] });
    const target = { organization: true, organizationalUnitIds: ['ou-ab12-prod1234'] };
    await given.plan(await given.begin(given.event(audit, { 'detail.target': target })));
    expect(JSON.stringify(given.logged)).not.toContain('600000000006');
  });

  it('leaves out the management account that Organizations names, though the settings name another', async () => {
    const given = new GivenOrganization();
    given.accounts = [{ ...account('777777777777'), managementAccountId: '777777777777' }];
    const run = await given.begin(given.event(audit));
    expect(await given.plan(run)).toEqual([]);
    expect(leftOut(given, run)).toEqual({ '777777777777': 'management-account' });
  });

  it('is in parts of 250, each at the place after its number; the last says so', async () => {
    const given = new GivenOrganization();
    given.accounts = many(501);
    const run = await given.begin(given.event(audit));
    const listed = await given.plan(run);
    expect(
      planned(given, run).map(({ accounts, last, part, sequence }) => [
        part,
        sequence,
        accounts.length,
        last,
      ]),
    ).toEqual([
      [1, 2, 250, false],
      [2, 3, 250, false],
      [3, 4, 1, true],
    ]);
    expect(new Set(listed.map(({ accountId }) => accountId)).size).toBe(501);
    expect(listed.at(-1)).toEqual({ accountId: numbered(500), part: 3 });
  });

  it('is one part, the last, where there is nothing to visit', async () => {
    const given = new GivenOrganization();
    const run = await given.begin(given.event(audit));
    expect(await given.plan(run)).toEqual([]);
    expect(planned(given, run)).toMatchObject([{ part: 1, last: true, accounts: [], leftOut: [] }]);
  });

  it('that was left half-written is gone on with: what has a part keeps it', async () => {
    const given = new GivenOrganization();
    given.accounts = many(400);
    const run = await given.begin(given.event(audit));
    given.table.beforePut = (entry) => {
      if (entry.kind === 'planned' && entry.part === 2) throw new Error('dies');
    };
    await expect(given.plan(run)).rejects.toThrow('dies');
    given.table.beforePut = () => {};
    // Meanwhile the organization has grown, and its listing comes in another order.
    given.accounts = [...many(400).reverse(), account('700000000007')];
    const listed = await given.plan(run);
    expect(listed.filter(({ part }) => part === 1).map(({ accountId }) => accountId)).toEqual(
      many(250).map(({ id }) => id),
    );
    expect(new Set(listed.map(({ accountId }) => accountId)).size).toBe(401);
    expect(planned(given, run).map(({ last }) => last)).toEqual([false, true]);
  });

  it('stands when the run is started again, and the list holds who is left', async () => {
    const given = new GivenOrganization();
    given.accounts = many(3);
    const run = await given.begin(given.event(audit));
    const [first] = await given.plan(run);
    if (first === undefined) throw new Error('three are planned');
    await given.visit(run, first, audit);
    given.accounts = [];
    expect((await given.plan(run)).map(({ accountId }) => accountId)).toEqual([numbered(1), numbered(2)]);
    expect(planned(given, run)).toHaveLength(1);
  });

  it('is none for a run that has ended', async () => {
    const given = new GivenOrganization();
    given.accounts = many(2);
    const { requestId } = await given.wholeRun();
    expect(await given.plan(requestId)).toEqual([]);
  });

  it('is none for an order that the trail holds no run of', async () => {
    const given = new GivenOrganization();
    await expect(given.plan('jira/made-up')).rejects.toThrow('the trail holds no run');
    await given.begin(given.event(audit));
    await expect(given.plan('jira/made-up')).rejects.toThrow('the trail holds no run');
  });

  it('is made by one at a time: the slower one is told, and finds the plan when it comes again', async () => {
    const given = new GivenOrganization();
    given.accounts = many(1);
    const run = await given.begin(given.event(audit));
    const { parts } = given;
    const list = async () => {
      await given.plan(run);
      given.time += 1;
      return { kind: 'listed' as const, accounts: given.accounts };
    };
    await expect(planRun({ requestId: run }, { ...parts, accounts: { list } })).rejects.toThrow(
      ChainMovedError,
    );
    expect(await given.plan(run)).toHaveLength(1);
  });
});

describe('accounts that cannot be listed', () => {
  const denied = (mayPass: boolean) =>
    ({ kind: 'not-listed', said: 'AccessDenied: by an SCP', mayPass }) as const;

  it('end the run with the words of AWS, where they are for good', async () => {
    const given = new GivenOrganization();
    given.listing = denied(false);
    const run = await given.begin(given.event(audit));
    expect(await given.plan(run)).toEqual([]);
    expect(given.table.entries.at(-1)).toMatchObject({
      ending: 'failed',
      code: 'organization-not-listed',
      summary: expect.stringContaining('AccessDenied: by an SCP'),
    });
    expect(await given.collate(run)).toMatchObject({ code: 'organization-not-listed' });
  });

  it('are asked for again where a denial may pass, and end the run where it has lasted', async () => {
    const given = new GivenOrganization();
    given.listing = denied(true);
    const run = await given.begin(given.event(audit));
    given.time += 2 * minute;
    await expect(given.plan(run)).rejects.toThrow('by an SCP');
    expect(given.kinds).toEqual(['approved']);
    given.time += minute;
    await given.plan(run);
    expect(given.table.entries.at(-1)).toMatchObject({ code: 'organization-not-listed' });
  });

  it('are asked for again where Organizations throttles', async () => {
    const given = new GivenOrganization();
    given.listing = new Error('TooManyRequestsException');
    const run = await given.begin(given.event(audit));
    given.time += day;
    await expect(given.plan(run)).rejects.toThrow('TooManyRequests');
    expect(given.kinds).toEqual(['approved']);
  });
});

describe('the plan of a deletion', () => {
  const key = givenCredentials({ accessKeys: givenKeys({}) });

  it('visits what its audit saw something in, and nothing else', async () => {
    const given = new GivenOrganization();
    const ids = ['1', '2', '3', '4'].map((digit) => digit.repeat(12)).map((id) => `9${id.slice(1)}`);
    const [withKey = '', clean = '', unreadable = '', failing = ''] = ids;
    given.accounts = ids.map((id) => account(id));
    given.root.set(withKey, key);
    given.root.set(unreadable, givenCredentials({ accessKeys: unread('AccessDenied') }));
    given.fails.add(failing);
    const audited = await given.wholeRun();
    given.time += day;
    given.accounts.push(account('955555555555'));
    const run = await given.begin(given.event(deletion));
    expect((await given.plan(run)).map(({ accountId }) => accountId)).toEqual([withKey]);
    expect(leftOut(given, run)).toEqual({
      [clean]: 'audit-saw-none',
      [unreadable]: 'audit-could-not-read',
      [failing]: 'audit-could-not-read',
      '955555555555': 'not-audited',
    });
    expect(planned(given, run)[0]?.basedOn).toEqual({
      requestId: audited.requestId,
      endedAt: audited.at,
      hash: audited.hash,
    });
  });

  it('visits nobody where an account that it is to spare is not listed: a typing error, perhaps', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('500000000005'), account('600000000006')];
    given.root.set('500000000005', key);
    await given.wholeRun();
    given.time += day;
    const excluding = (...excludedAccounts: string[]) => ({
      'detail.target': { organization: true, excludedAccounts },
    });
    const run = await given.begin(given.event(deletion, excluding('600000000006', '500000000050')));
    expect(await given.plan(run)).toEqual([]);
    expect(planned(given, run)).toEqual([]);
    expect(given.table.entries.at(-1)).toMatchObject({
      requestId: run,
      ending: 'failed',
      code: 'excluded-account-unknown',
      summary: expect.stringMatching(/\(500000000050\).*none was visited/),
    });
    given.time += minute;
    const corrected = await given.begin(given.event(deletion, excluding('600000000006')));
    expect(await given.plan(corrected)).toHaveLength(1);
  });

  it('that was begun is gone on with where an account that it spares has left the organization', async () => {
    const { given, run } = await givenHalfWritten(['700000000007']);
    given.accounts = given.accounts.filter(({ id }) => id !== '700000000007');
    expect(await given.plan(run)).toHaveLength(251);
  });

  it('left half-written stays with its audit, though a newer one shows since', async () => {
    const { audits, given, run } = await givenHalfWritten();
    expect(await given.plan(run)).toHaveLength(251);
    expect(planned(given, run).map(({ basedOn }) => basedOn?.requestId)).toEqual([audits[0], audits[0]]);
  });

  /** A deletion upon the first of two audits, the second of which the index showed too late, with one part planned. */
  async function givenHalfWritten(excludedAccounts?: readonly string[]) {
    const given = new GivenOrganization();
    given.accounts = [...many(251), account('700000000007')];
    for (const { id } of many(251)) given.root.set(id, key);
    const first = await given.wholeRun();
    given.time += day;
    const second = await given.wholeRun();
    given.time += day;
    given.table.isNotListedYet = ({ requestId }) => requestId === second.requestId;
    given.table.beforePut = (entry) => {
      if (entry.kind === 'planned' && entry.part === 2) throw new Error('dies');
    };
    const target = { organization: true, ...(excludedAccounts && { excludedAccounts }) };
    const run = await given.begin(given.event(deletion, { 'detail.target': target }));
    await expect(given.plan(run)).rejects.toThrow('dies');
    given.table.isNotListedYet = () => false;
    given.table.beforePut = () => {};
    return { given, run, audits: [first.requestId, second.requestId] };
  }

  it('fits into the trail, whatever AWS said of hundreds of accounts', async () => {
    const given = new GivenOrganization();
    given.accounts = many(250);
    for (const { id } of given.accounts)
      given.root.set(id, givenCredentials({ password: unread('AccessDenied '.repeat(500)) }));
    await given.wholeRun();
    given.time += day;
    const run = await given.begin(given.event(deletion));
    await given.plan(run);
    const [part] = planned(given, run);
    expect(part?.leftOut).toHaveLength(250);
    expect(JSON.stringify(part).length).toBeLessThan(200 * 1024);
  });

  it('looks at the kinds that the ticket names', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('500000000005'), account('600000000006')];
    given.root.set('500000000005', givenCredentials({ mfaDevices: givenMfa() }));
    given.root.set('600000000006', givenCredentials({ password: givenPassword() }));
    await given.wholeRun();
    given.time += day;
    const run = await given.begin(given.event(deletion, { 'detail.kinds': ['password'] }));
    expect((await given.plan(run)).map(({ accountId }) => accountId)).toEqual(['600000000006']);
  });

  it('acts upon the audit that was there as it was approved, whatever came since', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('500000000005')];
    given.root.set('500000000005', key);
    const first = await given.wholeRun();
    given.time += day;
    const run = await given.begin(given.event(deletion));
    given.time += minute;
    await given.wholeRun();
    given.time += minute;
    await given.plan(run);
    expect(planned(given, run)[0]?.basedOn?.requestId).toBe(first.requestId);
  });
});
