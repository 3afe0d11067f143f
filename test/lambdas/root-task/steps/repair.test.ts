import type { EndedEntry } from '../../../../contract/trail-entry.ts';
import { policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { examine } from '../../../../lambdas/root-task/policies/examine.ts';
import { unlocking } from '../../../../lambdas/root-task/policies/unlocking.ts';
import { NotYetVisibleError } from '../../../../lambdas/root-task/steps/not-yet-visible.ts';
import { GivenBucket, harmlessPolicy, lockingPolicy, pipelineArn, policyOf } from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenEvent, givenRequest } from '../../given/request.ts';

function givenScene(showing?: GivenBucket['showing']) {
  const given = new GivenLane();
  const bucket = new GivenBucket(given, showing);
  const run = async (changes: Record<string, unknown> = {}) => {
    const receipt = await carryOut(
      givenEvent({ 'detail.remedy': 'repair', ...changes }),
      bucket.task,
      given.lane,
    );
    const ended = given.table.entries.find(({ hash }) => hash === receipt?.entryHash);
    if (ended?.kind !== 'ended') throw new Error(`no ending: ${JSON.stringify(receipt)}`);
    return ended;
  };
  /** A run that dies over the change, and the minute until Lambda tries again. */
  const dies = async (change: GivenBucket['change'], milliseconds = 60_000) => {
    bucket.change = change;
    await expect(run()).rejects.toThrow();
    bucket.change = 'works';
    given.time += milliseconds;
    given.happened.length = 0;
  };
  return { given, bucket, run, dies };
}

/** What the library makes of the locking policy. */
function repairedText(): string {
  const { repaired } = examine(lockingPolicy, givenRequest().target, new GivenLane().lane);
  if (repaired?.kind !== 'repair') throw new Error('the policy can be repaired');
  return repaired.text;
}
const repaired = repairedText();
const wordsOf = ({ remedy, summary }: EndedEntry) => `${summary} ${remedy}`;

afterEach(() => jest.restoreAllMocks());

describe('a repair', () => {
  it('is declared with the whole new policy, put, and read back', async () => {
    const { bucket, given, run } = givenScene();
    const ended = await run();
    expect(ended).toMatchObject({
      ending: 'succeeded',
      code: 'repaired',
      after: policyStateOf(repaired),
      diagnosis: { policySha256: policyStateOf(lockingPolicy).sha256 },
    });
    expect(bucket.policy).toBe(repaired);
    expect(given.table.entries[1]).toMatchObject({
      before: policyStateOf(lockingPolicy),
      intended: policyStateOf(repaired),
    });
    expect(given.happened.slice(3)).toEqual(['read', 'record acting', 'put', 'read', 'record ended']);
  });

  it('is told with its statement, what to correct, and the warning that it comes again', async () => {
    const words = wordsOf(await givenScene().run());
    expect(words).toContain(
      'Statement[0] (PipelineOnly) locks every principal of the account but those it names',
    );
    expect(words).toContain('Make the same change where the policy is written: Statement[0] (PipelineOnly)');
    expect(words).toContain('will write it again');
    expect(words).not.toContain(pipelineArn);
  });

  it('that another policy follows is told as that', async () => {
    const { bucket, run } = givenScene();
    bucket.reads.push(lockingPolicy, policyOf('Other'));
    expect(await run()).toMatchObject({ ending: 'succeeded', code: 'repaired-then-replaced' });
  });

  it('that the old policy follows has failed, in words that fit', async () => {
    const { bucket, run } = givenScene();
    bucket.reads.push(...Array.from({ length: 6 }, () => lockingPolicy));
    const ended = await run();
    expect(ended.code).toBe('policy-back');
    expect(ended.summary).not.toContain('removed');
    expect(ended.diagnosis).toBeDefined();
  });

  it('does nothing where nobody is locked out, and says who can do it', async () => {
    const { bucket, given, run } = givenScene();
    bucket.policy = harmlessPolicy;
    const ended = await run();
    expect(ended).toMatchObject({ kind: 'ended', ending: 'refused', code: 'nobody-locked-out' });
    expect(ended.summary).toContain('every IAM principal of account 156041421443');
    expect(given.kinds).toEqual(['approved', 'ended']);
    expect(bucket.policy).toBe(harmlessPolicy);
  });

  it('is one ending of its request: the same approval gets it again, and nothing is opened', async () => {
    const { bucket, given, run } = givenScene();
    bucket.policy = harmlessPolicy;
    const first = await run();
    given.happened.length = 0;
    expect(await run()).toEqual(first);
    expect(given.happened).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['nobody-locked-out', {}],
    ['nothing-to-repair', { 'detail.evenIfNotLocked': true }],
    ['policy-not-as-approved', { 'detail.policySha256': policyStateOf(lockingPolicy).sha256 }],
  ])('keeps the reading with the ending %s, too', async (code, changes) => {
    const { bucket, run } = givenScene();
    bucket.policy = harmlessPolicy;
    const policySha256 = policyStateOf(harmlessPolicy).sha256;
    const diagnosis = { policySha256, verdict: 'no-lockout', repair: null };
    expect(await run(changes)).toMatchObject({ code, diagnosis });
  });
});

