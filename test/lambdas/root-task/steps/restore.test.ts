import { policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { restoring } from '../../../../lambdas/root-task/policies/restoring.ts';
import { GivenBucket, harmlessPolicy, lockingPolicy, policyOf } from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenEvent } from '../../given/request.ts';

type Changes = Record<string, unknown>;

/** A bucket from which a policy was removed, and the lanes that unlock it and that put the policy back. */
async function givenRemoved(policy: string | null = harmlessPolicy, changes: Changes = {}) {
  const given = new GivenLane();
  const unlock = new GivenBucket(given);
  const bucket = new GivenBucket(given, undefined, restoring);
  unlock.policy = policy;
  const removal = await carryOut(
    givenEvent({ 'detail.evenIfNotLocked': true, ...changes }),
    unlock.task,
    given.lane,
  );
  bucket.policy = unlock.policy;
  given.time += 60_000;
  given.happened.length = 0;

  /** Restores under a ticket of its own, approved at this moment. */
  const restore = async (ticket = 'SEC-9', more: Changes = {}) => {
    const at = new Date(given.time).toISOString();
    const event = givenEvent({
      time: at,
      'detail.task': 'restore-s3-bucket-policy',
      'detail.ticket.id': ticket,
      'detail.approvals.0.approvedAt': '2026-11-20T10:00:30Z',
      'detail.earlierRequest': removal?.requestId ?? '',
      ...more,
    });
    const receipt = await carryOut(event, bucket.task, given.lane);
    const ended = given.table.entries.find(({ hash }) => hash === receipt?.entryHash);
    if (ended?.kind !== 'ended') throw new Error(`no ending: ${JSON.stringify(ended ?? receipt)}`);
    return ended;
  };
  const dies = async (change: GivenBucket['change']) => {
    bucket.change = change;
    await expect(restore()).rejects.toThrow();
    bucket.change = 'works';
    given.time += 60_000;
    given.happened.length = 0;
  };
  return { given, bucket, restore, dies };
}

const noSession = ['record approved', 'take turn', 'record ended'];

afterEach(() => jest.restoreAllMocks());

describe('a restore', () => {
  it('puts back what the earlier request found, declared and read back', async () => {
    const { bucket, given, restore } = await givenRemoved();
    const ended = await restore();
    expect(ended).toMatchObject({
      ending: 'succeeded',
      code: 'restored',
      after: policyStateOf(harmlessPolicy),
      diagnosis: { verdict: 'no-lockout', policySha256: policyStateOf(harmlessPolicy).sha256 },
    });
    expect(bucket.policy).toBe(harmlessPolicy);
    expect(given.happened).toEqual([
      'record approved',
      'take turn',
      'assume root',
      'read',
      'record acting',
      'put',
      'read',
      'record ended',
    ]);
  });

  it('of what would lock administrators out again is refused without a session, with the diagnosis', async () => {
    const { bucket, given, restore } = await givenRemoved(lockingPolicy);
    const ended = await restore();
    expect(ended).toMatchObject({
      ending: 'refused',
      code: 'would-lock-out',
      session: null,
      diagnosis: { verdict: 'locks-some', needsRoot: 'perhaps' },
    });
    expect(ended.summary).toContain('Statement[0] (PipelineOnly)');
    expect(given.happened).toEqual(noSession);
    expect(bucket.policy).toBeNull();
  });

  it.each<[string, string | null, Changes, RegExp]>([
    [
      'of a request that there is not',
      harmlessPolicy,
      { 'detail.earlierRequest': 'jira/none' },
      /no such request/,
    ],
    ['of one that found no policy', null, {}, /never changed anything/],
    ['of a malformed policy', '{"Statement":[]}', {}, /malformed in one place/],
  ])('%s is refused without a session', async (_, policy, more, why) => {
    const { given, restore } = await givenRemoved(policy);
    const ended = await restore('SEC-9', more);
    expect(ended).toMatchObject({ ending: 'refused', code: 'nothing-to-restore', session: null });
    expect(ended.summary).toMatch(why);
    expect(given.happened).toEqual(noSession);
  });

  it('onto another policy than was left is refused, until the approval names it', async () => {
    const { bucket, restore } = await givenRemoved();
    bucket.policy = policyOf('Since');
    expect(await restore()).toMatchObject({ ending: 'refused', code: 'not-as-left' });
    expect(bucket.policy).toBe(policyOf('Since'));
    const policySha256 = policyStateOf(bucket.policy).sha256;
    const ended = await restore('SEC-10', {
      'detail.policySha256': policySha256,
      'detail.approvals.0.approvedAt': '2026-11-20T10:01:00Z',
    });
    expect(ended).toMatchObject({ code: 'restored' });
    expect(bucket.policy).toBe(harmlessPolicy);
  });

  it('onto another policy than the approval names is superseded', async () => {
    const { bucket, restore } = await givenRemoved();
    expect(await restore('SEC-9', { 'detail.policySha256': 'a'.repeat(64) })).toMatchObject({
      ending: 'superseded',
      code: 'policy-not-as-approved',
    });
    expect(bucket.policy).toBeNull();
  });

  it('of what is there already does nothing', async () => {
    const { bucket, restore } = await givenRemoved();
    bucket.policy = harmlessPolicy;
    expect(await restore()).toMatchObject({ ending: 'nothing-to-do', code: 'already-restored' });
  });

  it('that AWS does not take has failed', async () => {
    const { bucket, given, restore } = await givenRemoved();
    bucket.change = {
      kind: 'failed',
      ending: { ending: 'failed', code: 'policy-not-taken', summary: 'no', remedy: 'no' },
    };
    expect(await restore()).toMatchObject({ code: 'policy-not-taken' });
    expect(given.kinds.slice(-3)).toEqual(['approved', 'acting', 'ended']);
  });

  it('can itself be the earlier request: what it replaced comes back', async () => {
    const { bucket, given, restore } = await givenRemoved();
    bucket.policy = policyOf('Since').replaceAll('s3:*', 's3:GetObject');
    const before = bucket.policy;
    const first = await restore('SEC-9', { 'detail.policySha256': policyStateOf(before).sha256 });
    expect(first.code).toBe('restored');
    given.time += 60_000;
    const second = await restore('SEC-10', {
      'detail.earlierRequest': first.requestId,
      'detail.approvals.0.approvedAt': '2026-11-20T10:02:00Z',
    });
    expect(second.code).toBe('restored');
    expect(bucket.policy).toBe(before);
  });

  it('of a restore that found no policy has nothing to put back', async () => {
    const { given, restore } = await givenRemoved();
    const { requestId } = await restore();
    given.time += 60_000;
    const ended = await restore('SEC-10', {
      'detail.earlierRequest': requestId,
      'detail.approvals.0.approvedAt': '2026-11-20T10:02:00Z',
    });
    expect(ended.code).toBe('nothing-to-restore');
    expect(ended.summary).toContain('found no policy');
  });
});

