import { sweep } from '../../../lambdas/give-up/sweep.ts';
import type { Sweeper } from '../../../lambdas/give-up/sweep-job.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { givenRequest } from '../given/request.ts';
import { approvalOf, RootScene } from '../given/root-scene.ts';
import { claimedBy } from '../given/standing.ts';
import { strict } from '../given/strict.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const other = {
  id: 'another',
  'detail.ticket.id': 'SEC-2',
  'detail.target': { accountId: '156041421444' },
};

afterEach(() => jest.restoreAllMocks());

const opened = async (scene: RootScene, changes = {}) =>
  (await scene.run('allow', approvalOf('allow-root-password-recovery', changes))).requestId;

/** A sweep, and which openings it has closed; only noted, unless they are carried out. */
async function swept(scene: RootScene, carriesOut = false) {
  const closed: string[] = [];
  const close = async (closes: string) => {
    closed.push(closes);
    if (carriesOut) await carryOut({ closes }, scene.tasks.close, scene.given.lane);
  };
  const counts = await sweep({
    ...scene.given.lane,
    machines: strict<Sweeper['machines']>('machines', {}),
    closings: { close },
    remainingMilliseconds: () => 60_000,
  });
  return { closed, counts };
}

describe('an opening whose time is over', () => {
  it('is closed ten minutes later where its schedule never came, and not a moment before', async () => {
    const scene = new RootScene();
    const requestId = await opened(scene);
    scene.given.time += 4 * hour + 10 * minute - 1;
    expect((await swept(scene)).closed).toEqual([]);
    scene.given.time += 1;
    expect(await swept(scene)).toMatchObject({ closed: [requestId], counts: { started: 1, failed: 0 } });
  });

  it('is left to a closing that is at work, for as long as one may be', async () => {
    const scene = new RootScene();
    const requestId = await opened(scene);
    scene.given.time += 5 * hour;
    scene.iam.dies = { at: 'DeleteLoginProfile', when: 'before' };
    await expect(carryOut({ closes: requestId }, scene.tasks.close, scene.given.lane)).rejects.toThrow(
      'died',
    );
    scene.given.time += 15 * minute - 1;
    expect((await swept(scene)).closed).toEqual([]);
    scene.given.time += 1;
    expect((await swept(scene)).closed).toEqual([requestId]);
  });

  it('is closed once, and then left', async () => {
    const scene = new RootScene();
    await opened(scene);
    scene.given.time += 5 * hour;
    expect((await swept(scene, true)).closed).toHaveLength(1);
    expect(scene.iam.left).toEqual([]);
    scene.given.time += day;
    expect((await swept(scene, true)).closed).toEqual([]);
  });

  it('stays in sight for as long as its closings fail, though it was opened months ago', async () => {
    const scene = new RootScene();
    const requestId = await opened(scene);
    scene.iam.deny('DeleteLoginProfile');
    for (let tries = 0; tries < 8; tries += 1) {
      scene.given.time += 20 * day;
      expect((await swept(scene, true)).closed).toEqual([requestId]);
    }
    scene.iam.fails.clear();
    scene.given.time += 20 * day;
    expect((await swept(scene, true)).closed).toEqual([requestId]);
    expect(scene.iam.left).toEqual([]);
    expect(scene.entries.at(-1)).toMatchObject({
      requestId: `${requestId}/closing/9`,
      code: 'password-recovery-closed',
    });
  });
});

describe('a sweep over an opening whose chain does not add up', () => {
  it('has the others closed, and ends what has no ending', async () => {
    const scene = new RootScene();
    const damaged = await opened(scene);
    scene.iam.password = null;
    const whole = await opened(scene, other);
    const unended = givenRequest({ 'detail.ticket.id': 'SEC-3' });
    await claimedBy(unended, scene.given.lane);
    const acting = scene.entries.find(({ kind, requestId }) => kind === 'acting' && requestId === damaged);
    if (acting === undefined) throw new Error('the opening is announced');
    scene.tamper(acting, { ticket: 'another' });
    scene.given.time += 5 * hour;
    expect(await swept(scene)).toEqual({
      closed: [whole],
      counts: { ended: 1, started: 1, failed: 1, complete: true },
    });
    expect((await scene.given.trail.head(unended.requestId))?.kind).toBe('ended');
    expect(JSON.stringify(scene.given.logged)).toContain(`"rootTaskRequest":"${damaged}"`);
  });
});
