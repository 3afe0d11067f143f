import { canonicalJson, sha256 } from '../../../../contract/canonical-json.ts';
import { hasCredentials } from '../../../../contract/trail-states.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { approvalOf, RootScene } from '../../given/root-scene.ts';
import { madeLongAgo, virtualDevice } from '../../given/root-user.ts';

type Change = Readonly<Record<string, unknown>>;
const deletion = (changes: Change = {}) => approvalOf('delete-root-credentials', changes);

afterEach(() => jest.restoreAllMocks());

/** A root user who has everything; one virtual device and no other, so that every change is told by its name. */
function givenScene(): RootScene {
  const scene = new RootScene();
  scene.iam.hasEverything();
  scene.iam.keys = [...scene.iam.keys, { id: 'AKIA2', createdAt: madeLongAgo }];
  scene.iam.devices = scene.iam.devices.slice(0, 1);
  return scene;
}

const wholeOrder = [
  'DeleteAccessKey AKIA1',
  'DeleteAccessKey AKIA2',
  'DeleteSigningCertificate CERT1',
  'DeleteLoginProfile',
  `DeactivateMFADevice ${virtualDevice}`,
  `DeleteVirtualMFADevice ${virtualDevice}`,
];
const deleted = async (arrange: (scene: RootScene) => void, changes: Change = {}) => {
  const scene = givenScene();
  arrange(scene);
  return { scene, ended: await scene.run('delete', deletion(changes)) };
};

/** What an ending says became of each credential. */
const resultsOf = ({ after }: Awaited<ReturnType<RootScene['run']>>) =>
  after !== null && 'results' in after
    ? after.results.map(({ id, kind, result }) => `${kind === 'password' ? kind : id} ${result}`)
    : null;

describe('deleting the credentials of a root user', () => {
  it('records which go before any of them does, removes them in order, and reads them back', async () => {
    const { ended, scene } = await deleted(() => {});
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'root-credentials-deleted' });
    expect(scene.given.happened.filter((what) => what !== 'take turn')).toEqual([
      'record approved',
      'assume root',
      'record acting',
      ...wholeOrder,
      'record ended',
    ]);
    expect(scene.iam.left).toEqual([]);
    expect(resultsOf(ended)).toEqual([
      'AKIA1 gone',
      'AKIA2 gone',
      'CERT1 gone',
      'password gone',
      `${virtualDevice} gone`,
    ]);
    expect(ended.summary).toContain('2 access keys, 1 signing certificate, the password and 1 MFA device');
  });

  it('covers what became of them by a hash', async () => {
    const { after } = (await deleted(() => {})).ended;
    if (after === null || !('results' in after)) throw new Error('a deletion has results');
    const { credentials, results } = after;
    expect(after.sha256).toBe(sha256(canonicalJson({ results, credentials })));
  });

  it('records the credentials as they were found', async () => {
    const { scene } = await deleted(() => {});
    const acting = scene.entries.find((entry) => entry.kind === 'acting');
    if (acting === undefined || !hasCredentials(acting.before)) throw new Error('a deletion is announced');
    expect(acting.before.credentials.accessKeys).toMatchObject({ items: [{ id: 'AKIA1' }, { id: 'AKIA2' }] });
    expect(acting.before.sha256).toBe(sha256(canonicalJson(acting.before.credentials)));
  });

  it('has nothing to do where there is nothing, and announces nothing', async () => {
    const scene = new RootScene();
    const ended = await scene.run('delete', deletion());
    expect(ended).toMatchObject({ ending: 'nothing-to-do', code: 'no-root-credentials' });
    expect(scene.given.kinds).toEqual(['approved', 'ended']);
  });

  it('has nothing to do where everything is kept, and names what and why', async () => {
    const { ended, scene } = await deleted(
      ({ iam }) => {
        iam.keys = iam.keys.map((key) => ({ ...key, usedAt: new Date('2026-11-19T00:00:00Z') }));
        iam.certificates = [];
        iam.password = null;
        iam.devices = [];
      },
      { 'detail.keepIfUsedWithinDays': 90 },
    );
    expect(ended).toMatchObject({ ending: 'nothing-to-do', code: 'all-kept' });
    expect(ended.summary).toMatch(
      /access key AKIA1 and access key AKIA2 \(last used on .* by s3 in eu-west-1/,
    );
    expect(scene.changes).toEqual([]);
  });

  it('keeps what the approval says, and says so beside what went', async () => {
    const { ended, scene } = await deleted(() => {}, {
      'detail.kinds': ['accessKeys', 'signingCertificates'],
    });
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'root-credentials-deleted', remedy: null });
    expect(scene.iam.left).toEqual(['password', virtualDevice]);
    expect(resultsOf(ended)).toEqual([
      'AKIA1 gone',
      'AKIA2 gone',
      'CERT1 gone',
      'password kept',
      `${virtualDevice} kept`,
    ]);
  });

  it('reads what it keeps of an approval in days by the clock of the run', async () => {
    const { ended } = await deleted(
      ({ iam }) => {
        iam.keys = [{ id: 'AKIA1', usedAt: new Date('2026-11-10T10:00:00.000Z') }];
      },
      { 'detail.keepIfUsedWithinDays': 9, 'detail.kinds': ['accessKeys'] },
    );
    expect(resultsOf(ended)).toContain('AKIA1 gone');
  });
});