describe('a rehearsal of a restore', () => {
  const dry = { 'detail.dryRun': true };

  it('says what would be put back, and over what', async () => {
    const { bucket, restore } = await givenRemoved();
    const ended = await restore('SEC-9', dry);
    expect(ended).toMatchObject({
      ending: 'rehearsed',
      code: 'would-restore',
      diagnosis: { verdict: 'no-lockout' },
    });
    expect(ended.remedy).toContain('"policySha256": "none"');
    expect(bucket.policy).toBeNull();
  });

  it.each<[string, string, Changes, string | null]>([
    ['what the trail alone refuses, without a session', lockingPolicy, {}, null],
    ['another policy than was left', harmlessPolicy, {}, policyOf('Since')],
    ['another policy than it names', harmlessPolicy, { 'detail.policySha256': 'b'.repeat(64) }, null],
  ])('would not act on %s', async (_, policy, more, live) => {
    const { bucket, given, restore } = await givenRemoved(policy);
    bucket.policy = live;
    const ended = await restore('SEC-9', { ...dry, ...more });
    expect(ended).toMatchObject({ ending: 'rehearsed', code: 'would-not-act' });
    expect(ended.summary).not.toContain('PipelineOnly');
    if (policy === lockingPolicy) expect(given.happened).not.toContain('assume root');
  });
});

describe('a retry of a restore', () => {
  it('whose answer was lost verifies, and puts nothing again', async () => {
    const { dies, given, restore } = await givenRemoved();
    await dies('answer lost');
    expect(await restore()).toMatchObject({ code: 'restored', diagnosis: { verdict: 'no-lockout' } });
    expect(given.happened).not.toContain('put');
  });

  it('that never arrived puts what was declared, and asks nothing anew', async () => {
    const { bucket, dies, restore } = await givenRemoved();
    await dies('never arrives');
    jest.spyOn(restoring, 'decide').mockRejectedValue(new Error('nobody asks again'));
    jest.spyOn(bucket.task, 'prepare').mockRejectedValue(new Error('nobody asks again'));
    expect(await restore()).toMatchObject({ code: 'restored' });
    expect(bucket.policy).toBe(harmlessPolicy);
  });

  it('leaves alone what was put since', async () => {
    const { bucket, dies, restore } = await givenRemoved();
    await dies('never arrives');
    bucket.policy = policyOf('Since');
    expect(await restore()).toMatchObject({ code: 'target-changed' });
  });

  it('finds what another put behind it', async () => {
    const { bucket, restore } = await givenRemoved();
    bucket.reads.push(null, policyOf('Since'));
    expect(await restore()).toMatchObject({ code: 'restored-then-replaced' });
  });
});
