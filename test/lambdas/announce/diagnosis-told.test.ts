import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { EndedEntry } from '../../../contract/trail-entry.ts';
import { endingMessage } from '../../../lambdas/announce/message.ts';
import { outcomeOf } from '../../../lambdas/announce/outcome.ts';
import { resealed } from '../given/announcing.ts';
import { givenDiagnosis } from '../given/diagnosis.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';

async function endingWith(own: Partial<EndedEntry>): Promise<EndedEntry> {
  const { ending } = await givenEnding(givenEvent());
  if (ending.kind !== 'ended') throw new Error('the event has ended');
  return resealed(ending, own);
}

const told = async (own: Partial<EndedEntry>) => {
  const entry = await endingWith(own);
  return { body: endingMessage(entry, null).body, diagnosis: outcomeOf(entry).diagnosis };
};
const rehearsal = { ending: 'rehearsed', code: 'would-unlock' } as const;
const sha = (digit: string) => digit.repeat(64);

describe('the diagnosis in a message', () => {
  it('has its verdict, both hashes, whole and on lines of their own, and the statements', async () => {
    const { body } = await told({ diagnosis: givenDiagnosis() });
    expect(body).toContain(
      [
        '',
        'Verdict:         locks-some',
        `Policy sha256:   ${sha('a')}`,
        `Repaired sha256: ${sha('b')}`,
        'Statements:      Statement[0] (OnlyThePipeline)',
        '',
      ].join('\n'),
    );
  });

  it('of a rehearsal names no statement', async () => {
    const { body } = await told({ ...rehearsal, diagnosis: givenDiagnosis(), summary: '', remedy: null });
    expect(body).toContain(`\nRepaired sha256: ${sha('b')}\n`);
    expect(body).not.toMatch(/Statement|OnlyThePipeline/);
  });

  it('of a restore calls the hash that of the document: it is not that of what is there', async () => {
    const { body } = await told({ task: 'restore-s3-bucket-policy', diagnosis: givenDiagnosis() });
    expect(body).toContain(`Document sha256: ${sha('a')}`);
    expect(body).not.toContain('Policy sha256');
  });

  it('leaves out what there is not', async () => {
    const none = givenDiagnosis({ verdict: 'no-lockout', needsRoot: 'no', actions: {}, repair: null });
    const { body } = await told({ diagnosis: none });
    expect(body).toMatch(new RegExp(`^Verdict: +no-lockout\nPolicy sha256: +${sha('a')}$`, 'm'));
    expect(body).not.toMatch(/Repaired sha256|Statements:/);
    expect((await told({ diagnosis: undefined })).body).not.toMatch(/Verdict/);
  });

  it('makes no line of its own of a Sid', async () => {
    const statements = [{ index: 0, sid: `A\nEnding: failed${'x'.repeat(500)}` }];
    const { body } = await told({ diagnosis: givenDiagnosis({}, { statements }) });
    expect(body.match(/^Ending:/gm)).toHaveLength(1);
    expect(body).not.toContain('x'.repeat(100));
  });
});

describe('the diagnosis in an outcome event', () => {
  it('of a real run says which statement it is, what it does, and what to put instead', async () => {
    const { diagnosis } = await told({ diagnosis: givenDiagnosis() });
    expect(diagnosis).toEqual({
      verdict: 'locks-some',
      policySha256: sha('a'),
      repairedSha256: sha('b'),
      statements: [{ index: 0, sid: 'OnlyThePipeline' }],
      said: 'Statement[0] (OnlyThePipeline) locks every principal of the account but those it names out of s3:GetBucketPolicy and s3:PutBucketPolicy.',
      instead: expect.stringMatching(
        /^Put the policy back without .*npm run --silent trail -- policy jira\/sec-1234.*diagnose/,
      ),
    });
  });

  it('of a rehearsal says the verdict and the hashes', async () => {
    const { diagnosis } = await told({ ...rehearsal, diagnosis: givenDiagnosis() });
    expect(diagnosis).toEqual({
      verdict: 'locks-some',
      policySha256: sha('a'),
      repairedSha256: sha('b'),
      statements: null,
      said: null,
      instead: null,
    });
  });

  it.each<[string, string, Partial<DiagnosisRecord>, RegExp | null]>([
    ['succeeded', 'repaired', {}, /^Make the same change where the policy is written: Statement\[0\]/],
    ['succeeded', 'repaired-then-replaced', {}, /^Make the same change/],
    ['succeeded', 'unlocked-then-replaced', {}, /^Put the policy back/],
    [
      'succeeded',
      'unlocked',
      { repair: { possible: false, why: '' } },
      /^Write a policy anew without Statement/,
    ],
    ['succeeded', 'unlocked', { verdict: 'malformed', actions: {}, repair: null }, null],
    ['failed', 'policy-back', {}, /^Correct it in the pipeline/],
    ['failed', 'no-safe-repair', { repair: { possible: false, why: '' } }, null],
    ['refused', 'nobody-locked-out', { verdict: 'no-lockout', actions: {}, repair: null }, null],
    ['refused', 'would-lock-out', {}, /^Correct it/],
  ])('of what ended %s (%s) says what to put instead, or nothing', async (ending, code, changes, instead) => {
    const own = { ending, code, diagnosis: givenDiagnosis(changes) } as Partial<EndedEntry>;
    const { diagnosis } = await told(own);
    if (instead === null) expect(diagnosis?.instead).toBeNull();
    else expect(diagnosis?.instead).toMatch(instead);
    expect(diagnosis?.said).not.toBeNull();
  });

  it('is absent where no policy was read', async () => {
    expect(await told({ diagnosis: undefined })).toMatchObject({ diagnosis: undefined });
  });
});