describe('a rehearsal', () => {
  it('lists exactly what would go, and changes nothing', async () => {
    const { ended, scene } = await deleted(() => {}, { 'detail.dryRun': true });
    expect(ended).toMatchObject({ ending: 'rehearsed', code: 'would-delete-root-credentials' });
    expect(ended.summary).toContain(
      `access key AKIA1, access key AKIA2, signing certificate CERT1, the password and MFA device ${virtualDevice}`,
    );
    expect(ended.after).toMatchObject({ remove: { length: 5 }, keep: [], credentials: expect.any(Object) });
    expect(scene.given.happened).toEqual(['record approved', 'assume root', 'record ended']);
  });

  it('lists what would stay, and what could not be read', async () => {
    const { ended } = await deleted(({ iam }) => iam.deny('ListSigningCertificates'), {
      'detail.dryRun': true,
      'detail.kinds': ['accessKeys'],
    });
    expect(ended.summary).toMatch(/the password and MFA device \S+ \(the approval names accessKeys\)/);
    expect(ended.summary).toContain('Could not be read: signing certificates');
  });

  it('says so where nothing would go', async () => {
    const scene = new RootScene();
    expect(await scene.run('delete', deletion({ 'detail.dryRun': true }))).toMatchObject({
      ending: 'rehearsed',
      code: 'would-do-nothing',
    });
  });
});

describe('what IAM denies', () => {
  it.each([
    ['GetLoginProfile', [...wholeOrder.slice(0, 3)]],
    ['ListAccessKeys', wholeOrder.slice(2)],
    ['ListSigningCertificates', wholeOrder.filter((what) => !what.includes('CERT1'))],
    ['ListMFADevices', wholeOrder.slice(0, 4)],
  ])(
    'of the reads (%s) leaves one kind unknown: the others go, and nobody calls it done',
    async (call, order) => {
      const { ended, scene } = await deleted(({ iam }) => iam.deny(call));
      expect(ended).toMatchObject({ ending: 'failed', code: 'root-credentials-left' });
      expect(ended.summary).toContain(`no iam:${call} for you`);
      expect(scene.changes).toEqual(order);
    },
  );

  it('where nothing can be read, nothing is deleted and nothing is called clean', async () => {
    const { ended, scene } = await deleted(({ iam }) =>
      iam.deny('GetLoginProfile', 'ListAccessKeys', 'ListSigningCertificates', 'ListMFADevices'),
    );
    expect(ended).toMatchObject({ ending: 'failed', code: 'root-credentials-unreadable' });
    expect(scene.changes).toEqual([]);
  });

  it('where there is nothing but what it cannot read, it is no "nothing to do"', async () => {
    const scene = new RootScene();
    scene.iam.deny('ListMFADevices');
    expect(await scene.run('delete', deletion())).toMatchObject({ code: 'root-credentials-unreadable' });
  });

  it('where all is kept and something is unknown, it is no "all kept"', async () => {
    const { ended } = await deleted(({ iam }) => iam.deny('ListMFADevices'), {
      'detail.kinds': ['mfaDevices'],
    });
    expect(ended).toMatchObject({ ending: 'failed', code: 'root-credentials-left' });
  });

  it('of a use keeps what may be in use, where that is asked for', async () => {
    const { ended } = await deleted(({ iam }) => iam.deny('GetAccessKeyLastUsed', 'GetUser'), {
      'detail.keepIfUsedWithinDays': 30,
    });
    expect(ended).toMatchObject({ ending: 'nothing-to-do', code: 'all-kept' });
  });

  it.each([
    ['DeleteAccessKey', ['AKIA1 still-there', 'AKIA2 still-there']],
    ['DeleteSigningCertificate', ['CERT1 still-there']],
    ['DeactivateMFADevice', [`${virtualDevice} still-there`]],
    ['DeleteLoginProfile', ['password still-there', `${virtualDevice} still-there`]],
  ])('of the deletions (%s) stays, each by itself, and the ending names it', async (call, left) => {
    const { ended } = await deleted(({ iam }) => iam.deny(call));
    expect(ended).toMatchObject({ ending: 'failed', code: 'root-credentials-left' });
    expect(ended.summary).toContain(`no iam:${call} for you`);
    expect(resultsOf(ended)?.filter((result) => !result.endsWith(' gone'))).toEqual(left);
    expect(ended.summary).toContain(`${5 - left.length} gone`);
  });

  it('of a virtual device is told, and is no failure: it is deactivated', async () => {
    const { ended } = await deleted(({ iam }) => iam.deny('DeleteVirtualMFADevice'));
    expect(ended.code).toBe('root-credentials-deleted');
    expect(ended.after).toMatchObject({
      results: expect.arrayContaining([
        expect.objectContaining({ result: 'gone', detail: expect.stringContaining('stays in the account') }),
      ]),
    });
  });
});

