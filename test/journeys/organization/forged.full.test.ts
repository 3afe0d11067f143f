import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { CallRecord, Credentials } from '../../../sandbox/parts.ts';
import { always } from '../ends-somewhere/play.ts';
import type { Step } from '../scenes/scene.ts';
import { rootUser } from './company.ts';
import { type Desk, openDesk, type Request, sessionsIn } from './desk.ts';
import { expectAddsUp } from './expect-run.ts';

const unit = 'ou-root-two1';
const two = ['500000000001', '500000000002'] as const;
const outside = '500000000003';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({
    organization: {
      organizationalUnits: [{ id: unit, name: 'Two' }],
      accounts: [
        ...two.map((id, index) => ({ id, organizationalUnitId: unit, rootUser: rootUser(index, id) })),
        { id: outside, rootUser: rootUser(3, outside) },
      ],
    },
  });
});
afterAll(() => desk.close());

const auditOfTwo = () => desk.audit({ target: { organizationalUnitIds: [unit] } });
const ofTwo = () => ({
  accounts: desk.play.world.organization.accounts.filter(({ id }) => two.some((one) => one === id)),
});
const order = (name: string, event: unknown): Step => ({ invoke: { as: 'insider', function: name, event } });
const audits = 'audit-root-credentials';

const expectNobodyVisited = (calls: readonly CallRecord[]) =>
  expect(calls.filter(({ service, principal }) => service === 'sts' || principal.endsWith(':root'))).toEqual(
    [],
  );

/** What is refused of a run that was planned and has not ended: its state machine was stopped at the first account. */
async function stoppedRun(): Promise<Request> {
  const audit = auditOfTwo();
  const abort = { service: 'states', operation: 'RunChild', when: 'before', effect: 'abort' } as const;
  expectNobodyVisited(await desk.during([audit.send], [abort]));
  const { ending, plan } = await desk.told(audit);
  expect({ ending, parts: plan.length }).toEqual({ ending: undefined, parts: 1 });
  return audit;
}

describe('an order that the trail does not hold', () => {
  let audit: Request;
  beforeAll(async () => {
    audit = await stoppedRun();
  });

  it.each([
    ['of an account that the plan does not name', audits, { accountId: outside }],
    ['of a part that is not there', audits, { part: 2 }],
    ['of a part that is no part of a plan', audits, { part: 3 }],
    ['of another root task than the one that was approved', 'DeleteRootCredentialsFunction', {}],
  ])('%s opens nothing, is recorded, and is told', async (_, lane, changes) => {
    const before = (await desk.told(audit)).refusals.length;
    const event = { parentRequestId: audit.requestId, accountId: two[0], part: 1, ...changes };
    expectNobodyVisited(await desk.during([order(lane, event)]));
    const { accounts, notifications, refusals } = await desk.told(audit);
    expect(refusals.slice(before)).toMatchObject([
      { code: 'not-ordered', refusedRequestId: audit.requestId },
    ]);
    expect(notifications).toHaveLength(refusals.length);
    expect(accounts.size).toBe(0);
  });

  it('of a run that nobody approved opens nothing, is recorded, and is told', async () => {
    const run = 'jira/sec-1/audit-root-credentials/organization/2026-11-20T09:00:00.000Z';
    const before = (await desk.play.answer()).notifications.length;
    expectNobodyVisited(
      await desk.during([order(audits, { parentRequestId: run, accountId: two[0], part: 1 })]),
    );
    const { notifications, trail } = await desk.play.answer();
    expect(notifications).toHaveLength(before + 1);
    expect(trail.at(-1)).toMatchObject({ kind: 'refused', code: 'not-ordered' });
  });

  it('that says more than an order may is none: refused', async () => {
    const event = { parentRequestId: audit.requestId, accountId: two[0], part: 1, dryRun: false };
    expectNobodyVisited(await desk.during([order(audits, event)]));
    const { trail } = await desk.play.answer();
    expect(trail.at(-1)).toMatchObject({ kind: 'refused', code: 'malformed' });
  });

  it('keeps nobody from the run itself', async () => {
    const calls = await desk.during([audit.send]);
    expect(sessionsIn(calls)).toEqual({ [two[0]]: 1, [two[1]]: 1 });
    const told = await desk.told(audit);
    expect(told.ending?.code).toBe('organization-audited');
    // Of an account that is done the order is answered with its ending.
    const again = { parentRequestId: audit.requestId, accountId: two[0], part: 1 };
    expectNobodyVisited(await desk.during([order(audits, again)]));
    expect((await desk.told(audit)).refusals).toEqual(told.refusals);
  });
});

/** AWS as somebody calls it who took the credentials of a role, or has some of their own. */
const client = (credentials: Credentials) => {
  const { aws, clock, deployment } = desk.play.world;
  const { region } = deployment;
  return { credentials, endpoint: aws.endpoint, region, systemClockOffset: clock.now() - Date.now() };
};
const insider = () =>
  client(desk.play.world.aws.credentialsForPrincipal('arn:aws:iam::222222222222:role/admin'));

