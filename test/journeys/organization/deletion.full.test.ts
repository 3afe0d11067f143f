import { type Credential, describeCredential } from '../../../contract/root-credentials.ts';
import type { AccountRow } from '../../../lambdas/organization-run/report/run-report.ts';
import type { Account } from '../../../sandbox/parts.ts';
import type { Step } from '../scenes/scene.ts';
import { accounts, company } from './company.ts';
import { type Desk, openDesk, type Request, sessionsIn } from './desk.ts';
import { classesOf, expectAddsUp, expectToldOnce, expectTrue } from './expect-run.ts';
import type { RunTold } from './run-told.ts';

let desk: Desk;
let given: Account[];
beforeAll(async () => {
  desk = await openDesk({ organization: company });
  given = structuredClone(desk.play.world.organization.accounts);
});
afterAll(() => desk.close());

/** Every account has again what it had at first. */
beforeEach(() => {
  for (const [index, account] of desk.play.world.organization.accounts.entries()) {
    delete account.rootUser;
    Object.assign(account, structuredClone(given[index]));
  }
});

async function played(request: Request): Promise<RunTold> {
  await desk.during([request.send]);
  return desk.told(request);
}
const audited = () => played(desk.audit());

/** Every credential of every root user: `100000000001 access key AKIA…`. */
function there(): string[] {
  return desk.play.world.organization.accounts
    .flatMap(({ id, rootUser }) => {
      const { accessKeys = [], mfaDevices = [], password, signingCertificates = [] } = rootUser ?? {};
      return [
        ...accessKeys.map((key) => `${id} access key ${key.id}`),
        ...signingCertificates.map((certificate) => `${id} signing certificate ${certificate.id}`),
        ...(password === undefined ? [] : [`${id} the password`]),
        ...mfaDevices.map((device) => `${id} MFA device ${device.serialNumber}`),
      ];
    })
    .sort();
}

/** Credentials that the rows of a run tell of, in the same words. */
function named({ rows }: RunTold, pick: (row: AccountRow) => readonly Credential[]): string[] {
  return [...rows.values()]
    .flatMap((row) => pick(row).map((one) => `${row.account.id} ${describeCredential(one)}`))
    .sort();
}
const gone = (row: AccountRow) => (row.results ?? []).filter(({ result }) => result === 'gone');
const wouldGo = (row: AccountRow) => row.plan?.remove ?? [];

const keyMade = (accountId: string, id: string): Step => ({
  createRootCredential: { accountId, accessKey: { id } },
});

async function expectRefused(request: Request, code: string): Promise<void> {
  const before = there();
  const calls = await desk.during([request.send]);
  const told = await desk.told(request);
  expect(told.refusals).toMatchObject([{ code }]);
  expect(told.notifications).toHaveLength(1);
  expect(told.entries).toEqual([]);
  expect(calls.filter(({ service }) => ['sts', 'iam', 'states', 'organizations'].includes(service))).toEqual(
    [],
  );
  expect(there()).toEqual(before);
}

describe('a deletion across the organization is refused', () => {
  it('without an audit, and after one that was only rehearsed, or looked at a part, says so', async () => {
    await expectRefused(desk.delete(), 'no-audit');
    expect((await played(desk.audit({ dryRun: true }))).ending?.code).toBe('would-audit-organization');
    await expectRefused(desk.delete(), 'no-audit');
  });

  it('where one person approved it, and where who asked for it is one of the two', async () => {
    await audited();
    const approvedAt = new Date(desk.play.world.clock.now() - 60_000).toISOString();
    await expectRefused(
      desk.delete({ approvals: [{ approver: 'lead@example.com', approvedAt }] }),
      'too-few-approvals',
    );
    await expectRefused(desk.delete({ requestedBy: 'second.lead@example.com' }), 'requester-approved');
  });

  it('where the audit is older than a week', async () => {
    await audited();
    await desk.play.play({ advanceClock: 'P7DT1H' });
    await expectRefused(desk.delete(), 'audit-too-old');
  });
});

const target = { excludedAccounts: [accounts.ofTicket] };

/** Of these an audit does not know all, and a deletion does not say that there is nothing. */
const couldNotRead = [accounts.oneDenied, accounts.perhaps, accounts.unreadable];

