import { closingRequestId } from '../../../../contract/request-id.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { approvalOf, RootScene } from '../../given/root-scene.ts';
import { awsError } from '../../given/sent.ts';

type Change = Readonly<Record<string, unknown>>;
const minute = 60_000;
const hour = 60 * minute;
const ten = Date.parse('2026-11-20T10:00:00.000Z');

afterEach(() => jest.restoreAllMocks());

/** An approval of another ticket, given two minutes before now. */
function approvalNow(scene: RootScene, task: string, changes: Change = {}) {
  const at = (ago: number) => new Date(scene.given.time - ago * minute).toISOString();
  return approvalOf(task, {
    id: `event-${scene.given.time}`,
    time: at(1),
    'detail.ticket.id': `SEC-${scene.given.time}`,
    'detail.approvals': [
      { approver: 'lead@example.com', approvedAt: at(3) },
      { approver: 'second.lead@example.com', approvedAt: at(2) },
    ],
    ...changes,
  });
}
const allow = 'allow-root-password-recovery';

/** Opened at ten for four hours, used, and the password taken away at half past eleven; it is twelve now. */
async function givenFirst() {
  const scene = new RootScene();
  const first = await scene.run('allow', approvalOf(allow));
  scene.iam.keys = [{ id: 'AKIA-FIRST', createdAt: new Date(ten + hour) }];
  scene.iam.password = null;
  scene.given.time = ten + 2 * hour;
  return { scene, first };
}
const made = (scene: RootScene, id: string) => {
  scene.iam.password = new Date(scene.given.time);
  scene.iam.keys = [...scene.iam.keys, { id, createdAt: new Date(scene.given.time + minute) }];
};
const closed = async (scene: RootScene, closes: string, at: number) => {
  scene.given.time = ten + at;
  return scene.run('close', { closes });
};

describe('the closing of an opening that a later one follows', () => {
  it('leaves the later one its password and keys, and nobody reads that the account is closed', async () => {
    const { first, scene } = await givenFirst();
    const second = await scene.run('allow', approvalNow(scene, allow));
    expect(second.code).toBe('password-recovery-allowed');
    made(scene, 'AKIA-SECOND');
    const ended = await closed(scene, first.requestId, 4 * hour);
    expect(scene.iam.left).toEqual(['AKIA-SECOND', 'password']);
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'password-recovery-closed' });
    expect(ended.summary).toMatch(/^This opening is closed, and a later one is OPEN:/);
    expect(ended.summary).toContain(second.requestId);
    const last = await closed(scene, second.requestId, 6 * hour);
    expect(last.summary).toMatch(/^CLOSED:/);
    expect(scene.iam.left).toEqual([]);
  });

  it('has nothing to do where all that is there is of the later one, and does not say CLOSED', async () => {
    const { first, scene } = await givenFirst();
    scene.iam.keys = [];
    await scene.run('allow', approvalNow(scene, allow));
    made(scene, 'AKIA-SECOND');
    const ended = await closed(scene, first.requestId, 4 * hour);
    expect(ended).toMatchObject({ ending: 'nothing-to-do', code: 'password-recovery-was-closed' });
    expect(ended.summary).toMatch(/^This opening is closed, and a later one is OPEN:/);
    expect(scene.iam.left).toEqual(['AKIA-SECOND', 'password']);
  });

  it('goes by the first of two later ones', async () => {
    const { first, scene } = await givenFirst();
    await scene.run('allow', approvalNow(scene, allow));
    made(scene, 'AKIA-SECOND');
    scene.iam.password = null;
    scene.given.time += hour;
    await scene.run('allow', approvalNow(scene, allow));
    made(scene, 'AKIA-THIRD');
    await closed(scene, first.requestId, 4 * hour);
    expect(scene.iam.left).toEqual(['AKIA-SECOND', 'AKIA-THIRD', 'password']);
  });
});