describe('what shows late', () => {
  it('is waited for, and then believed', async () => {
    const { ended, scene } = await deleted(({ iam }) => {
      iam.devices = [];
      iam.showsLate = 3;
    });
    expect(ended.code).toBe('root-credentials-deleted');
    expect(scene.given.happened.filter((what) => what.startsWith('wait'))).toEqual([
      'wait 1000',
      'wait 2000',
      'wait 4000',
    ]);
  });

  it('is never called gone where it shows to the last', async () => {
    const { ended } = await deleted(({ iam }) => {
      iam.devices = [];
      iam.showsLate = 99;
    });
    expect(ended).toMatchObject({ ending: 'failed', code: 'root-credentials-left' });
    expect(resultsOf(ended)).toContain('password still-there');
  });
});

describe('a function that dies', () => {
  // Whatever becomes of the virtual device that a deactivation leaves is told, and breaks nothing off.
  const points = wholeOrder
    .slice(0, 5)
    .flatMap((at) => (['before', 'after'] as const).map((when) => ({ at, when })));

  it.each(points)('$when "$at": its retry finishes what is left, and nothing twice', async (point) => {
    const scene = givenScene();
    scene.iam.dies = point;
    await scene.dies('delete', deletion());
    const doneBefore = wholeOrder.slice(0, wholeOrder.indexOf(point.at) + (point.when === 'after' ? 1 : 0));
    const ended = await scene.run('delete', deletion());
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'root-credentials-deleted' });
    expect(scene.iam.left).toEqual([]);
    const isDeactivated = doneBefore.length === 5;
    expect([...doneBefore, ...scene.changes]).toEqual(isDeactivated ? doneBefore : wholeOrder);
    expect(resultsOf(ended)).toHaveLength(5);
    expect(resultsOf(ended)?.every((result) => result.endsWith(' gone'))).toBe(true);
  });

  it('before it could record the announcement has changed nothing, and the retry does it all', async () => {
    const scene = givenScene();
    scene.given.table.beforePut = ({ kind }) => {
      if (kind === 'acting') throw new Error('InternalServerError');
    };
    await scene.dies('delete', deletion());
    expect(scene.iam.left).toHaveLength(5);
    scene.given.table.beforePut = () => {};
    expect((await scene.run('delete', deletion())).code).toBe('root-credentials-deleted');
  });

  it('before it could record its ending has nothing more to do in the retry than to read', async () => {
    const scene = givenScene();
    scene.given.table.beforePut = ({ kind }) => {
      if (kind === 'ended') throw new Error('InternalServerError');
    };
    await scene.dies('delete', deletion());
    scene.given.table.beforePut = () => {};
    expect(resultsOf(await scene.run('delete', deletion()))).toContain('AKIA1 gone');
    expect(scene.changes).toEqual([]);
    expect(scene.given.kinds).toEqual(['approved', 'acting', 'ended']);
  });

  it('twice records each attempt, the second with what was left of the first', async () => {
    const scene = givenScene();
    scene.iam.dies = { at: wholeOrder[1] ?? '', when: 'after' };
    await scene.dies('delete', deletion());
    await scene.run('delete', deletion());
    const intended = scene.entries.flatMap((entry) =>
      entry.kind === 'acting' && 'remove' in entry.intended ? [entry.intended.remove.length] : [],
    );
    expect(intended).toEqual([5, 3]);
  });
});

