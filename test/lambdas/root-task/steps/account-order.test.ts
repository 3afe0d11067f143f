import { accountRequestId } from '../../../../contract/request-id.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { SwitchUnreadError } from '../../../../lambdas/root-task/steps/stopped.ts';
import { approvalOf, RootScene, rootAccount } from '../../given/root-scene.ts';
import { GivenRun } from '../../given/run.ts';

type Change = Readonly<Record<string, unknown>>;
const year = 365 * 86_400_000;
const other = '156041421444';

afterEach(() => jest.restoreAllMocks());

/** A run whose plan has two parts; the second names the account. */
async function givenRun(task = 'audit-root-credentials', changes: Change = {}) {
  const scene = new RootScene();
  const run = await new GivenRun(scene.given, task, changes).approve();
  await run.plan([other], { last: false });
  await run.plan([rootAccount, '156041421445']);
  scene.given.happened.length = 0;
  const order = { parentRequestId: run.requestId, accountId: rootAccount, part: 2 };
  return { scene, run, order };
}

const marks = ({ given }: RootScene) => given.happened.filter((what) => what !== 'take turn');
const carriedOut = (scene: RootScene, order: unknown, task: keyof RootScene['tasks'] = 'audit') =>
  carryOut(order, scene.tasks[task], scene.given.lane);

describe('one account of a run across the organization', () => {
  it('is a request of its own, authorized as the run was, and bound to it', async () => {
    const { order, run, scene } = await givenRun();
    const ended = await scene.run('audit', order);
    expect(ended).toMatchObject({
      requestId: accountRequestId(run.requestId, rootAccount),
      parentRequestId: run.requestId,
      task: 'audit-root-credentials',
      target: { accountId: rootAccount },
      targetPath: rootAccount,
      accountId: rootAccount,
      code: 'audited-clean',
    });
    const [approvedRun] = scene.entries;
    const own = scene.entries.find(
      ({ kind, requestId }) => kind === 'approved' && requestId === ended.requestId,
    );
    if (approvedRun?.kind !== 'approved' || own?.kind !== 'approved') throw new Error('both are approved');
    const { settingsDigest: _, version: __, ...authorization } = approvedRun.authorizedBy;
    expect(own.authorizedBy).toMatchObject(authorization);
    expect(own.approval).toEqual({ ...approvedRun.approval, target: { accountId: rootAccount } });
    expect(own.approvalSha256).not.toBe(approvedRun.approvalSha256);
  });

  it('is carried out though the approval of the run has aged out meanwhile', async () => {
    const { order, scene } = await givenRun();
    scene.given.time += year;
    expect((await scene.run('audit', order)).code).toBe('audited-clean');
  });

  it('is done once: its order is answered with its ending, and opens nothing', async () => {
    const { order, scene } = await givenRun();
    const { hash } = await scene.run('audit', order);
    scene.given.happened.length = 0;
    expect(await carriedOut(scene, order)).toMatchObject({ entryHash: hash });
    expect(scene.given.happened).toEqual([]);
  });

  it('is answered with its ending also once its run has ended', async () => {
    const { order, run, scene } = await givenRun();
    const { hash } = await scene.run('audit', order);
    await run.end();
    expect(await carriedOut(scene, order)).toMatchObject({ entryHash: hash });
    expect(scene.entries.some(({ kind }) => kind === 'refused')).toBe(false);
  });

  it('is not cleared where the plan rests on no audit', async () => {
    const { order, scene } = await givenRun('delete-root-credentials');
    scene.iam.hasEverything();
    await expect(carriedOut(scene, order, 'delete')).rejects.toThrow('rests on no audit');
    expect(scene.iam.left).toHaveLength(5);
  });

  it('is a rehearsal where the run is one', async () => {
    const { order, scene } = await givenRun('audit-root-credentials', { 'detail.dryRun': true });
    expect(await scene.run('audit', order)).toMatchObject({ ending: 'rehearsed', code: 'would-audit' });
  });

  it('ends where all root tasks are stopped: it is no event that could be refused', async () => {
    const { order, scene } = await givenRun();
    scene.given.powers = [{ kind: 'stopped', why: 'somebody stopped them' }];
    expect(await scene.run('audit', order)).toMatchObject({ ending: 'failed', code: 'stopped' });
    expect(scene.given.happened).not.toContain('assume root');
  });

  it.each([
    ['before it is claimed', 0],
    ['right before a session is opened', 1],
  ])('has no ending where the switch could not be read (%s): it is ordered again', async (_, nth) => {
    const { order, scene } = await givenRun();
    const unread = { kind: 'stopped', why: 'Rate exceeded', unread: true } as const;
    scene.given.powers = nth === 0 ? [unread] : [{ kind: 'running' }, unread];
    await expect(carriedOut(scene, order)).rejects.toThrow(SwitchUnreadError);
    expect(scene.given.happened).not.toContain('assume root');
    expect(scene.given.kinds).not.toContain('ended');
    expect((await scene.run('audit', order)).code).toBe('audited-clean');
  });

  it('is never the account in which rootdesk runs', async () => {
    const { run, scene } = await givenRun();
    await run.plan(['222222222222']);
    const order = { parentRequestId: run.requestId, accountId: '222222222222', part: 3 };
    expect(await carriedOut(scene, order)).toMatchObject({ ending: 'refused', code: 'own-account' });
    expect(scene.given.happened).not.toContain('assume root');
  });
});