describe('a later opening that is closed before the older one', () => {
  /** Opened at twelve for an hour, and its closing tried; then somebody who is still signed in makes a key. */
  async function givenShort(arrange: (scene: RootScene) => void) {
    const { first, scene } = await givenFirst();
    const second = await scene.run('allow', approvalNow(scene, allow, { 'detail.removeAfter': 'PT1H' }));
    made(scene, 'AKIA-SECOND');
    arrange(scene);
    await closed(scene, second.requestId, 3 * hour);
    scene.iam.fails.clear();
    scene.iam.keys = [...scene.iam.keys, { id: 'AKIA-LATE', createdAt: new Date(ten + 3.5 * hour) }];
    return { first, scene, second };
  }

  it('takes nothing away any more: what was made after that goes with the older one', async () => {
    const { first, scene } = await givenShort(() => {});
    expect(scene.iam.left).toEqual(['AKIA-FIRST', 'AKIA-LATE']);
    expect((await closed(scene, first.requestId, 4 * hour)).summary).toMatch(/^CLOSED:/);
    expect(scene.iam.left).toEqual([]);
  });

  it('still does where its closing failed, and comes again', async () => {
    const { first, scene, second } = await givenShort(({ iam }) => iam.deny('DeleteLoginProfile'));
    const ended = await closed(scene, first.requestId, 4 * hour);
    expect(ended.summary).toMatch(/^This opening is closed, and a later one is OPEN:/);
    expect(scene.iam.left).toEqual(['AKIA-LATE', 'password']);
    await closed(scene, second.requestId, 4.25 * hour);
    expect(scene.iam.left).toEqual([]);
  });

  it('leaves the next one its own', async () => {
    const { first, scene } = await givenShort(() => {});
    scene.given.time = ten + 3.75 * hour;
    await scene.run('allow', approvalNow(scene, allow));
    made(scene, 'AKIA-THIRD');
    await closed(scene, first.requestId, 4 * hour);
    expect(scene.iam.left).toEqual(['AKIA-THIRD', 'password']);
  });
});

/** What was approved later and opened nothing. */
const noOpening: Readonly<Record<string, (scene: RootScene) => Promise<unknown>>> = {
  'a rehearsal': (scene) => scene.run('allow', approvalNow(scene, allow, { 'detail.dryRun': true })),
  'an opening that was stopped': async (scene) => {
    scene.given.powers = [{ kind: 'running' }, { kind: 'stopped', why: 'somebody stopped them' }];
    expect(await scene.run('allow', approvalNow(scene, allow))).toMatchObject({ code: 'stopped' });
  },
  'an opening that AWS denied its session': async (scene) => {
    const { session } = scene.given;
    const message = 'Root credentials management feature is not enabled';
    scene.given.session = { kind: 'denied', hop: 'root', errorName: 'AccessDenied', message };
    expect(await scene.run('allow', approvalNow(scene, allow))).toMatchObject({ ending: 'failed' });
    scene.given.session = session;
  },
  'a deletion': async (scene) => {
    scene.iam.certificates = [{ id: 'CERT1' }];
    const kinds = { 'detail.kinds': ['signingCertificates'] };
    await scene.run('delete', approvalNow(scene, 'delete-root-credentials', kinds));
    expect(scene.entries.filter(({ kind }) => kind === 'acting')).toHaveLength(2);
  },
};

describe('what is no later opening', () => {
  it.each(Object.entries(noOpening))('is %s: what was made since goes', async (_, happen) => {
    const { first, scene } = await givenFirst();
    await happen(scene);
    made(scene, 'AKIA-SINCE');
    const ended = await closed(scene, first.requestId, 4 * hour);
    expect(ended.summary).toMatch(/^CLOSED:/);
    expect(scene.iam.left).toEqual([]);
  });

  it('is the opening itself, tried again, nor a closing of it that failed', async () => {
    const scene = new RootScene();
    scene.iam.fails.set('CreateLoginProfile', awsError('ServiceFailureException'));
    await scene.dies('allow', approvalOf(allow));
    scene.iam.fails.clear();
    const { requestId } = await scene.run('allow', approvalOf(allow));
    expect(scene.entries.filter(({ kind }) => kind === 'acting')).toHaveLength(2);
    scene.given.time = ten + 4 * hour;
    scene.iam.deny('DeleteLoginProfile');
    await carryOut({ closes: requestId }, scene.tasks.close, scene.given.lane);
    scene.iam.fails.clear();
    scene.given.time += 15 * minute;
    made(scene, 'AKIA-SINCE');
    const ended = await scene.run('close', { closes: requestId });
    expect(ended).toMatchObject({
      requestId: closingRequestId(requestId, 2),
      code: 'password-recovery-closed',
    });
    expect(scene.iam.left).toEqual([]);
  });
});
