import { policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { PassingDenialError } from '../../../../lambdas/root-task/steps/lasting.ts';
import {
  deniedInSession,
  GivenBucket,
  lockingPolicy,
  noSuchBucket,
  repairedPolicy,
} from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenEvent, givenRequest } from '../../given/request.ts';

function givenBucket() {
  const given = new GivenLane();
  return { given, bucket: new GivenBucket(given) };
}

type Given = ReturnType<typeof givenBucket>;

const run = async ({ given, bucket }: Given, changes: Record<string, unknown> = {}) =>
  (await carryOut(givenEvent(changes), bucket.task, given.lane))?.code;

/** A run that dies, and the minute until Lambda tries again. */
async function givenDeath(scene: Given) {
  await expect(run(scene)).rejects.toThrow();
  scene.given.time += 60_000;
  scene.given.happened.length = 0;
}

describe('a first run', () => {
  it('declares what it will do before it does it, and reads back before it says so', async () => {
    const scene = givenBucket();
    expect(await run(scene)).toBe('unlocked');
    expect(scene.given.happened).toEqual([
      'record approved',
      'take turn',
      'assume root',
      'read',
      'record acting',
      'delete',
      'read',
      'record ended',
    ]);
  });

  it('keeps the whole policy before it deletes it, with the session that will', async () => {
    const scene = givenBucket();
    await run(scene);
    expect(scene.given.table.entries[1]).toMatchObject({
      kind: 'acting',
      before: policyStateOf(lockingPolicy),
      intended: { policy: null, sha256: null },
      attempt: 1,
      session: { accessKeyId: 'ASIAEXAMPLE', sourceIdentity: 'SEC-1234.0123456789abcdef' },
    });
    expect(scene.given.table.entries[2]).toMatchObject({
      kind: 'ended',
      after: { policy: null, sha256: null },
    });
  });

  it('deletes nothing where the trail does not take the declaration', async () => {
    const scene = givenBucket();
    scene.given.table.beforePut = ({ kind }) => {
      if (kind === 'acting') throw new Error('ProvisionedThroughputExceeded');
    };
    await expect(run(scene)).rejects.toThrow();
    expect(scene.bucket.policy).toBe(lockingPolicy);
  });

  it('finds nothing to do where there is no policy', async () => {
    const scene = givenBucket();
    scene.bucket.policy = null;
    expect(await run(scene)).toBe('no-policy');
    expect(scene.given.kinds).toEqual(['approved', 'ended']);
  });

  it('ends as failed where the bucket is not there', async () => {
    const scene = givenBucket();
    scene.bucket.reads.push(noSuchBucket(givenRequest().ticket.target));
    expect(await run(scene)).toBe('no-such-bucket');
    expect(scene.given.kinds).toEqual(['approved', 'ended']);
  });

  it('records a deletion that was refused for good behind its declaration', async () => {
    const scene = givenBucket();
    scene.bucket.change = noSuchBucket(givenRequest().ticket.target);
    expect(await run(scene)).toBe('no-such-bucket');
    expect(scene.given.kinds).toEqual(['approved', 'acting', 'ended']);
  });
});

describe('a rehearsal', () => {
  it.each([
    [lockingPolicy, 'would-unlock'],
    [null, 'would-do-nothing'],
  ])('of a bucket with policy %j says %s and changes nothing', async (policy, code) => {
    const scene = givenBucket();
    scene.bucket.policy = policy;
    expect(await run(scene, { 'detail.dryRun': true })).toBe(code);
    expect(scene.bucket.policy).toBe(policy);
    expect(scene.given.happened).toEqual(['record approved', 'assume root', 'read', 'record ended']);
  });

  it('uses nothing up: the real run goes through after it', async () => {
    const scene = givenBucket();
    await run(scene, { 'detail.dryRun': true });
    expect(await run(scene)).toBe('unlocked');
  });
});