describe('a deletion that an audit stands behind', () => {
  it('goes as its rehearsal said, and takes nothing that was made since the audit', async () => {
    const audit = await audited();
    // In an account that has credentials, in one that had none, and in place of a password that was there.
    await desk.play.play(
      keyMade(accounts.closing, 'AKIAMADESINCEEXAMPL1'),
      keyMade(accounts.clean, 'AKIAMADESINCEEXAMPL2'),
      { createRootCredential: { accountId: accounts.old, password: true } },
    );
    const before = there();

    const rehearsal = await played(desk.delete({ target, dryRun: true }));
    expect(rehearsal.ending).toMatchObject({
      ending: 'rehearsed',
      code: 'would-delete-organization-credentials',
    });
    expect(there()).toEqual(before);
    expectAddsUp(rehearsal, desk.play.world.organization);
    const would = named(rehearsal, wouldGo);
    expect(would).not.toEqual([]);

    const request = desk.delete({ target });
    const calls = await desk.during([request.send]);
    const told = await desk.told(request);
    expectAddsUp(told, desk.play.world.organization);
    expectTrue(told, desk.play.world.organization);
    const left = there();
    expect(before.filter((credential) => !left.includes(credential))).toEqual(would);
    expect(named(told, gone)).toEqual(would);
    expect(left).toEqual(
      expect.arrayContaining([
        `${accounts.closing} access key AKIAMADESINCEEXAMPL1`,
        `${accounts.clean} access key AKIAMADESINCEEXAMPL2`,
        `${accounts.old} the password`,
      ]),
    );
    expect(told.plan[0]?.basedOn).toMatchObject({ requestId: audit.requestId, hash: audit.ending?.hash });
    for (const times of Object.values(sessionsIn(calls))) expect(times).toBe(1);

    // What nobody saw is not touched: unreadable, suspended, excluded; the report says of each why.
    const why = (id: string) => told.rows.get(id)?.leftOut?.reason;
    expect(why(accounts.unreadable)).toBe('audit-could-not-read');
    expect(why(accounts.perhaps)).toBe('audit-could-not-read');
    expect(why(accounts.clean)).toBe('audit-saw-none');
    expect(why(accounts.suspended)).toBe('not-active');
    expect(why(accounts.ofTicket)).toBe('excluded-by-ticket');
    for (const id of [accounts.unreadable, accounts.suspended, accounts.ofTicket])
      expect(left.filter((one) => one.startsWith(id))).toEqual(before.filter((one) => one.startsWith(id)));
    expect(Object.keys(sessionsIn(calls)).sort()).toEqual(
      told.plan.flatMap((part) => part.accounts.map(({ id }) => id)).sort(),
    );
  });

  it('keeps what was used in the days that it names, and what nobody knows the use of', async () => {
    await audited();
    const before = there();
    const rehearsal = await played(desk.delete({ target, dryRun: true, keepIfUsedWithinDays: 90 }));
    const told = await played(desk.delete({ target, keepIfUsedWithinDays: 90 }));
    const left = there();
    expect(before.filter((one) => !left.includes(one))).toEqual(named(rehearsal, wouldGo));
    expect(named(told, gone)).toEqual(named(rehearsal, wouldGo));
    const ofOld = left.filter((one) => one.startsWith(accounts.old));
    expect(ofOld).toEqual([
      `${accounts.old} access key AKIAROOTEXAMPLE00001`,
      `${accounts.old} signing certificate TA7SMP42TDN5Z26OBPJE7EXAMPL0001`,
    ]);
    expect(told.rows.get(accounts.old)?.results).toContainEqual(
      expect.objectContaining({ kind: 'accessKeys', id: 'AKIAROOTEXAMPLE00001', result: 'kept' }),
    );
  });

  it('deletes only the kinds that the ticket names', async () => {
    await audited();
    const before = there();
    await played(desk.delete({ target, kinds: ['accessKeys'] }));
    const taken = before.filter((one) => !there().includes(one));
    expect(taken).not.toEqual([]);
    for (const one of taken) expect(one).toContain('access key');
  });

  it('finds nothing to do where an audit saw nothing that is still there', async () => {
    await audited();
    await played(desk.delete({ target }));
    const audit = await audited();
    expect(classesOf(audit).clean).toContain(accounts.old);
    const before = there();
    const told = await played(
      desk.delete({ target: { excludedAccounts: [accounts.ofTicket, ...couldNotRead] } }),
    );
    expect(told.ending).toMatchObject({ ending: 'nothing-to-do', code: 'organization-without-credentials' });
    expect(there()).toEqual(before);
    expectAddsUp(told, desk.play.world.organization);
  });
});

describe('two deletions', () => {
  it('at once, of different tickets: each credential goes once, both end, and each tells its own', async () => {
    await audited();
    const before = there();
    const [one, other] = [desk.delete({ target }), desk.delete({ target })];
    const entries = [one, other].flatMap(({ send }) => send.putEvents?.entry ?? []);
    const calls = await desk.during([{ putEvents: { as: 'ticketing', entries } }]);
    const deletions = calls.filter(
      ({ operation, error }) => operation === 'DeleteAccessKey' && error === null,
    );
    expect(deletions.length).toBe(
      before.filter((credential) => credential.includes('access key')).length -
        there().filter((credential) => credential.includes('access key')).length,
    );
    for (const request of [one, other]) {
      const told = await desk.told(request);
      expectAddsUp(told, desk.play.world.organization);
    }
    expect(there().filter((credential) => credential.startsWith(accounts.old))).toEqual([]);
  });

  it('of which the older comes last: it does not act on what was made, and audited, after it was approved', async () => {
    await audited();
    const older = desk.delete({ target });
    await desk.play.play({ advanceClock: 'PT10M' });
    await played(desk.delete({ target }));
    await desk.play.play(keyMade(accounts.old, 'AKIAMADESINCEEXAMPL3'));
    await audited();
    const before = there();

    const told = await played(older);
    expect(there()).toEqual(before);
    expectToldOnce(told);
    expectTrue(told, desk.play.world.organization);
  });

  it('of an approval that was given before an audit, and sent after it: it acts on the one that could be read then', async () => {
    const audit = await audited();
    await desk.play.play({ advanceClock: 'PT10M' }, keyMade(accounts.old, 'AKIAMADESINCEEXAMPL4'));
    const early = desk.delete({ target });
    await desk.play.play({ advanceClock: 'PT10M' });
    await audited();
    const told = await played(early);
    expect(there()).toContain(`${accounts.old} access key AKIAMADESINCEEXAMPL4`);
    const [{ basedOn } = {}] = told.plan;
    expect(basedOn?.requestId).toBe(audit.requestId);
    expectToldOnce(told);
  });
});
