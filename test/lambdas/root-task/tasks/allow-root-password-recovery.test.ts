import { isOpening } from '../../../../contract/trail-states.ts';
import { giveUp } from '../../../../lambdas/give-up/give-up.ts';
import { scheduleNameOf } from '../../../../lambdas/root-task/adapters/closing-schedule.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { approvalOf, RootScene } from '../../given/root-scene.ts';
import { madeLongAgo } from '../../given/root-user.ts';
import { awsError } from '../../given/sent.ts';

type Change = Readonly<Record<string, unknown>>;
const opening = (changes: Change = {}) => approvalOf('allow-root-password-recovery', changes);
const inFourHours = '2026-11-20T14:00:00.000Z';

afterEach(() => jest.restoreAllMocks());

const carriedOut = (scene: RootScene, changes: Change = {}) =>
  carryOut(opening(changes), scene.tasks.allow, scene.given.lane);
const marks = ({ given }: RootScene) => given.happened.filter((what) => what !== 'take turn');
const openingsIn = ({ entries }: RootScene) =>
  entries.flatMap((entry) =>
    entry.kind === 'acting' && isOpening(entry.intended) ? [entry.intended.closesAt] : [],
  );

/** A scene in which the first attempt has died at a point. */
async function givenDied(
  at: 'CreateLoginProfile' | 'schedule',
  when: 'before' | 'after',
): Promise<RootScene> {
  const scene = new RootScene();
  if (at === 'schedule') scene.schedulerFails = awsError('InternalServerException');
  else scene.iam.dies = { at, when };
  await scene.dies('allow', opening());
  scene.schedulerFails = null;
  return scene;
}

describe('allowing password recovery', () => {
  it('schedules the closing before it opens anything, and the opening is in the trail before both', async () => {
    const scene = new RootScene();
    const ended = await scene.run('allow', opening());
    expect(marks(scene)).toEqual([
      'record approved',
      'assume root',
      'record acting',
      `schedule ${inFourHours}`,
      'CreateLoginProfile',
      'record ended',
    ]);
    expect(ended).toMatchObject({
      ending: 'succeeded',
      code: 'password-recovery-allowed',
      after: { password: { state: 'present' } },
    });
    expect(ended.summary).toContain(`OPEN until ${inFourHours}`);
    expect(ended.remedy).toContain(inFourHours);
    expect([...scene.schedules.keys()]).toEqual([ended.requestId]);
  });

  it('records until when, and which schedule closes it', async () => {
    const scene = new RootScene();
    const { requestId } = await scene.run('allow', opening());
    expect(scene.entries.find(({ kind }) => kind === 'acting')).toMatchObject({
      before: { password: { state: 'absent' } },
      intended: { closesAt: inFourHours, schedule: scheduleNameOf(requestId) },
    });
  });

  it.each([
    ['PT5M', '2026-11-20T10:05:00.000Z'],
    ['PT12H', '2026-11-20T22:00:00.000Z'],
  ])('is for as long as the approval says (%s)', async (removeAfter, closesAt) => {
    const scene = new RootScene();
    await scene.run('allow', opening({ 'detail.removeAfter': removeAfter }));
    expect(marks(scene)).toContain(`schedule ${closesAt}`);
  });

  it('closes on a whole second, never before its time', async () => {
    const scene = new RootScene();
    scene.given.time += 1;
    await scene.run('allow', opening());
    expect(openingsIn(scene)).toEqual(['2026-11-20T14:00:01.000Z']);
  });

  it('asks for nothing that its task policy denies', async () => {
    const scene = new RootScene();
    await scene.run('allow', opening());
    const calls = scene.iam.sent.map(({ command }) => command);
    expect(new Set(calls)).toEqual(new Set(['GetLoginProfileCommand', 'CreateLoginProfileCommand']));
  });

  it('waits for a profile that shows late', async () => {
    const scene = new RootScene();
    scene.iam.showsLate = 2;
    expect((await scene.run('allow', opening())).code).toBe('password-recovery-allowed');
    expect(marks(scene).filter((what) => what.startsWith('wait'))).toEqual(['wait 1000', 'wait 2000']);
  });

  it('is not called done where the profile never shows: the closing comes all the same', async () => {
    const scene = new RootScene();
    scene.iam.showsLate = 99;
    expect(await scene.run('allow', opening())).toMatchObject({ ending: 'failed', code: 'not-read-back' });
    expect(scene.schedules.size).toBe(1);
  });

  it('opens nothing where there is a password already, and schedules nothing that would take it away', async () => {
    const scene = new RootScene();
    scene.iam.password = madeLongAgo;
    const ended = await scene.run('allow', opening());
    expect(ended).toMatchObject({ ending: 'nothing-to-do', code: 'password-present' });
    expect(scene.schedules.size).toBe(0);
    expect(scene.given.kinds).toEqual(['approved', 'ended']);
  });

  it('opens nothing where nobody knows whether there is a password', async () => {
    const scene = new RootScene();
    scene.iam.deny('GetLoginProfile');
    // A denial that does not say why may be the set-up flickering: it is believed when it has lasted.
    await scene.dies('allow', opening());
    scene.given.time += 180_000;
    expect(await scene.run('allow', opening())).toMatchObject({
      ending: 'failed',
      code: 'denied-by-organization',
    });
    expect([scene.schedules.size, scene.changes]).toEqual([0, []]);
  });

  it('rehearsed, opens and schedules nothing', async () => {
    const scene = new RootScene();
    const ended = await scene.run('allow', opening({ 'detail.dryRun': true }));
    expect(ended).toMatchObject({ ending: 'rehearsed', code: 'would-allow-password-recovery' });
    expect(ended.summary).toContain(inFourHours);
    expect([scene.schedules.size, scene.changes]).toEqual([0, []]);
  });

  it('is refused on the word of one person', async () => {
    const scene = new RootScene();
    const one = { 'detail.approvals': opening().detail.approvals.slice(0, 1) };
    expect(await carriedOut(scene, one)).toMatchObject({ ending: 'refused', code: 'too-few-approvals' });
    expect(marks(scene)).toEqual(['record refused']);
  });
});