describe('a retry', () => {
  it('of a deletion whose answer was lost verifies, and deletes nothing again', async () => {
    const scene = givenBucket();
    scene.bucket.change = 'answer lost';
    await givenDeath(scene);
    expect(await run(scene)).toBe('unlocked');
    expect(scene.given.happened).not.toContain('delete');
    expect(scene.given.kinds).toEqual(['approved', 'acting', 'ended']);
  });

  it('of a deletion that never arrived deletes, once two reads apart show what was recorded', async () => {
    const scene = givenBucket();
    scene.bucket.change = 'never arrives';
    await givenDeath(scene);
    scene.bucket.change = 'works';
    expect(await run(scene)).toBe('unlocked');
    expect(scene.given.happened).toEqual([
      'take turn',
      'assume root',
      'read',
      'wait 5000',
      'read',
      'record acting',
      'delete',
      'read',
      'record ended',
    ]);
    expect(scene.given.table.entries[2]).toMatchObject({ kind: 'acting', attempt: 2 });
  });

  it('of a deletion that shows late verifies after the second read', async () => {
    const scene = givenBucket();
    scene.bucket.change = 'answer lost';
    await givenDeath(scene);
    scene.bucket.reads.push(lockingPolicy);
    expect(await run(scene)).toBe('unlocked');
    expect(scene.given.happened).not.toContain('delete');
  });

  it.each(['answer lost', 'never arrives'] as const)(
    'leaves alone a policy put since (%s)',
    async (deletion) => {
      const scene = givenBucket();
      scene.bucket.change = deletion;
      await givenDeath(scene);
      scene.bucket.policy = repairedPolicy;
      expect(await run(scene)).toBe('target-changed');
      expect(scene.bucket.policy).toBe(repairedPolicy);
      expect(scene.given.kinds).toEqual(['approved', 'acting', 'ended']);
    },
  );

  it('leaves alone a policy put between its two reads', async () => {
    const scene = givenBucket();
    scene.bucket.change = 'never arrives';
    await givenDeath(scene);
    scene.bucket.change = 'works';
    scene.given.meanwhile = () => {
      scene.bucket.policy = repairedPolicy;
    };
    expect(await run(scene)).toBe('target-changed');
    expect(scene.bucket.policy).toBe(repairedPolicy);
  });

  it('believes no answer of a bucket that can no longer be read', async () => {
    const scene = givenBucket();
    scene.bucket.change = 'never arrives';
    await givenDeath(scene);
    scene.bucket.reads.push(lockingPolicy, noSuchBucket(givenRequest().ticket.target));
    expect(await run(scene)).toBe('no-such-bucket');
  });

  it('after the approval was recorded and nothing else does it all', async () => {
    const scene = givenBucket();
    scene.bucket.reads.push(new Error('SlowDown'));
    await givenDeath(scene);
    expect(await run(scene)).toBe('unlocked');
    expect(scene.given.kinds).toEqual(['approved', 'acting', 'ended']);
  });

  it('finishes though the approval has aged out meanwhile', async () => {
    const scene = givenBucket();
    scene.bucket.change = 'answer lost';
    await givenDeath(scene);
    scene.given.time += 30 * 86_400_000;
    expect(await run(scene)).toBe('unlocked');
  });

  it('leaves alone what another request has worked on since, and deletes nothing', async () => {
    const scene = givenBucket();
    scene.bucket.change = 'never arrives';
    await givenDeath(scene);
    scene.bucket.change = 'works';
    const at = '2026-11-20T10:00:30Z';
    const other = { time: at, 'detail.ticket.id': 'SEC-2', 'detail.approvals.0.approvedAt': at };
    expect(await run(scene, other)).toBe('unlocked');
    scene.bucket.policy = lockingPolicy;
    scene.given.time += 60_000;
    scene.given.happened.length = 0;
    expect(await run(scene)).toBe('target-changed');
    expect(scene.given.happened).not.toContain('delete');
  });
});

describe('a denial in the session', () => {
  it.each(['read', 'deletion'] as const)('of the %s is tried again until it has lasted', async (denied) => {
    const scene = givenBucket();
    if (denied === 'read') scene.bucket.reads.push(deniedInSession, deniedInSession);
    else scene.bucket.change = deniedInSession;
    await expect(run(scene)).rejects.toThrow(PassingDenialError);
    scene.given.time += 180_000;
    expect(await run(scene)).toBe('denied-by-organization');
    expect(scene.bucket.policy).toBe(lockingPolicy);
  });
});
