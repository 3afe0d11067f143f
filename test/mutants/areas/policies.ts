import type { Mutant, NamedTests } from '../mutant.ts';

const decideUnlock = 'lambdas/root-task/policies/decide-unlock.ts';
const decideRestore = 'lambdas/root-task/policies/decide-restore.ts';
const keys = 'policy/search/keys.ts';
const condition = 'policy/evaluate/condition.ts';
const prove = 'policy/repair/prove.ts';

const testsOfUnlock: NamedTests = { file: 'test/lambdas/root-task/policies/decide-unlock.test.ts' };
const testsOfRestore: NamedTests = { file: 'test/lambdas/root-task/policies/decide-restore.test.ts' };
const testsOfEarlier: NamedTests = { file: 'test/lambdas/root-task/policies/earlier-request.test.ts' };
const testsOfExamining: NamedTests = { file: 'test/lambdas/root-task/policies/examine.test.ts' };
const testsOfDiagnosis: NamedTests = { file: 'test/policy/diagnose.test.ts' };
const testsOfCondition: NamedTests = { file: 'test/policy/evaluate/condition.test.ts' };
const testsOfStatement: NamedTests = { file: 'test/policy/evaluate/statement.test.ts' };
const testsOfRepair: NamedTests = { file: 'test/policy/repair.test.ts' };
const testsOfProof: NamedTests = { file: 'test/policy/repair/prove.test.ts' };

