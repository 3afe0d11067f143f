import type { ClosingOrder } from '../../../../contract/orders.ts';
import { closingRequestId } from '../../../../contract/request-id.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { approvalOf, RootScene } from '../../given/root-scene.ts';
import { madeLongAgo, virtualDevice } from '../../given/root-user.ts';

const hour = 3_600_000;
const before = new Date('2026-11-20T09:59:59.000Z');
const since = new Date('2026-11-20T11:00:00.000Z');

afterEach(() => jest.restoreAllMocks());

/** A recovery that was opened at ten for four hours, and whose time is over; in between somebody has used it. */
async function givenOpened(
  meanwhile: (iam: RootScene['iam']) => void = () => {},
  arrange: (iam: RootScene['iam']) => void = () => {},
) {
  const scene = new RootScene();
  arrange(scene.iam);
  const { requestId } = await scene.run('allow', approvalOf('allow-root-password-recovery'));
  meanwhile(scene.iam);
  scene.given.time += 4 * hour;
  scene.given.happened.length = 0;
  const order: ClosingOrder = { closes: requestId };
  return { scene, requestId, close: () => scene.run('close', order), order };
}

describe('the closing of an opening', () => {
  it('takes the password away again, and reads it back as gone', async () => {
    const { close, requestId, scene } = await givenOpened();
    const ended = await close();
    expect(ended).toMatchObject({
      requestId: closingRequestId(requestId, 1),
      task: 'close-root-password-recovery',
      closes: requestId,
      ending: 'succeeded',
      code: 'password-recovery-closed',
    });
    expect(`${ended.summary} ${ended.remedy}`).toMatch(/^CLOSED: .*the password.*signed in may outlive/);
    expect(scene.changes).toEqual(['DeleteLoginProfile']);
    expect(scene.iam.left).toEqual([]);
  });

  it('removes what was made since, and leaves what was there before', async () => {
    const { close, scene } = await givenOpened(
      (iam) => {
        iam.keys = [...iam.keys, { id: 'AKIA-NEW', createdAt: since }];
        iam.certificates = [
          { id: 'CERT-OLD', createdAt: before },
          { id: 'CERT-NEW', createdAt: since },
        ];
        iam.devices = [...iam.devices, { id: virtualDevice, createdAt: since }];
      },
      (iam) => {
        iam.keys = [{ id: 'AKIA-OLD', createdAt: madeLongAgo }];
        iam.devices = [{ id: 'GAHT-OLD', createdAt: before }];
      },
    );
    const ended = await close();
    expect(ended.code).toBe('password-recovery-closed');
    expect(scene.iam.left).toEqual(['AKIA-OLD', 'CERT-OLD', 'GAHT-OLD']);
    expect(scene.changes).toEqual([
      'DeleteAccessKey AKIA-NEW',
      'DeleteSigningCertificate CERT-NEW',
      'DeleteLoginProfile',
      `DeactivateMFADevice ${virtualDevice}`,
      `DeleteVirtualMFADevice ${virtualDevice}`,
    ]);
    expect(ended.summary).toMatch(/access key AKIA-OLD \(it was there before the opening, since 2020-03-04T/);
  });

  it('takes what was made in the very second of the opening for made since: IAM tells whole seconds', async () => {
    const { close, scene } = await givenOpened(({ keys }) => {
      keys.push({ id: 'AKIA-AT', createdAt: new Date('2026-11-20T10:00:00.000Z') });
    });
    await close();
    expect(scene.iam.left).toEqual([]);
  });

  it('counts from when it was opened, not from when an earlier try was', async () => {
    const scene = new RootScene();
    scene.given.time += 999;
    const { requestId } = await scene.run('allow', approvalOf('allow-root-password-recovery'));
    scene.iam.keys = [{ id: 'AKIA-AT', createdAt: new Date('2026-11-20T10:00:00.000Z') }];
    scene.given.time += 4 * hour + 1;
    await scene.run('close', { closes: requestId });
    expect(scene.iam.left).toEqual([]);
  });

  it('keeps what has no date, and has a person look', async () => {
    const { close, scene } = await givenOpened((iam) => {
      iam.devices = [{ id: 'GAHT-UNDATED' }];
    });
    const ended = await close();
    expect(scene.iam.left).toEqual(['GAHT-UNDATED']);
    expect(ended.summary).toContain('AWS does not say when it was made');
  });

  it('has nothing to do where somebody closed it before', async () => {
    const { close, scene } = await givenOpened((iam) => {
      iam.password = null;
    });
    expect(await close()).toMatchObject({ ending: 'nothing-to-do', code: 'password-recovery-was-closed' });
    expect(scene.changes).toEqual([]);
  });

  it('is not out of date, whatever was done to the account since', async () => {
    const { close, scene } = await givenOpened();
    scene.given.time -= hour;
    const other = approvalOf('delete-root-credentials', {
      id: 'another',
      time: '2026-11-20T12:59:00Z',
      'detail.ticket.id': 'SEC-2',
      'detail.kinds': ['signingCertificates'],
      'detail.approvals': [{ approver: 'lead@example.com', approvedAt: '2026-11-20T12:58:00Z' }],
    });
    await scene.run('delete', other);
    scene.given.time += hour;
    expect((await close()).code).toBe('password-recovery-closed');
  });
});

describe('a closing that fails', () => {
  it.each([
    ['the deletion of the password', 'DeleteLoginProfile'],
    ['reading whether there is a password', 'GetLoginProfile'],
    ['reading the keys', 'ListAccessKeys'],
    ['reading the devices', 'ListMFADevices'],
  ])('because %s is denied says that recovery is open, and is followed by another', async (_, call) => {
    const { close, requestId, scene } = await givenOpened(({ keys }) => {
      keys.push({ id: 'AKIA-NEW', createdAt: since });
    });
    scene.iam.deny(call);
    for (const number of [1, 2]) {
      expect(await close()).toMatchObject({
        requestId: closingRequestId(requestId, number),
        ending: 'failed',
        code: 'password-recovery-open',
        summary: expect.stringMatching(/NOT closed: .*no iam:/),
      });
      scene.given.time += 15 * 60_000;
    }
    scene.iam.fails.clear();
    const third = await close();
    expect(third.requestId).toBe(closingRequestId(requestId, 3));
    expect(['succeeded', 'nothing-to-do']).toContain(third.ending);
    expect(scene.iam.left).toEqual([]);
  });

  it('because a session is not opened says that recovery is open, not only why', async () => {
    const { close, scene } = await givenOpened();
    scene.given.session = {
      kind: 'denied',
      hop: 'root',
      errorName: 'AccessDenied',
      message: 'Root credentials management feature is not enabled',
    };
    expect(await close()).toMatchObject({
      ending: 'failed',
      code: 'password-recovery-open',
      summary: expect.stringContaining('has not enabled root credentials management'),
    });
  });

  it('because all root tasks are stopped ends, and is told: it is no event that could be refused', async () => {
    const { close, scene } = await givenOpened();
    scene.given.powers = [{ kind: 'stopped', why: 'somebody stopped them' }];
    expect(await close()).toMatchObject({ ending: 'failed', code: 'password-recovery-open' });
    expect(scene.changes).toEqual([]);
    expect((await close()).code).toBe('password-recovery-closed');
  });

  it('because the switch could not be read has no ending: nobody has stopped it, and it is tried again', async () => {
    const { close, order, scene } = await givenOpened();
    scene.given.powers = [{ kind: 'stopped', why: 'Rate exceeded', unread: true }];
    await scene.dies('close', order);
    expect((await close()).code).toBe('password-recovery-closed');
  });

  it('because something was made while it closed is followed by one that removes that, too', async () => {
    const { close, scene } = await givenOpened();
    scene.iam.meanwhile = () => {
      scene.iam.keys = [{ id: 'AKIA-LATE', createdAt: since }];
    };
    expect(await close()).toMatchObject({ code: 'password-recovery-open' });
    scene.iam.meanwhile = () => {};
    scene.given.time += 15 * 60_000;
    expect((await close()).code).toBe('password-recovery-closed');
    expect(scene.iam.left).toEqual([]);
  });
});

describe('a closing that dies', () => {
  it.each(['before', 'after'] as const)('%s the password went is finished by its retry', async (when) => {
    const { close, order, requestId, scene } = await givenOpened();
    scene.iam.dies = { at: 'DeleteLoginProfile', when };
    await scene.dies('close', order);
    expect(await close()).toMatchObject({
      requestId: closingRequestId(requestId, 1),
      code: 'password-recovery-closed',
    });
    expect(scene.iam.left).toEqual([]);
  });
});

describe('a closing that comes again', () => {
  it('is answered with its ending, and opens nothing', async () => {
    const { close, order, scene } = await givenOpened();
    const { hash, sequence } = await close();
    scene.given.happened.length = 0;
    scene.iam.password = since;
    expect(await carryOut(order, scene.tasks.close, scene.given.lane)).toMatchObject({
      sequence,
      entryHash: hash,
    });
    expect(scene.given.happened).toEqual([]);
  });
});
