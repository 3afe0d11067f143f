import { closingRequestId } from '../../../../contract/request-id.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { EarlyClosingError, takeClosingOrder } from '../../../../lambdas/root-task/steps/closing-order.ts';
import { orderOf } from '../../../../lambdas/root-task/steps/take-order.ts';
import { approvalOf, RootScene, rootAccount } from '../../given/root-scene.ts';

const minute = 60_000;
const hour = 60 * minute;
const allow = (changes = {}) => approvalOf('allow-root-password-recovery', changes);

afterEach(() => jest.restoreAllMocks());

async function givenOpened() {
  const scene = new RootScene();
  const { requestId } = await scene.run('allow', allow());
  scene.given.happened.length = 0;
  const close = () => carryOut({ closes: requestId }, scene.tasks.close, scene.given.lane);
  return { scene, requestId, close };
}

describe('the order to close an opening', () => {
  it('is authorized by the opening: its approval, its target, its name; however old that is', async () => {
    const { requestId, scene } = await givenOpened();
    scene.given.time += 400 * 24 * hour;
    const taken = await takeClosingOrder({ closes: requestId }, scene.given.lane);
    expect(taken).toMatchObject({
      kind: 'request',
      request: {
        requestId: closingRequestId(requestId, 1),
        task: 'close-root-password-recovery',
        target: { accountId: rootAccount },
        closes: requestId,
        parentRequestId: null,
        authorization: { required: 2, counted: [{}, {}] },
      },
    });
  });

  it.each([
    ['a second', 1000],
    ['all of its time', 4 * hour],
  ])('more than a minute early, by %s, is left, without a word in the trail', async (_, more) => {
    const { close, scene } = await givenOpened();
    const before = scene.entries.length;
    scene.given.time += 4 * hour - Math.min(4 * hour, minute + more);
    expect(await close()).toBeNull();
    expect([scene.entries.length, scene.given.happened]).toEqual([before, []]);
    expect(JSON.stringify(scene.given.logged)).toContain('before its time');
  });

  it.each([minute, 1])('early by %i ms is thrown, so that it comes again; then it closes', async (early) => {
    const { close, scene } = await givenOpened();
    scene.given.time += 4 * hour - early;
    await expect(close()).rejects.toThrow(EarlyClosingError);
    expect(scene.given.happened).toEqual([]);
    scene.given.time += early;
    expect(await close()).toMatchObject({ code: 'password-recovery-closed' });
  });

  it('goes on with a closing that was begun, and begins another where the last one failed', async () => {
    const { close, requestId, scene } = await givenOpened();
    scene.given.time += 4 * hour;
    const ids: string[] = [];
    const noted = async () => ids.push((await close())?.requestId.slice(requestId.length) ?? 'none');
    scene.iam.deny('DeleteLoginProfile');
    await noted();
    await noted();
    scene.iam.fails.clear();
    scene.iam.dies = { at: 'DeleteLoginProfile', when: 'before' };
    await expect(close()).rejects.toThrow('died');
    scene.given.time += 60_000;
    await noted();
    await noted();
    expect(ids).toEqual(['/closing/1', '/closing/2', '/closing/3', '/closing/3']);
  });
});

/** What somebody who may invoke the lane could name in the place of an opening. */
const unordered: Readonly<Record<string, readonly [(scene: RootScene) => Promise<string>, RegExp]>> = {
  'nothing that there is': [async () => 'made/up', /no opening of this name/],
  'a refusal': [
    async (scene) => {
      await carryOut(allow({ account: '999999999999' }), scene.tasks.allow, scene.given.lane);
      return scene.entries.at(-1)?.requestId ?? '';
    },
    /no opening of this name/,
  ],
  'a deletion': [
    async (scene) => {
      scene.iam.hasEverything();
      return (await scene.run('delete', approvalOf('delete-root-credentials'))).requestId;
    },
    /is delete-root-credentials/,
  ],
  'a rehearsal of an opening': [
    async (scene) => (await scene.run('allow', allow({ 'detail.dryRun': true }))).requestId,
    /nothing was opened/,
  ],
  'an opening that found a password': [
    async (scene) => {
      scene.iam.hasEverything();
      return (await scene.run('allow', allow())).requestId;
    },
    /nothing was opened/,
  ],
  'a closing': [
    async (scene) => {
      const { requestId } = await scene.run('allow', allow());
      scene.given.time += 4 * hour;
      return (await scene.run('close', { closes: requestId })).requestId;
    },
    /is close-root-password-recovery/,
  ],
};

describe('an order that no opening stands behind', () => {
  it.each(Object.entries(unordered))('is refused, and opens nothing: %s', async (_, [make, why]) => {
    const scene = new RootScene();
    const closes = await make(scene);
    scene.given.time += 24 * hour;
    scene.given.happened.length = 0;
    const { left } = scene.iam;
    const receipt = await carryOut({ closes }, scene.tasks.close, scene.given.lane);
    expect(receipt).toMatchObject({ ending: 'refused', code: 'not-ordered' });
    expect(scene.given.happened).toEqual(['record refused']);
    expect(scene.entries.at(-1)).toMatchObject({ reasons: [{ message: expect.stringMatching(why) }] });
    expect(scene.iam.left).toEqual(left);
  });

  it('is not taken on the word of a trail that does not add up', async () => {
    const { close, scene } = await givenOpened();
    const acting = scene.entries.find(({ kind }) => kind === 'acting');
    if (acting === undefined) throw new Error('the opening is announced');
    scene.tamper(acting, { at: '2026-11-20T01:00:00.000Z' });
    scene.given.time += 4 * hour;
    await expect(close()).rejects.toThrow('does not fit its chain');
    expect(scene.given.happened).toEqual([]);
  });

  it('is no approval either: a ticket cannot ask for a closing', async () => {
    const scene = new RootScene();
    const event = approvalOf('close-root-password-recovery');
    expect(await carryOut(event, scene.tasks.close, scene.given.lane)).toMatchObject({ code: 'malformed' });
  });
});

describe('which orders a lane reads', () => {
  const account = { parentRequestId: 'a', accountId: rootAccount, part: 1 };
  const closing = { closes: 'a' };

  it('is the closing for the lane that closes, and an account for every other', () => {
    expect(orderOf(closing, 'close-root-password-recovery')?.kind).toBe('closing');
    expect(orderOf(account, 'close-root-password-recovery')).toBeNull();
    expect(orderOf(account, 'delete-root-credentials')?.kind).toBe('account');
    expect(orderOf(closing, 'delete-root-credentials')).toBeNull();
  });

  it.each([
    ['a target', { target: { accountId: '999999999999' } }],
    ['a time', { closesAt: '2026-11-20T10:00:00.000Z' }],
    ['no name', { closes: '' }],
    ['a name that is none', { closes: ['a'] }],
  ])('is none that says more, or less, than a name (%s)', (_, more) => {
    expect(orderOf({ ...closing, ...more }, 'close-root-password-recovery')).toBeNull();
  });

  it('is no approval from the bus', () => {
    expect(orderOf(allow(), 'allow-root-password-recovery')).toBeNull();
  });
});