/** Resource policies: what an approval does to one, what one does to its owner, and what a repair changes. */
export const policies: readonly Mutant[] = [
  {
    id: 'approved-hash-ignored-by-unlock',
    file: decideUnlock,
    find: 'if (policySha256 !== undefined && policySha256 !== live.sha256)',
    replace: 'if (policySha256 !== undefined && live.sha256 === null)',
    breaks: 'a policy other than the one that was approved against is left alone',
    killedBy: [testsOfUnlock],
  },
  {
    id: 'approved-replacement-ignored',
    file: decideUnlock,
    find: 'if (replacement !== undefined && replacement !== intended.sha256)',
    replace: 'if (replacement !== undefined && intended.sha256 === null)',
    breaks: 'a repair puts the very policy that was approved, or none',
    killedBy: [testsOfUnlock],
  },
  {
    id: 'root-used-where-nobody-is-locked-out',
    file: decideUnlock,
    find: 'if (isNeedless(examination.diagnosis) && !evenIfNotLocked)',
    replace: 'if (isNeedless(examination.diagnosis) && evenIfNotLocked)',
    breaks: 'root is refused where the account can correct the policy without it',
    killedBy: [testsOfUnlock],
  },
  {
    id: 'failed-repair-deletes-the-policy',
    file: decideUnlock,
    find: "return noSafeRepair(request.ticket.dryRun ? 'the trail says why.' : repaired.why);",
    replace:
      "return request.ticket.dryRun ? noSafeRepair(repaired.why) : { kind: 'act', intended: noPolicy, diagnosis };",
    breaks: 'a repair that cannot be proven never falls back to the deletion of the policy',
    killedBy: [testsOfUnlock],
  },
  {
    id: 'restore-locks-everybody-out',
    file: decideRestore,
    find: "if (verdict === 'locks-everyone' || needsRoot === 'yes') return",
    replace: "if (verdict === 'locks-everyone' && needsRoot === 'no') return",
    breaks: 'a policy that locks everybody out is never put back',
    killedBy: [testsOfRestore],
  },
  {
    id: 'restore-locks-some-out-without-approval',
    file: decideRestore,
    find: "needsRoot === 'no' || restoreOf(request).evenIfItLocksSome",
    replace: "needsRoot === 'no' || !restoreOf(request).evenIfItLocksSome",
    breaks: 'a policy that locks some out is put back only where the approval says so',
    killedBy: [testsOfRestore],
  },
  {
    id: 'restore-over-another-policy',
    file: decideRestore,
    find: '} else if (!samePolicy(live, left)) return',
    replace: '} else if (live.policy === null && !samePolicy(live, left)) return',
    breaks: 'a restore replaces only what the earlier request left',
    killedBy: [testsOfRestore],
  },
  {
    id: 'approved-hash-ignored-by-restore',
    file: decideRestore,
    find: "if (policySha256 !== (live.sha256 ?? 'none')) return",
    replace: "if (policySha256 === (live.sha256 ?? 'none')) return",
    breaks: 'a restore replaces only the policy that its approval names',
    killedBy: [testsOfRestore],
  },
  {
    id: 'restore-from-another-target',
    file: 'lambdas/root-task/policies/earlier-request.ts',
    find: 'approved.targetPath === targetPath(request.target);',
    replace: "targetPath(request.target) !== '';",
    breaks: 'a restore takes a policy only from a request on the same resource',
    killedBy: [testsOfEarlier],
  },
  {
    id: 'restore-over-what-nobody-knows',
    file: 'lambdas/root-task/policies/earlier-request.ts',
    find: "if (ended.ending !== 'succeeded' && restoreOf(request).policySha256 === undefined)",
    replace: "if (ended.ending === 'refused' && restoreOf(request).policySha256 === undefined)",
    breaks: 'a restore knows what a request that failed left only from its own approval',
    killedBy: [testsOfEarlier],
  },
  {
    id: 'policy-that-cannot-be-read-needs-no-root',
    file: 'lambdas/root-task/policies/examine.ts',
    find: "  needsRoot: 'perhaps',\n  without: [],\n",
    replace: "  needsRoot: 'no',\n  without: [],\n",
    breaks: 'a policy that cannot be read to its end is undecided, and can still be unlocked',
    killedBy: [testsOfExamining],
  },
  {
    id: 'unknown-key-taken-for-constant',
    file: keys,
    find: "return key.startsWith('s3:') || key.startsWith('sqs:') ? { kind: 'absent' } : { kind: 'free' };",
    replace:
      "return key.startsWith('s3:') || key.startsWith('sqs:') ? { kind: 'absent' } : { kind: 'absent' };",
    breaks: 'a condition key that the caller may bring along is never taken for constant',
    killedBy: [testsOfDiagnosis],
  },
  {
    id: 'organization-key-taken-for-constant',
    file: keys,
    find: "if (ofAccount.test(key)) return { kind: 'of-account' };",
    replace: "if (ofAccount.test(key)) return { kind: 'absent' };",
    breaks: 'a key that goes with the account and is not shown is both ways, not absent',
    killedBy: [testsOfDiagnosis],
  },
  {
    id: 'tls-taken-for-plain-http',
    file: keys,
    find: "    case 'aws:securetransport':\n      return known('true');",
    replace: "    case 'aws:securetransport':\n      return known('false');",
    breaks: 'a Deny of plain HTTP locks nobody out',
    killedBy: [testsOfDiagnosis],
  },
  {
    id: 'intricate-policy-locks-nobody-out',
    file: 'policy/read-action.ts',
    find: "    verdict: 'depends',\n    shutOut: [`every IAM principal of account ${accountId}, as far as is known`],\n",
    replace:
      "    verdict: 'no-lockout',\n    shutOut: [`every IAM principal of account ${accountId}, as far as is known`],\n",
    breaks: 'a policy that takes too long to read never counts as locking nobody out',
    killedBy: [testsOfDiagnosis],
  },
  {
    id: 'deny-of-those-without-a-name-ignored',
    file: 'policy/read-action.ts',
    find: "const isIn = user === 'in' && session === 'in';",
    replace: "const isIn = user !== 'out' && session !== 'out';",
    breaks: 'whoever gets in by what the account is like alone does not surely get in',
    killedBy: [testsOfDiagnosis],
  },
  {
    id: 'not-principal-read-as-principal',
    file: 'policy/evaluate/principals.ts',
    find: 'return listed !== principals.not;',
    replace: 'return listed;',
    breaks: 'a Deny with NotPrincipal hits everybody but those it names',
    killedBy: [testsOfStatement],
  },
  {
    id: 'not-principal-account-spares-its-users',
    file: 'policy/evaluate/principals.ts',
    find: "return caller.kind === 'root' && caller.accountId === principal.accountId;",
    replace: 'return caller.accountId === principal.accountId;',
    breaks: 'an account in NotPrincipal spares its root user alone',
    killedBy: [testsOfStatement],
  },
  {
    id: 'negated-operator-fails-on-absent-key',
    file: condition,
    find: 'return condition.ifExists || negated;',
    replace: 'return condition.ifExists;',
    breaks: 'a negated operator holds where its key is absent',
    killedBy: [testsOfCondition],
  },
  {
    id: 'for-all-values-fails-on-absent-key',
    file: condition,
    find: "return condition.set === 'ForAllValues';",
    replace: "return condition.set !== 'ForAllValues';",
    breaks: 'ForAllValues holds where its key is absent, ForAnyValue does not',
    killedBy: [testsOfCondition],
  },
  {
    id: 'negated-operator-wants-one-mismatch',
    file: condition,
    find: 'values.every((value) => compare(value, text) === false)',
    replace: 'values.some((value) => compare(value, text) === false)',
    breaks: 'a negated operator holds only where none of its values matches',
    killedBy: [testsOfCondition],
  },
  {
    id: 'wildcard-crosses-parts-of-an-arn',
    file: 'policy/evaluate/comparisons.ts',
    find: 'const arnLike = asPattern(arnMatches);',
    replace:
      'const arnLike = asPattern((pattern, text) => arnMatches(pattern, text) || tokensMatch(pattern, text));',
    breaks: 'a wildcard in ArnLike crosses no colon',
    killedBy: [testsOfCondition],
  },
  {
    id: 'repair-drops-a-deliberate-deny',
    file: 'policy/repair.ts',
    find: '[...suspects].filter((index) => !meant.has(index))',
    replace: '[...suspects].filter((index) => meant.size >= 0 && index >= 0)',
    breaks: 'a repair keeps a Deny that shuts out whom it names and nobody else',
    killedBy: [testsOfRepair],
  },
  {
    id: 'repair-without-proof',
    file: 'policy/repair.ts',
    find: '  if (!proof.proven)\n',
    replace: "  if (!proof.proven && proof.why === '')\n",
    breaks: 'a repaired document is put only with a proof',
    killedBy: [testsOfRepair],
  },
  {
    id: 'repair-lets-outsiders-in',
    file: 'policy/repair/rewrite.ts',
    find: 'if (!keepsOutsidersOut(policy, statement, taken, accountId)) {',
    replace: 'if (!keepsOutsidersOut(policy, statement, taken, accountId) || taken.length > 0) {',
    breaks: 'a repair puts a guard where outsiders would come in',
    killedBy: [testsOfRepair],
  },
  {
    id: 'proof-ignores-outsiders',
    file: 'policy/repair/outsiders.ts',
    find: 'mayBeOutsiders(deny.principals, accountId) &&',
    replace: 'mayBeOutsiders(deny.principals, accountId) && policy.statements.length === 0 &&',
    breaks: 'a proof fails where somebody outside the account would gain anything',
    killedBy: [testsOfProof],
  },
  {
    id: 'proof-ignores-other-statements',
    file: 'policy/repair/prove/narrowing.ts',
    find: "if (statement.effect !== 'Deny') return",
    replace: "if (statement.effect !== 'Deny' && after === null) return",
    breaks: 'a proof fails where an Allow would change',
    killedBy: [testsOfProof],
  },
  {
    id: 'proof-ignores-what-else-is-let-in',
    file: 'policy/repair/prove/narrowing.ts',
    find: 'if (!lost.every((action) => administrative.includes(action)))',
    replace: 'if (lost.length > 0 && lost.every((action) => !administrative.includes(action)))',
    breaks: 'a proof fails where more than policy administration would be given back',
    killedBy: [testsOfProof],
  },
  {
    id: 'proof-ignores-who-is-still-shut-out',
    file: prove,
    find: '    ([, { ordinaryGetIn }]) => !ordinaryGetIn,\n  );\n  return shut === undefined',
    replace:
      "    ([, { ordinaryGetIn }]) => !ordinaryGetIn,\n  );\n  return shut === undefined || shut[0] !== ''",
    breaks: 'a proof fails where principals of the account would still be shut out',
    killedBy: [testsOfProof],
  },
  {
    id: 'proof-ignores-deleted-principals',
    file: prove,
    find: '  return found === undefined\n',
    replace: '  return found === undefined || found.index >= 0\n',
    breaks: 'a proof fails where AWS takes no such policy, for a principal in it was deleted',
    killedBy: [testsOfRepair],
  },
  {
    id: 'proof-ignores-quotas',
    file: 'policy/repair/prove/quotas.ts',
    find: 'fresh[quota] > Math.max(most, old[quota])',
    replace: 'fresh[quota] > 1_000_000 + Math.max(most, old[quota])',
    breaks: 'a proof fails where the service does not take the size',
    killedBy: [testsOfProof],
  },
  {
    id: 'guard-hits-the-owner',
    file: 'policy/repair/guard.ts',
    find: "const guardOperator = 'StringNotEquals';",
    replace: "const guardOperator = 'StringEquals';",
    breaks: 'a guard denies to outsiders and to nobody of the account',
    killedBy: [testsOfRepair],
  },
  {
    id: 'order-of-principals-is-a-change',
    file: 'policy/canonical.ts',
    find: 'return [...new Set(members)].sort().map(',
    replace: 'return [...new Set(members)].map(',
    breaks: 'a policy that S3 gives back in another order is the same policy',
    killedBy: [{ file: 'test/lambdas/resource-policy.test.ts' }],
  },
];