describe('a rehearsal', () => {
  const dry = { 'detail.dryRun': true };
  it.each<[string, string | null, Record<string, unknown>, string]>([
    ['a removal', lockingPolicy, { 'detail.remedy': 'delete' }, 'would-unlock'],
    ['a repair', lockingPolicy, {}, 'would-repair'],
    ['what is refused', harmlessPolicy, {}, 'would-not-act'],
    ['what is superseded', lockingPolicy, { 'detail.policySha256': 'a'.repeat(64) }, 'would-not-act'],
    ['what needs none', harmlessPolicy, { 'detail.evenIfNotLocked': true }, 'would-do-nothing'],
    ['nothing to do', null, {}, 'would-do-nothing'],
  ])('of %s ends as one, and changes nothing', async (_, policy, changes, code) => {
    const { bucket, given, run } = givenScene();
    bucket.policy = policy;
    const ended = await run({ ...dry, ...changes });
    expect(ended).toMatchObject({ ending: 'rehearsed', code });
    expect(ended.summary).toMatch(/^Rehearsal: /);
    expect(bucket.policy).toBe(policy);
    expect(given.happened).toEqual(['record approved', 'assume root', 'read', 'record ended']);
  });

  it.each(['delete', 'repair'])(
    'puts the whole diagnosis and the repair into the trail (%s)',
    async (remedy) => {
      const { run } = givenScene();
      expect(await run({ ...dry, 'detail.remedy': remedy })).toMatchObject({
        diagnosis: {
          policySha256: policyStateOf(lockingPolicy).sha256,
          repair: {
            possible: true,
            sha256: policyStateOf(repaired).sha256,
            diff: expect.stringMatching(/^[+-]/m),
          },
        },
      });
    },
  );

  it.each<[string, string, string]>([
    ['by the run that its hashes were approved for', lockingPolicy, 'repaired'],
    ['by no run on another policy', policyOf('Another'), 'policy-not-as-approved'],
  ])('is followed %s', async (_, policy, code) => {
    const { bucket, run } = givenScene();
    const { diagnosis } = await run(dry);
    bucket.policy = policy;
    const approved = {
      'detail.policySha256': diagnosis?.policySha256,
      'detail.replacement': diagnosis?.repair?.possible === true ? diagnosis.repair.sha256 : null,
    };
    expect(await run(approved)).toMatchObject({ code });
  });
});

describe('a retry of a repair', () => {
  it('whose answer was lost verifies, and puts nothing again', async () => {
    const { bucket, dies, given, run } = givenScene();
    await dies('answer lost');
    expect(await run()).toMatchObject({ code: 'repaired', diagnosis: { verdict: 'locks-some' } });
    expect(given.happened).not.toContain('put');
    expect(bucket.policy).toBe(repaired);
  });

  it('that never arrived puts what was declared, once two reads apart show what was recorded', async () => {
    const { dies, given, run } = givenScene();
    await dies('never arrives');
    expect(await run()).toMatchObject({ code: 'repaired' });
    expect(given.happened).toEqual([
      'take turn',
      'assume root',
      'read',
      'wait 5000',
      'read',
      'record acting',
      'put',
      'read',
      'record ended',
    ]);
  });

  it('decides nothing anew: what was declared binds it, whatever the code would do today', async () => {
    const { bucket, dies, given, run } = givenScene();
    await dies('never arrives');
    jest.spyOn(unlocking, 'decide').mockRejectedValue(new Error('nobody asks again'));
    expect(await run()).toMatchObject({ code: 'repaired' });
    expect(bucket.policy).toBe(repaired);
    const attempts = given.table.entries.filter((entry) => entry.kind === 'acting');
    expect(attempts.map(({ attempt, intended }) => [attempt, intended])).toEqual([
      [1, policyStateOf(repaired)],
      [2, policyStateOf(repaired)],
    ]);
  });

  it.each(['answer lost', 'never arrives'] as const)(
    'leaves alone a policy put since (%s)',
    async (change) => {
      const { bucket, dies, run } = givenScene();
      await dies(change);
      bucket.policy = policyOf('Since');
      expect(await run()).toMatchObject({ ending: 'superseded', code: 'target-changed' });
      expect(bucket.policy).toBe(policyOf('Since'));
    },
  );

  it('leaves a removal by somebody else alone', async () => {
    const { bucket, dies, run } = givenScene();
    await dies('answer lost');
    bucket.policy = null;
    expect(await run()).toMatchObject({ code: 'target-changed' });
    expect(bucket.policy).toBeNull();
  });

  it('waits for what AWS need not show yet', async () => {
    const { bucket, dies, run } = givenScene({ settle: 5_000, patience: [1_000], bound: 60_000 });
    await dies('answer lost', 10_000);
    bucket.reads.push(lockingPolicy);
    await expect(run()).rejects.toThrow(NotYetVisibleError);
    expect(await run()).toMatchObject({ code: 'repaired' });
  });
});