describe('a run that has ended', () => {
  it('in which no account was begun: an order that comes late opens nothing', async () => {
    const audit = auditOfTwo();
    // After the plan Lambda takes nothing from the state machine any more, for longer than an account is tried.
    const busy = {
      service: 'lambda',
      operation: 'InvokeFunction',
      effect: 'throttle',
      skip: 1,
      ...always,
    } as const;
    const sent: Step = { putEvents: { as: 'ticketing', ...audit.send.putEvents, settleFor: 'PT6M' } };
    await desk.during([sent], [busy]);
    await desk.play.world.settle();
    const told = await desk.told(audit);
    expectAddsUp(told, ofTwo());
    for (const { class: name, ending } of told.rows.values())
      expect({ name, code: ending?.code }).toEqual({ name: 'failed', code: 'never-begun' });

    const late = { parentRequestId: audit.requestId, accountId: two[0], part: 1 };
    expectNobodyVisited(await desk.during([order(audits, late)]));
    const { accounts, refusals } = await desk.told(audit);
    expect(refusals).toMatchObject([
      { code: 'not-ordered', summary: expect.stringContaining('the run has ended') },
    ]);
    expect(accounts.size).toBe(0);
  });
});

describe('an execution that nobody of the product started', () => {
  const machineOf = () => {
    const machine = desk.play.world.deployment.stateMachines.find(({ name }) => name.includes('Audit'));
    if (machine === undefined) throw new Error('no machine that audits');
    return machine;
  };
  async function startedBy(configuration: ReturnType<typeof client>, name: string, requestId: string) {
    const sfn = new SFNClient(configuration);
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: machineOf().arn,
        name,
        input: JSON.stringify({ requestId }),
      }),
    );
    sfn.destroy();
    await desk.play.world.settle();
    return desk.play.world.executions().find((execution) => execution.name === name);
  }

  it('of a run that nobody approved fails, and opens nothing', async () => {
    const before = desk.play.world.aws.calls.length;
    const execution = await startedBy(
      insider(),
      'forged-1',
      'jira/sec-1/audit-root-credentials/organization/x',
    );
    expect(execution?.ending.status).toBe('FAILED');
    expectNobodyVisited(desk.play.world.aws.calls.slice(before));
  });

  it('of a run that has ended changes nothing of it', async () => {
    const audit = auditOfTwo();
    await desk.during([audit.send]);
    const told = await desk.told(audit);
    const before = desk.play.world.aws.calls.length;
    await startedBy(insider(), 'forged-2', audit.requestId);
    expectNobodyVisited(desk.play.world.aws.calls.slice(before));
    const { entries, files } = await desk.told(audit);
    expect({ entries, files }).toEqual({ entries: told.entries, files: told.files });
  });
});

describe('the list of accounts in S3', () => {
  const forgedList = JSON.stringify([
    { accountId: outside, part: 1 },
    { accountId: two[0], part: 1 },
    { accountId: two[0], part: 1 },
  ]);

  /** As the state machine comes to read the list, it is another one. */
  async function listRewrittenBy(configuration: () => ReturnType<typeof client>) {
    const send = S3Client.prototype.send as (this: S3Client, command: unknown) => Promise<unknown>;
    const rewritten: unknown[] = [];
    const spy = jest.spyOn(S3Client.prototype, 'send').mockImplementation(async function (
      this: S3Client,
      command: unknown,
    ) {
      if (command instanceof GetObjectCommand && command.input.Key?.startsWith('plans/')) {
        const { Bucket, Key } = command.input;
        const thief = new S3Client({ ...configuration(), forcePathStyle: true });
        const put = new PutObjectCommand({ Bucket, Key, Body: forgedList });
        rewritten.push(
          await send.call(thief, put).then(
            () => 'done',
            (error: Error) => error.name,
          ),
        );
        thief.destroy();
      }
      return send.call(this, command);
    } as never);
    const audit = auditOfTwo();
    const calls = await desk.during([audit.send]);
    spy.mockRestore();
    return { audit, calls, rewritten, told: await desk.told(audit) };
  }

  it('is not rewritten by an administrator of the account: the bucket lets only the plan function write', async () => {
    const { calls, rewritten } = await listRewrittenBy(insider);
    expect(rewritten).toEqual(['AccessDenied']);
    expect(sessionsIn(calls)).toEqual({ [two[0]]: 1, [two[1]]: 1 });
  });

  it('rewritten by whoever took the role of the plan function names other accounts in vain', async () => {
    const { aws, deployment } = desk.play.world;
    const plan = deployment.functions.find(({ logicalId }) => logicalId.includes('RunsPlan'));
    const { calls, rewritten, told } = await listRewrittenBy(() =>
      client(aws.credentialsForRole(plan?.roleArn ?? '', 'thief', 'nobody')),
    );
    expect(rewritten).toEqual(['done']);
    expect(sessionsIn(calls)).toEqual({ [two[0]]: 1 });
    expect(told.refusals).toMatchObject([{ code: 'not-ordered', summary: expect.stringContaining(outside) }]);
    // The report goes by the plan in the trail: who was left out of the list shows, and who was put on it does not.
    expect([...told.rows.keys()].sort()).toEqual([...two]);
    expect(told.rows.get(two[1])).toMatchObject({ class: 'failed', ending: { code: 'never-begun' } });
    expect(told.ending?.code).toBe('organization-audited-in-part');
  });
});

it('nothing of it reached the account outside', async () => {
  const { calls } = await desk.play.answer();
  expect(sessionsIn(calls)[outside]).toBeUndefined();
});
