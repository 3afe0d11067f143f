import { beginRun } from '../../../lambdas/organization-run/begin-run.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { GivenBucket } from '../given/bucket.ts';
import { givenEvent, givenSettings } from '../given/request.ts';
import { account, day, GivenOrganization, minute } from './given.ts';
import { givenCredentials, givenPassword } from './report/given.ts';

const audit = 'audit-root-credentials';
const deletion = 'delete-root-credentials';
const stopped = { kind: 'stopped', why: 'it says so' } as const;

const reasonOf = ({ table }: GivenOrganization) =>
  table.entries.flatMap((entry) => (entry.kind === 'refused' ? entry.reasons : []))[0];

describe('beginning a run', () => {
  it('records the approval and starts the first execution, by a name of the request', async () => {
    const given = new GivenOrganization();
    const begun = await beginRun(given.event(audit), given.parts);
    expect(begun).toEqual({
      requestId: 'jira/sec-1234/audit-root-credentials/organization/2026-11-20T09:58:00.000Z',
      execution: expect.stringMatching(/^rd-[0-9a-f]{16}-1$/),
    });
    expect(given.kinds).toEqual(['approved']);
    expect(given.table.entries[0]).toMatchObject({ targetPath: 'organization', task: audit });
    expect(given.table.entries[0]).not.toHaveProperty('accountId');
  });

  it('gives its lock back, so that the same event starts a run again that has died', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit);
    await given.begin(event);
    const { parts } = given;
    const answered: unknown[] = [];
    const holding: typeof parts.deliveryLock.holding = async (request, run) => {
      const answer = await parts.deliveryLock.holding(request, run);
      answered.push(answer);
      return answer;
    };
    given.over.add(given.started[0] ?? '');
    const again = await beginRun(event, { ...parts, deliveryLock: { ...parts.deliveryLock, holding } });
    expect(again).toMatchObject({ execution: expect.stringMatching(/-2$/) });
    expect([answered, given.kinds]).toEqual([[], ['approved']]);
  });

  it('starts ten executions and no more, then it is given up', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit);
    await given.begin(event);
    const name = (given.started[0] ?? '').slice(0, -1);
    for (let number = 1; number <= 9; number += 1) given.over.add(`${name}${number}`);
    expect(await beginRun(event, given.parts)).toMatchObject({ execution: `${name}10` });
    given.over.add(`${name}10`);
    expect(await beginRun(event, given.parts)).toMatchObject({ ending: 'failed', code: 'gave-up' });
  });

  it('answers the ending of a run that has ended', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit);
    await given.wholeRun();
    const { started } = given;
    const before = started.length;
    expect(await beginRun({ ...event }, given.parts)).toMatchObject({ code: 'organization-audited' });
    expect(started.length).toBe(before);
  });

  it('leaves an approval for one account to its lane', async () => {
    const given = new GivenOrganization();
    await carryOut(givenEvent(), new GivenBucket(given).task, given.lane);
    expect(await beginRun(givenEvent(), given.parts)).toBeNull();
    expect(given.started).toEqual([]);
  });

  it('refuses what a rule refuses', async () => {
    const given = new GivenOrganization();
    expect(await beginRun(given.event(audit, { account: '444444444444' }), given.parts)).toMatchObject({
      ending: 'refused',
      code: 'wrong-sender-account',
    });
  });
});

describe('while root tasks are stopped', () => {
  it('an approval is refused, also by its next delivery', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit);
    given.powers = [stopped];
    expect(await beginRun(event, given.parts)).toMatchObject({ code: 'root-tasks-stopped' });
    expect(await beginRun(event, given.parts)).toMatchObject({ code: 'root-tasks-stopped' });
    expect(given.started).toEqual([]);
  });

  it('a run that has not come to its accounts ends', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit);
    await given.begin(event);
    given.powers = [stopped];
    expect(await beginRun(event, given.parts)).toMatchObject({ ending: 'failed', code: 'stopped' });
  });

  it('a run that has begun its accounts goes on: each of them sees the switch, and its report tells of all', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('444444444444')];
    const event = given.event(audit);
    const requestId = await given.begin(event);
    const [item] = await given.plan(requestId);
    given.powers = [stopped];
    expect(await beginRun(event, given.parts)).toHaveProperty('execution');
    given.powers = [stopped];
    if (item === undefined) throw new Error('one account is planned');
    expect(await given.visit(requestId, item, audit)).toMatchObject({ code: 'stopped' });
    expect(await given.collate(requestId)).toMatchObject({ code: 'organization-audited-in-part' });
  });
});