describe('an opening that AWS denies', () => {
  const denial = (why = '') =>
    awsError('AccessDenied', `not authorized to perform: iam:CreateLoginProfile${why}`, 403);
  const byScp = denial(' with an explicit deny in a service control policy');

  it('by a service control policy ends at once, and says so', async () => {
    const scene = new RootScene();
    scene.iam.fails.set('CreateLoginProfile', byScp);
    const ended = await scene.run('allow', opening());
    expect(ended).toMatchObject({ ending: 'failed', code: 'denied-by-scp' });
    expect(ended.summary).not.toContain('OPEN');
    expect(scene.given.kinds).toEqual(['approved', 'acting', 'ended']);
    expect(scene.iam.password).toBeNull();
  });

  it('by a service control policy that denies to read ends at once, too', async () => {
    const scene = new RootScene();
    scene.iam.fails.set('GetLoginProfile', byScp);
    expect(await scene.run('allow', opening())).toMatchObject({ ending: 'failed', code: 'denied-by-scp' });
    expect([scene.schedules.size, scene.changes]).toEqual([0, []]);
  });

  it('without a word why is tried again, and is believed once it has lasted', async () => {
    const scene = new RootScene();
    scene.iam.fails.set('CreateLoginProfile', denial());
    scene.given.time += 149_999;
    await expect(carriedOut(scene)).rejects.toThrow('not authorized');
    scene.given.time += 149_999;
    await expect(carriedOut(scene)).rejects.toThrow('not authorized');
    scene.given.time += 1;
    expect(await scene.run('allow', opening())).toMatchObject({
      ending: 'failed',
      code: 'denied-by-organization',
    });
    expect(scene.iam.password).toBeNull();
  });

  it('and then does not opens, until the time that its first attempt has announced', async () => {
    const scene = new RootScene();
    scene.iam.fails.set('CreateLoginProfile', denial());
    await scene.dies('allow', opening());
    scene.iam.fails.clear();
    expect((await scene.run('allow', opening())).code).toBe('password-recovery-allowed');
    expect(openingsIn(scene)).toEqual([inFourHours, inFourHours]);
  });
});

/** What ends an opening in the place of its own next attempt. */
const endedOtherwise: Readonly<Record<string, (scene: RootScene) => Promise<unknown>>> = {
  stopped: async (scene) => {
    scene.given.powers = [{ kind: 'stopped', why: 'somebody stopped them' }];
    return scene.run('allow', opening());
  },
  'gave-up': ({ given }) =>
    giveUp({ event: opening(), lastError: 'TimeoutError' }, 'allow-root-password-recovery', given.lane),
  'newer-request': async (scene) => {
    const other = approvalOf('delete-root-credentials', {
      id: 'another',
      time: '2026-11-20T10:01:00Z',
      'detail.ticket.id': 'SEC-2',
      'detail.approvals': [{ approver: 'lead@example.com', approvedAt: '2026-11-20T10:00:30Z' }],
    });
    scene.iam.keys = [{ id: 'AKIA1' }];
    await scene.run('delete', other);
    scene.given.time += 60_000;
    return scene.run('allow', opening());
  },
};

