import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { decideUnlock } from '../../../../lambdas/root-task/policies/decide-unlock.ts';
import type { Examination } from '../../../../lambdas/root-task/policies/examine.ts';
import { harmlessPolicy, lockingPolicy } from '../../given/bucket.ts';
import { givenDiagnosis } from '../../given/diagnosis.ts';
import { givenRequest } from '../../given/request.ts';

const locked = policyStateOf(lockingPolicy);
const other = policyStateOf(harmlessPolicy).sha256;
const sha = (digit: string) => digit.repeat(64);

const repaired: Examination['repaired'] = {
  kind: 'repair',
  text: harmlessPolicy,
  sha256: sha('b'),
  changes: [],
  statements: [],
  diff: '',
};
const needed: Examination = { diagnosis: givenDiagnosis(), repaired, deleted: [] };
const notNeeded: Examination = {
  deleted: [],
  diagnosis: givenDiagnosis({ verdict: 'no-lockout', needsRoot: 'no', repair: null }),
  repaired: { kind: 'not-needed' },
};
const stillOpen: Examination = {
  deleted: [],
  diagnosis: givenDiagnosis({ verdict: 'locks-everyone', needsRoot: 'no' }),
  repaired,
};
const unsafe: Examination = {
  deleted: [],
  diagnosis: givenDiagnosis({ repair: { possible: false, why: 'It would be too large.' } }),
  repaired: { kind: 'none-safe', why: 'It would be too large.' },
};
const faults = ['Statement[0].Principal', 'Statement[1]', 'Statement[2]', 'Statement[3]'].map((path) => ({
  path,
  message: 'expected something else',
}));
const malformed: Examination = {
  deleted: [],
  diagnosis: givenDiagnosis({ verdict: 'malformed', needsRoot: 'no', actions: {}, faults, repair: null }),
  repaired: null,
};

type Approved = Readonly<Record<string, unknown>>;

function decided(approved: Approved, examination: Examination, live = locked) {
  const changes = Object.fromEntries(
    Object.entries(approved).map(([field, value]) => [`detail.${field}`, value]),
  );
  return decideUnlock(givenRequest(changes), live, () => examination);
}

function codeOf(decision: ReturnType<typeof decided>) {
  if (decision.kind === 'end') return decision.ending.code;
  return decision.intended.policy === null ? 'delete' : 'repair';
}

const repair = { remedy: 'repair' };
const even = { evenIfNotLocked: true };

describe('an approval to unlock', () => {
  it.each<[string, Approved, Examination, string]>([
    ['nothing else', {}, needed, 'delete'],
    ['the policy that is there', { policySha256: locked.sha256 }, needed, 'delete'],
    ['another policy', { policySha256: other }, needed, 'policy-not-as-approved'],
    ['another policy, whoever is locked out', { policySha256: other }, notNeeded, 'policy-not-as-approved'],
    ['another policy, locked or not', { ...even, policySha256: other }, needed, 'policy-not-as-approved'],
    ['nothing else, of a policy that locks nobody out', {}, notNeeded, 'nobody-locked-out'],
    ['nothing else, of a policy that others can correct', {}, stillOpen, 'nobody-locked-out'],
    ['a repair of a policy that others can correct', repair, stillOpen, 'nobody-locked-out'],
    ['even if not locked', even, notNeeded, 'delete'],
    ['nothing else, of a malformed policy', {}, malformed, 'delete'],
    ['a repair', repair, needed, 'repair'],
    ['this very repair', { ...repair, replacement: sha('b') }, needed, 'repair'],
    ['another repair', { ...repair, replacement: sha('c') }, needed, 'replacement-not-as-approved'],
    ['a repair, even if not locked', { ...repair, ...even }, stillOpen, 'repair'],
    ['a repair of what needs none', { ...repair, ...even }, notNeeded, 'nothing-to-repair'],
    ['a repair where none is safe', repair, unsafe, 'no-safe-repair'],
    ['a repair of a malformed policy', repair, malformed, 'no-safe-repair'],
    ['nothing else, where no repair is safe', {}, unsafe, 'delete'],
  ])('that says %s', (_, approved, examination, code) => {
    const decision = decided(approved, examination);
    expect(codeOf(decision)).toBe(code);
    expect(decision.diagnosis).toBe(examination.diagnosis);
  });

  it('puts the very text of the repair', () => {
    expect(decided(repair, needed)).toMatchObject({
      intended: { policy: harmlessPolicy, sha256: sha('b') },
    });
  });

  it.each<[string, Approved, string]>([
    ['finds nothing to do', {}, 'no-policy'],
    ['finds it gone', { policySha256: other }, 'policy-not-as-approved'],
  ])('where there is no policy %s', (_, approved, code) => {
    const decision = decideUnlock(
      givenRequest(approved.policySha256 ? { 'detail.policySha256': other } : {}),
      noPolicy,
      () => {
        throw new Error('there is nothing to examine');
      },
    );
    expect(decision).toMatchObject({ kind: 'end', ending: { code }, diagnosis: null });
  });

  it('is for unlocking only', () => {
    const request = givenRequest({
      'detail.task': 'restore-s3-bucket-policy',
      'detail.earlierRequest': 'x',
    });
    expect(() => decideUnlock(request, locked, () => needed)).toThrow('unlocks nothing');
  });
});

describe('the words of a decision', () => {
  const wordsOf = (approved: Approved, examination: Examination) => {
    const decision = decided(approved, examination);
    return decision.kind === 'end' ? `${decision.ending.summary} ${decision.ending.remedy}` : '';
  };

  it('name both hashes of an approval for another policy', () => {
    const words = wordsOf({ policySha256: other }, needed);
    expect(words).toContain(String(locked.sha256).slice(0, 12));
    expect(words).toContain(String(other).slice(0, 12));
  });

  it('name who can do it without root, and how to insist', () => {
    const without = ['every IAM principal of account 156041421443 whose own permissions allow it'];
    const words = wordsOf({}, { ...notNeeded, diagnosis: { ...notNeeded.diagnosis, without } });
    expect(words).toContain(without[0]);
    expect(words).toContain('"evenIfNotLocked": true');
  });

  it('say why no repair is safe, and suggest the removal', () => {
    expect(wordsOf(repair, unsafe)).toMatch(/It would be too large\..*"remedy": "delete"/);
    expect(wordsOf({ ...repair, ...even }, notNeeded)).toContain('nothing to repair');
  });

  it('say where a malformed policy is malformed, and in a rehearsal only in how many places', () => {
    expect(wordsOf(repair, malformed)).toContain(
      'malformed in 4 places (Statement[0], Statement[1], Statement[2] and Statement[3]); the trail says',
    );
    expect(wordsOf({ ...repair, dryRun: true }, malformed)).toContain('malformed in 4 places; the trail');
    expect(wordsOf({ ...repair, dryRun: true }, unsafe)).not.toContain('too large');
  });
});