describe('a deletion across the organization', () => {
  async function audited(given: GivenOrganization, changes: Record<string, unknown> = {}) {
    given.accounts = [account('444444444444')];
    given.root.set('444444444444', givenCredentials({ password: givenPassword() }));
    return given.wholeRun(audit, changes);
  }

  it('is refused where no audit has ended, and says what to do', async () => {
    const given = new GivenOrganization();
    await beginRun(given.event(deletion), given.parts);
    expect(reasonOf(given)).toMatchObject({
      code: 'no-audit',
      message: expect.stringMatching(/approve audit-root-credentials/),
    });
  });

  it('is refused where there was only a rehearsal of one', async () => {
    const given = new GivenOrganization();
    await audited(given, { 'detail.dryRun': true });
    await beginRun(given.event(deletion), given.parts);
    expect(reasonOf(given)?.code).toBe('no-audit');
  });

  it('is refused where the audit ended after it was approved: nobody who approved it could have read that', async () => {
    const given = new GivenOrganization();
    const early = given.event(deletion);
    given.time += minute;
    await audited(given);
    given.time += minute;
    await beginRun(early, given.parts);
    expect(reasonOf(given)).toMatchObject({
      code: 'no-audit',
      message: expect.stringContaining('2026-11-20T09:58:00.000Z'),
    });
  });

  it('is begun upon an audit of seven days, and refused a moment later, with its name and age', async () => {
    const given = new GivenOrganization();
    const { at, requestId } = await audited(given);
    given.time = Date.parse(at) + 7 * day;
    await given.begin(given.event(deletion));
    given.time += 2 * day;
    await beginRun(given.event(deletion), given.parts);
    expect(reasonOf(given)).toMatchObject({
      code: 'audit-too-old',
      message: expect.stringContaining(`${requestId}, ended 9 days ago, on ${at}`),
    });
  });

  it('is not begun on the word of an audit whose chain does not add up', async () => {
    const given = new GivenOrganization();
    const { requestId } = await audited(given);
    given.time += 5 * minute;
    const planned = given.table.items.find(
      (item) => item.requestId?.S === requestId && item.kind?.S === 'planned',
    );
    Object.assign(planned ?? {}, { accounts: { L: [] } });
    await expect(beginRun(given.event(deletion), given.parts)).rejects.toThrow('does not fit its chain');
    expect(given.started).toHaveLength(1);
  });
});

describe('an audit by schedule', () => {
  const at = '2026-11-20T06:00:00Z';
  const order = { scheduledAudit: true, at };
  const enabled = givenSettings({ organizationRuns: { scheduledAudit: { enabled: true } } });

  it('is authorized by the settings, one request however often it is ordered', async () => {
    const given = new GivenOrganization();
    given.settings = enabled;
    const begun = await beginRun(order, given.parts);
    expect(await beginRun(order, given.parts)).toEqual(begun);
    expect(given.table.entries).toMatchObject([
      {
        requestId: 'rootdesk/scheduled-audit/audit-root-credentials/organization/2026-11-20T06:00:00.000Z',
        authorizedBy: { required: 0, counted: [], decidedAt: '2026-11-20T06:00:00.000Z' },
        envelope: { source: 'rootdesk', account: '222222222222' },
        approval: { approvals: [], requestedBy: 'rootdesk settings' },
      },
    ]);
  });

  it('goes through every account', async () => {
    const given = new GivenOrganization();
    given.settings = enabled;
    given.accounts = [account('444444444444')];
    const requestId = await given.begin(order);
    for (const item of await given.plan(requestId)) await given.visit(requestId, item, audit);
    expect(await given.collate(requestId)).toMatchObject({ code: 'organization-audited' });
  });

  it.each([
    ['the settings do not ask for it', at, givenSettings(), 'task-disabled'],
    [
      'the task is disabled',
      at,
      givenSettings({
        organizationRuns: { scheduledAudit: { enabled: true } },
        tasks: { [audit]: { enabled: false } },
      }),
      'task-disabled',
    ],
    ['its time lies ahead', '2026-11-20T10:05:01Z', enabled, 'approval-in-the-future'],
    ['its time is more than a day ago', '2026-11-19T09:59:59Z', enabled, 'approval-too-old'],
  ])('is refused where %s', async (_, time, settings, code) => {
    const given = new GivenOrganization();
    given.settings = settings;
    expect(await beginRun({ ...order, at: time }, given.parts)).toMatchObject({ ending: 'refused', code });
    expect(given.started).toEqual([]);
  });

  it('that was begun goes on when the settings have changed', async () => {
    const given = new GivenOrganization();
    given.settings = enabled;
    await given.begin(order);
    given.settings = givenSettings();
    given.time += 2 * day;
    expect(await beginRun(order, given.parts)).toHaveProperty('execution');
  });

  it('cannot be asked for from the bus', async () => {
    const given = new GivenOrganization();
    const event = given.event(audit, { 'detail.approvals': [], 'detail.ticket.system': 'rootdesk' });
    expect(await beginRun(event, given.parts)).toMatchObject({ code: 'malformed' });
  });
});