describe('an opening that died, and that comes to another ending', () => {
  it.each(Object.entries(endedOtherwise))('(%s) is said to be open perhaps', async (code, end) => {
    const scene = await givenDied('CreateLoginProfile', 'after');
    await end(scene);
    const ended = scene.entries.at(-1);
    expect(ended).toMatchObject({ kind: 'ended', task: 'allow-root-password-recovery', code });
    expect(ended).toMatchObject({ summary: expect.stringContaining(`may be OPEN until ${inFourHours}`) });
  });

  it.each(Object.entries(endedOtherwise))('(%s) is not, where nothing was announced', async (code, end) => {
    const scene = new RootScene();
    scene.given.table.beforePut = ({ kind }) => {
      if (kind === 'acting') throw new Error('InternalServerError');
    };
    await scene.dies('allow', opening());
    scene.given.table.beforePut = () => {};
    await end(scene);
    expect(scene.entries.at(-1)).toMatchObject({ code, summary: expect.not.stringContaining('OPEN') });
  });
});

describe('a closing that cannot be scheduled', () => {
  it('opens nothing, however often it is tried', async () => {
    const scene = await givenDied('schedule', 'before');
    scene.schedulerFails = awsError('AccessDeniedException');
    await expect(carriedOut(scene)).rejects.toThrow('AccessDeniedException');
    expect(scene.iam.password).toBeNull();
    expect(scene.iam.sent.map(({ command }) => command)).not.toContain('CreateLoginProfileCommand');
  });
});

describe('a retry', () => {
  it.each([
    ['before its closing was scheduled', 'schedule', 'before'],
    ['before it opened', 'CreateLoginProfile', 'before'],
    ['right after it opened', 'CreateLoginProfile', 'after'],
  ] as const)('of an attempt that died %s keeps the first closing time', async (_, at, when) => {
    const scene = await givenDied(at, when);
    scene.given.time += 3_600_000;
    const ended = await scene.run('allow', opening());
    expect(ended.code).toBe('password-recovery-allowed');
    expect(new Set(openingsIn(scene))).toEqual(new Set([inFourHours]));
    expect([...scene.schedules.values()]).toEqual([inFourHours]);
    expect(ended.summary).toContain(`OPEN until ${inFourHours}`);
    expect(scene.iam.password).not.toBeNull();
  });

  it('that finds the profile made opens nothing twice', async () => {
    const scene = await givenDied('CreateLoginProfile', 'after');
    await scene.run('allow', opening());
    expect(scene.changes).toEqual([]);
    expect(scene.given.kinds).toEqual(['approved', 'acting', 'ended']);
  });

  it('that finds a password which somebody else has made has it closed in time all the same', async () => {
    const scene = await givenDied('schedule', 'before');
    scene.iam.password = madeLongAgo;
    await scene.run('allow', opening());
    expect([...scene.schedules.values()]).toEqual([inFourHours]);
  });

  it('that finds a password, and cannot have its closing scheduled, does not call it done', async () => {
    const scene = await givenDied('CreateLoginProfile', 'after');
    scene.schedulerFails = awsError('InternalServerException');
    await expect(carriedOut(scene)).rejects.toThrow('InternalServerException');
  });

  it.each([
    ['nothing', 'before', 'There is no password'],
    ['a profile', 'after', 'There is a password'],
  ] as const)('when its time is over opens nothing, where the first left %s', async (_, when, said) => {
    const scene = await givenDied('CreateLoginProfile', when);
    scene.given.time = Date.parse(inFourHours);
    scene.schedules.clear();
    const { iam } = scene;
    const before = iam.password;
    const ended = await scene.run('allow', opening());
    expect(ended).toMatchObject({ ending: 'failed', code: 'out-of-time' });
    expect(ended.summary).toContain(said);
    expect(ended.summary).not.toContain('nothing was changed');
    expect([iam.password, scene.changes, scene.schedules.size]).toEqual([before, [], 0]);
  });

  it('a millisecond before its time is over still opens', async () => {
    const scene = await givenDied('CreateLoginProfile', 'before');
    scene.given.time = Date.parse(inFourHours) - 1;
    expect((await scene.run('allow', opening())).code).toBe('password-recovery-allowed');
  });
});
