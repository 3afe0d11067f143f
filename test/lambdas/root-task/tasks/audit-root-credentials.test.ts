import { credentialKinds } from '../../../../contract/root-credentials.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { approvalOf, RootScene } from '../../given/root-scene.ts';
import { awsError } from '../../given/sent.ts';

const audit = (changes: Readonly<Record<string, unknown>> = {}) =>
  approvalOf('audit-root-credentials', changes);
const reads = ['GetLoginProfile', 'ListAccessKeys', 'ListSigningCertificates', 'ListMFADevices'];

afterEach(() => jest.restoreAllMocks());

/** An audit of a root user, and its ending. */
async function audited(arrange: (scene: RootScene) => void, changes = {}) {
  const scene = new RootScene();
  arrange(scene);
  return { scene, ended: await scene.run('audit', audit(changes)) };
}

describe('an audit', () => {
  it('of a root user without credentials is clean', async () => {
    const { ended, scene } = await audited(() => {});
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'audited-clean', remedy: null });
    expect(ended.summary).toContain('each kind was read, and is absent');
    expect(scene.given.kinds).toEqual(['approved', 'ended']);
  });

  it('says what there is, and records each of it', async () => {
    const { ended, scene } = await audited(({ iam }) => iam.hasEverything());
    expect(ended).toMatchObject({ code: 'audited-with-credentials', after: { sha256: expect.any(String) } });
    expect(ended.summary).toContain(
      'has 1 access key, 1 signing certificate, the password and 2 MFA devices',
    );
    expect(ended.after).toMatchObject({
      credentials: { accessKeys: { items: [{ id: 'AKIA1' }] }, summary: { state: 'present' } },
    });
    expect(scene.changes).toEqual([]);
  });

  it.each(reads)('is no failure and no "absent" where %s is denied', async (call) => {
    const { ended } = await audited(({ iam }) => iam.deny(call));
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'audited-with-unknown' });
    expect(ended.summary).toContain(`no iam:${call} for you`);
    expect(ended.remedy).toContain('may be there');
  });

  it('finds what is there, though another read is denied', async () => {
    const { ended } = await audited(({ iam }) => iam.hasEverything().deny('ListAccessKeys'));
    expect(ended.code).toBe('audited-with-credentials');
    expect(ended.summary).toMatch(/has .*the password.* and could not be read for access keys/);
  });

  it('is a failure where nothing could be read, and says why', async () => {
    const { ended } = await audited(({ iam }) => iam.hasEverything().deny(...reads));
    expect(ended).toMatchObject({ ending: 'failed', code: 'root-credentials-unreadable' });
    for (const call of reads) expect(ended.summary).toContain(call);
    expect(ended.after).toMatchObject({
      credentials: Object.fromEntries(
        credentialKinds.map((kind) => [kind, { state: 'unknown', reason: expect.any(String) }]),
      ),
    });
  });

  it('says nothing where IAM contradicts itself', async () => {
    const { ended } = await audited(({ iam }) => {
      iam.summary = { AccountAccessKeysPresent: 1 };
    });
    expect(ended.code).toBe('audited-with-unknown');
  });

  it('finds in a rehearsal what it would find', async () => {
    const { ended } = await audited(({ iam }) => iam.hasEverything(), { 'detail.dryRun': true });
    expect(ended).toMatchObject({ ending: 'rehearsed', code: 'would-audit' });
    expect(ended.summary).toContain('has 1 access key');
  });

  it('has no ending where a read was throttled, and has the right one when it comes again', async () => {
    const scene = new RootScene();
    scene.iam.hasEverything().fails.set('ListMFADevices', awsError('ThrottlingException'));
    await expect(carryOut(audit(), scene.tasks.audit, scene.given.lane)).rejects.toThrow('Throttling');
    expect(scene.given.kinds).toEqual(['approved']);
    scene.iam.fails.clear();
    expect(await scene.run('audit', audit())).toMatchObject({ code: 'audited-with-credentials' });
  });

  it('takes no turn, so that it neither waits for another request nor holds one up', async () => {
    const { scene } = await audited(() => {});
    expect(scene.given.happened).not.toContain('take turn');
    expect(scene.given.turns.size).toBe(0);
  });
});