describe('what is made between two attempts', () => {
  async function retried(meanwhile: (scene: RootScene) => void) {
    const scene = givenScene();
    scene.iam.dies = { at: 'DeleteSigningCertificate CERT1', when: 'before' };
    await scene.dies('delete', deletion());
    meanwhile(scene);
    return { scene, ended: await scene.run('delete', deletion()) };
  }

  it('stays: a new key is named and left alone', async () => {
    const { ended, scene } = await retried(({ iam }) => {
      iam.keys = [{ id: 'AKIA9', createdAt: new Date('2026-11-20T10:00:30Z') }];
    });
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'root-credentials-deleted-newer-left' });
    expect(`${ended.summary} ${ended.remedy}`).toMatch(
      /left alone: access key AKIA9.*who made access key AKIA9/,
    );
    expect(scene.iam.left).toEqual(['AKIA9']);
    expect(resultsOf(ended)).toContain('AKIA9 appeared');
  });

  it('stays: a new password is told from the old one by its date, and keeps its second factor', async () => {
    const { ended, scene } = await retried(({ iam }) => {
      iam.password = new Date('2026-11-20T10:00:30Z');
    });
    expect(scene.changes).toEqual(['DeleteSigningCertificate CERT1']);
    expect(scene.iam.left).toEqual(['password', virtualDevice]);
    expect(ended).toMatchObject({ ending: 'failed', code: 'root-credentials-left' });
    expect(resultsOf(ended)).toEqual([
      'AKIA1 gone',
      'AKIA2 gone',
      'CERT1 gone',
      'password gone',
      `${virtualDevice} still-there`,
      'password appeared',
    ]);
  });

  it('stays: a device that its owner has registered anew has the serial number of the old one', async () => {
    const scene = givenScene();
    scene.iam.dies = { at: `DeactivateMFADevice ${virtualDevice}`, when: 'after' };
    await scene.dies('delete', deletion());
    scene.iam.devices = [{ id: virtualDevice, createdAt: new Date('2026-11-20T10:00:40Z') }];
    const ended = await scene.run('delete', deletion());
    expect([scene.changes, scene.iam.left]).toEqual([[], [virtualDevice]]);
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'root-credentials-deleted-newer-left' });
    expect(resultsOf(ended)?.slice(-2)).toEqual([`${virtualDevice} gone`, `${virtualDevice} appeared`]);
  });

  it('stays, though the first attempt had died before it removed anything', async () => {
    const scene = givenScene();
    scene.iam.dies = { at: 'DeleteAccessKey AKIA1', when: 'before' };
    await scene.dies('delete', deletion());
    scene.iam.keys = [...scene.iam.keys, { id: 'AKIA9' }];
    await scene.run('delete', deletion());
    expect(scene.iam.left).toEqual(['AKIA9']);
  });

  it('is told from what only could not be read when the deletion was recorded; both stay', async () => {
    const scene = givenScene();
    scene.iam.deny('ListSigningCertificates').dies = { at: 'DeleteAccessKey AKIA2', when: 'before' };
    await scene.dies('delete', deletion());
    scene.iam.fails.clear();
    const { after } = await scene.run('delete', deletion());
    expect(scene.iam.left).toEqual(['CERT1']);
    expect(after).toMatchObject({
      results: expect.arrayContaining([
        {
          kind: 'signingCertificates',
          id: 'CERT1',
          result: 'appeared',
          detail: expect.stringContaining('not be read'),
        },
      ]),
    });
  });

  it('and is all that is there, is left alone by a retry that finds its own work done', async () => {
    const { ended, scene } = await retried(({ iam }) => {
      Object.assign(iam, { password: null, certificates: [], devices: [], keys: [{ id: 'AKIA9' }] });
    });
    expect(ended.code).toBe('root-credentials-deleted-newer-left');
    expect(scene.changes).toEqual([]);
  });

  it.each([
    ['before', ['CERT1'], ['AKIA1', 'AKIA2', 'the password']],
    ['after', ['access key AKIA1', 'CERT1'], ['AKIA2', 'the password']],
  ] as const)(
    'by a later request supersedes the retry, which says what is gone: %s',
    async (when, gone, left) => {
      const scene = givenScene();
      scene.iam.dies = { at: 'DeleteAccessKey AKIA1', when };
      await scene.dies('delete', deletion());
      const other = deletion({
        id: 'another',
        time: '2026-11-20T10:01:00Z',
        'detail.ticket.id': 'SEC-2',
        'detail.kinds': ['signingCertificates'],
        'detail.approvals': [{ approver: 'lead@example.com', approvedAt: '2026-11-20T10:00:30Z' }],
      });
      expect((await scene.run('delete', other)).code).toBe('root-credentials-deleted');
      scene.given.time += 60_000;
      scene.given.happened.length = 0;
      const { code, summary } = await scene.run('delete', deletion());
      expect([code, scene.changes]).toEqual(['newer-request', []]);
      for (const name of gone) expect(summary).toContain(name);
      for (const name of left) expect(summary).not.toContain(name);
    },
  );
});

it('a retry does nothing where the announcement in the trail is of something else', async () => {
  const scene = givenScene();
  scene.iam.dies = { at: 'DeleteAccessKey AKIA1', when: 'before' };
  await scene.dies('delete', deletion());
  const acting = scene.entries.find((entry) => entry.kind === 'acting');
  if (acting === undefined) throw new Error('a deletion is announced');
  scene.tamper(acting, { at: '2026-11-20T09:59:59.000Z' });
  await expect(carryOut(deletion(), scene.tasks.delete, scene.given.lane)).rejects.toThrow('does not fit');
  expect(scene.changes).toEqual([]);
});
