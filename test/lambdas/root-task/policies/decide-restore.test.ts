import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { decideRestore, refusedDocument } from '../../../../lambdas/root-task/policies/decide-restore.ts';
import { harmlessPolicy, lockingPolicy, policyOf } from '../../given/bucket.ts';
import { givenDiagnosis } from '../../given/diagnosis.ts';
import { givenRequest } from '../../given/request.ts';

const harmless = givenDiagnosis({ verdict: 'no-lockout', needsRoot: 'no', repair: null });
const found = { ...policyStateOf(harmlessPolicy), policy: harmlessPolicy };
const other = policyStateOf(lockingPolicy);
const repaired = policyStateOf(policyOf('Repaired'));

const requestOf = (more = {}) =>
  givenRequest({
    'detail.task': 'restore-s3-bucket-policy',
    'detail.earlierRequest': 'jira/sec-1/unlock',
    ...more,
  });

describe('an approval to restore', () => {
  it.each([
    ['what the earlier request left, which is none', noPolicy, noPolicy, undefined, 'act'],
    ['what the earlier request left', repaired, repaired, undefined, 'act'],
    ['another policy', other, noPolicy, undefined, 'not-as-left'],
    ['none, where the earlier request left one', noPolicy, repaired, undefined, 'not-as-left'],
    ['another policy that it names', other, noPolicy, other.sha256, 'act'],
    ['none, which it names', noPolicy, repaired, 'none', 'act'],
    ['another policy than it names', other, noPolicy, repaired.sha256, 'policy-not-as-approved'],
    ['none where it names one', noPolicy, noPolicy, repaired.sha256, 'policy-not-as-approved'],
    ['a policy where it names none', repaired, repaired, 'none', 'policy-not-as-approved'],
    ['the document already', found, noPolicy, undefined, 'already-restored'],
    ['the document already, whatever it names', found, noPolicy, 'none', 'already-restored'],
  ])('that finds %s', (_, live, left, policySha256, expected) => {
    const request = requestOf(policySha256 === undefined ? {} : { 'detail.policySha256': policySha256 });
    const decision = decideRestore(request, live, { found, left, diagnosis: harmless });
    expect(decision.kind === 'act' ? 'act' : decision.ending.code).toBe(expected);
    expect(decision.diagnosis).toBe(harmless);
    if (decision.kind === 'act') expect(decision.intended).toBe(found);
  });

  it('says both hashes, and how to insist, where another policy is there', () => {
    const decision = decideRestore(requestOf(), other, { found, left: repaired, diagnosis: harmless });
    const { summary, remedy } = decision.kind === 'end' ? decision.ending : { summary: '', remedy: '' };
    expect(summary).toContain(String(other.sha256).slice(0, 12));
    expect(summary).toContain(String(repaired.sha256).slice(0, 12));
    expect(remedy).toContain(`"policySha256": "${other.sha256}"`);
  });
});

describe('a document', () => {
  it.each([
    ['locks nobody out', harmless, null],
    ['locks out some, and others can correct it', givenDiagnosis({ needsRoot: 'no' }), null],
    ['spares only those it names', givenDiagnosis({ needsRoot: 'perhaps' }), 'would-lock-out'],
    [
      'locks everybody out',
      givenDiagnosis({ verdict: 'locks-everyone', needsRoot: 'yes' }),
      'would-lock-out',
    ],
    [
      'is malformed',
      givenDiagnosis({ verdict: 'malformed', needsRoot: 'no', actions: {} }),
      'nothing-to-restore',
    ],
    [
      'locks everybody out of one action',
      givenDiagnosis({ verdict: 'locks-everyone', needsRoot: 'no' }),
      'would-lock-out',
    ],
  ] as const)('that %s', (_, diagnosis, code) => {
    expect(refusedDocument(requestOf(), found, diagnosis)?.code ?? null).toBe(code);
  });

  it('that spares some is put back where the approval says that it may lock out the others', () => {
    const even = requestOf({ 'detail.evenIfItLocksSome': true });
    const perhaps = givenDiagnosis({ needsRoot: 'perhaps' });
    expect(refusedDocument(requestOf(), found, perhaps)?.remedy).toContain('"evenIfItLocksSome": true');
    expect(refusedDocument(even, found, perhaps)).toBeNull();
    for (const worse of [
      givenDiagnosis({ verdict: 'locks-everyone', needsRoot: 'yes' }),
      givenDiagnosis({ verdict: 'locks-everyone', needsRoot: 'no' }),
      givenDiagnosis({ verdict: 'depends', needsRoot: 'yes' }),
    ]) {
      expect(refusedDocument(even, found, worse)?.code).toBe('would-lock-out');
      expect(refusedDocument(even, found, worse)?.remedy).not.toContain('evenIfItLocksSome');
    }
  });

  it('that would lock out is told with its statements, and in a rehearsal without them', () => {
    const words = (dryRun: boolean) =>
      refusedDocument(requestOf({ 'detail.dryRun': dryRun }), found, givenDiagnosis())?.summary;
    expect(words(false)).toContain('Statement[0] (OnlyThePipeline) locks every principal of the account but');
    expect(words(true)).not.toContain('OnlyThePipeline');
  });
});