type Given = Awaited<ReturnType<typeof givenRun>>;
/** What somebody who may invoke the lane could send, and what could have become of the trail. */
const unordered: Readonly<Record<string, readonly [(given: Given) => unknown, RegExp]>> = {
  'a run that there is not': [
    ({ order }) => ({ ...order, parentRequestId: 'made/up' }),
    /no run of this name/,
  ],
  'a refusal in the place of a run': [
    ({ order }) => ({ ...order, parentRequestId: 'refused/7bf73129' }),
    /no run of this name/,
  ],
  'an account that no part names': [
    ({ order }) => ({ ...order, accountId: '999999999999' }),
    /part 2 of the plan/,
  ],
  'an account of another part': [({ order }) => ({ ...order, part: 1 }), /part 1 of the plan/],
  'a part that there is not': [({ order }) => ({ ...order, part: 3 }), /part 3 of the plan/],
  'a part that is no place of a plan': [({ order }) => ({ ...order, part: 999_999 }), /part 999999/],
  'an account of a run itself': [
    async ({ order, scene }) => {
      await scene.run('audit', order);
      return { ...order, parentRequestId: accountRequestId(order.parentRequestId, rootAccount), part: 1 };
    },
    /the approval is for one account/,
  ],
  'a run that has ended': [
    async ({ order, run }) => {
      await run.end();
      return order;
    },
    /the run has ended/,
  ],
  'a run whose approval was changed': [
    ({ order, scene }) => {
      const [approved] = scene.entries;
      if (approved !== undefined) scene.tamper(approved, { at: '2026-11-20T09:59:59.000Z' });
      return order;
    },
    /no run of this name/,
  ],
  'a plan that was changed': [
    ({ order, scene }) => {
      const planned = scene.entries.find((entry) => entry.kind === 'planned' && entry.part === 2);
      if (planned !== undefined) scene.tamper(planned, { at: '2026-11-20T09:59:59.000Z' });
      return order;
    },
    /part 2 of the plan/,
  ],
  'a plan that is no entry of rootdesk': [
    async ({ order, run, scene }) => {
      await run.plan(['156041421446']);
      const planned = scene.entries.find((entry) => entry.kind === 'planned' && entry.part === 2);
      if (planned !== undefined) scene.tamper(planned, { kind: 'plan' });
      return order;
    },
    /part 2 of the plan/,
  ],
};

describe('an order that no approval stands behind', () => {
  it.each(Object.entries(unordered))('is refused, and opens nothing: %s', async (_, [make, why]) => {
    const given = await givenRun();
    const order = await make(given);
    given.scene.given.happened.length = 0;
    expect(await carriedOut(given.scene, order)).toMatchObject({ ending: 'refused', code: 'not-ordered' });
    expect(given.scene.given.happened).toEqual(['record refused']);
    const refused = given.scene.entries.at(-1);
    expect(refused).toMatchObject({ kind: 'refused', reasons: [{ message: expect.stringMatching(why) }] });
  });

  it('is refused by the lane of another task, whatever that task may do', async () => {
    const { order, run, scene } = await givenRun();
    scene.iam.hasEverything();
    expect(await carriedOut(scene, order, 'delete')).toMatchObject({ code: 'not-ordered' });
    expect(scene.entries.at(-1)).toMatchObject({
      refusedRequestId: run.requestId,
      reasons: [{ message: expect.stringContaining('approved for audit-root-credentials') }],
    });
    expect(scene.iam.left).toHaveLength(5);
  });

  it('is refused where the approval named is of one account', async () => {
    const scene = new RootScene();
    const { requestId } = await scene.run('audit', approvalOf('audit-root-credentials'));
    const order = { parentRequestId: requestId, accountId: rootAccount, part: 1 };
    expect(await carriedOut(scene, order)).toMatchObject({ code: 'not-ordered' });
    expect(scene.entries.at(-1)).toMatchObject({
      reasons: [{ message: expect.stringContaining('for one account') }],
    });
  });

  it('is refused once, however often it comes', async () => {
    const { order, scene } = await givenRun();
    const forged = { ...order, parentRequestId: 'made/up' };
    const first = await carriedOut(scene, forged);
    expect(await carriedOut(scene, forged)).toEqual(first);
    expect(scene.entries.filter(({ kind }) => kind === 'refused')).toHaveLength(1);
  });
});

describe('what an order says besides', () => {
  it.each<[string, Change]>([
    ['another task', { task: 'delete-root-credentials' }],
    ['a target', { target: { accountId: '999999999999' } }],
    ['an approval', { approvals: [{ approver: 'lead@example.com' }] }],
    ['no rehearsal', { dryRun: false }],
    ['an id that is no id', { accountId: '15604142144' }],
    ['a part that is none', { part: 0 }],
    ['an opening to close', { closes: 'x' }],
  ])('makes it no order at all (%s): it is refused like any other event', async (_, more) => {
    const { order, scene } = await givenRun();
    expect(await carriedOut(scene, { ...order, ...more })).toMatchObject({
      ending: 'refused',
      code: 'malformed',
    });
    expect(marks(scene)).toEqual(['record refused']);
  });

  it('makes it nothing where a closing is ordered from a lane that closes nothing', async () => {
    const { order, scene } = await givenRun();
    const closing = { closes: order.parentRequestId };
    expect(await carriedOut(scene, closing)).toMatchObject({ ending: 'refused', code: 'malformed' });
  });
});

describe('an account of a deletion across the organization', () => {
  /** An audit that has seen the account, and a deletion planned on it. */
  async function givenDeletion(
    seen: (scene: RootScene) => void,
    since: (scene: RootScene) => void = () => {},
  ) {
    const { order, run, scene } = await givenRun();
    seen(scene);
    await scene.run('audit', order);
    await run.end();
    since(scene);
    const deletion = await new GivenRun(scene.given, 'delete-root-credentials', {
      'detail.ticket.id': 'SEC-2',
    }).approve();
    const basedOn = { requestId: run.requestId, endedAt: '2026-11-20T10:00:00.000Z', hash: 'a'.repeat(64) };
    await deletion.plan([rootAccount], { basedOn });
    scene.given.happened.length = 0;
    return { scene, order: { parentRequestId: deletion.requestId, accountId: rootAccount, part: 1 } };
  }

  it('removes what the audit saw', async () => {
    const { order, scene } = await givenDeletion(({ iam }) => iam.hasEverything());
    expect((await scene.run('delete', order)).code).toBe('root-credentials-deleted');
    expect(scene.iam.left).toEqual([]);
  });

  it('is finished by a retry under its own name, and not by another order', async () => {
    const { order, scene } = await givenDeletion(({ iam }) => iam.hasEverything());
    scene.iam.dies = { at: 'DeleteLoginProfile', when: 'before' };
    await scene.dies('delete', order);
    const ended = await scene.run('delete', order);
    expect(ended).toMatchObject({
      requestId: accountRequestId(order.parentRequestId, rootAccount),
      code: 'root-credentials-deleted',
    });
    expect(scene.changes[0]).toBe('DeleteLoginProfile');
  });

  it('removes nothing that the audit did not see', async () => {
    const { order, scene } = await givenDeletion(
      ({ iam }) => {
        iam.keys = [{ id: 'AKIA1' }];
      },
      ({ iam }) => {
        iam.hasEverything();
        iam.keys = [{ id: 'AKIA1' }, { id: 'AKIA2' }];
      },
    );
    await scene.run('delete', order);
    expect(scene.changes).toEqual(['DeleteAccessKey AKIA1']);
  });

  it('removes nothing where the audit never saw the account', async () => {
    const { order, scene } = await givenDeletion(
      () => {},
      ({ iam }) => iam.hasEverything(),
    );
    expect(await scene.run('delete', order)).toMatchObject({ ending: 'nothing-to-do', code: 'all-kept' });
    expect(scene.changes).toEqual([]);
  });

  it('believes no audit that does not add up', async () => {
    const { order, scene } = await givenDeletion(({ iam }) => iam.hasEverything());
    const seen = scene.entries.find((entry) => entry.kind === 'ended' && entry.after !== null);
    if (seen === undefined) throw new Error('the audit has ended');
    scene.tamper(seen, { at: '2026-11-20T09:59:59.000Z' });
    await expect(carriedOut(scene, order, 'delete')).rejects.toThrow('does not fit its chain');
    expect(scene.changes).toEqual([]);
  });
});
