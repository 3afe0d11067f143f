import type { Mutant, NamedTests } from '../mutant.ts';

const read = 'lambdas/root-task/credentials/read.ts';
const planRemoval = 'lambdas/root-task/credentials/plan-removal.ts';
const planClosing = 'lambdas/root-task/credentials/plan-closing.ts';
const workOnRemoval = 'lambdas/root-task/credentials/work-on-removal.ts';
const results = 'lambdas/root-task/credentials/removal-results.ts';
const closingOrder = 'lambdas/root-task/steps/closing-order.ts';
const allowing = 'lambdas/root-task/tasks/allow-root-password-recovery.ts';

const testsOfRead: NamedTests = { file: 'test/lambdas/root-task/credentials/read.test.ts' };
const testsOfPlan: NamedTests = { file: 'test/lambdas/root-task/credentials/plan-removal.test.ts' };
const testsOfResults: NamedTests = { file: 'test/lambdas/root-task/credentials/removal-results.test.ts' };
const testsOfDeletion: NamedTests = { file: 'test/lambdas/root-task/tasks/delete-root-credentials.test.ts' };
const testsOfOpening: NamedTests = {
  file: 'test/lambdas/root-task/tasks/allow-root-password-recovery.test.ts',
};
const testsOfClosing: NamedTests = {
  file: 'test/lambdas/root-task/tasks/close-root-password-recovery.test.ts',
};
const testsOfClosingOrder: NamedTests = { file: 'test/lambdas/root-task/steps/closing-order.test.ts' };

/** Root credentials: unknown is never absent, a deletion never weakens an account, an opening always closes. */
export const credentials: readonly Mutant[] = [
  {
    id: 'unknown-password-reported-as-absent',
    file: read,
    find: "if ('state' in profile) return profile;",
    replace: "if ('state' in profile) return { state: 'absent' };",
    breaks: 'a password that could not be read is unknown, with its reason',
    killedBy: [testsOfRead],
  },
  {
    id: 'unknown-keys-reported-as-absent',
    file: read,
    find: 'if (!Array.isArray(keys)) return keys;',
    replace: "if (!Array.isArray(keys)) return { state: 'absent' };",
    breaks: 'access keys that could not be read are unknown, with their reason',
    killedBy: [testsOfRead],
  },
  {
    id: 'unknown-use-reported-as-never',
    file: read,
    find: "if ('state' in used) return used;",
    replace: "if ('state' in used) return { state: 'absent' };",
    breaks: 'a last use that could not be read is unknown',
    killedBy: [testsOfRead],
  },
  {
    id: 'contradiction-of-iam-ignored',
    file: 'lambdas/root-task/credentials/cross-check.ts',
    find: 'count !== null && count > 0',
    replace: 'count !== null && count < 0',
    breaks: 'an empty list counts as absent only when the account summary agrees',
    killedBy: [{ file: 'test/lambdas/root-task/credentials/cross-check.test.ts' }],
  },
  {
    id: 'unknown-class-reported-as-clean',
    file: 'contract/root-credentials.ts',
    find: "return states.includes('unknown') ? 'unknown' : 'clean';",
    replace: "return states.includes('present') ? 'unknown' : 'clean';",
    breaks: 'an account of which something could not be read is not clean',
    killedBy: [{ file: 'test/contract/root-credentials.test.ts' }],
  },
  {
    id: 'mfa-deleted-before-the-password-is-gone',
    file: 'lambdas/root-task/credentials/remove.ts',
    find: "if (password.state !== 'absent') {",
    replace: "if (password.state === 'unknown') {",
    breaks: 'MFA devices are touched only once the password is read back as gone',
    killedBy: [{ file: 'test/lambdas/root-task/credentials/remove.test.ts' }],
  },
  {
    id: 'mfa-deleted-while-the-password-is-unknown',
    file: 'lambdas/root-task/credentials/remove.ts',
    find: "if (password.state !== 'absent') {",
    replace: "if (password.state === 'present') {",
    breaks: 'MFA devices stay while nobody knows whether there is a password',
    killedBy: [{ file: 'test/lambdas/root-task/credentials/remove.test.ts' }],
  },
  {
    id: 'one-denied-deletion-stops-the-others',
    file: 'lambdas/root-task/credentials/remove.ts',
    find: '    if (text !== null) remarks.push({ credential, text });\n',
    replace: '    if (text !== null) {\n      remarks.push({ credential, text });\n      break;\n    }\n',
    breaks: 'a credential that AWS does not let go stops none of the others',
    killedBy: [{ file: 'test/lambdas/root-task/credentials/remove.test.ts' }],
  },
  {
    id: 'unread-credential-reported-as-gone',
    file: results,
    find: "return { result: 'unknown', detail: remark ?? read.reason };",
    replace: "return { result: 'gone', detail: remark ?? read.reason };",
    breaks: 'gone is only what was read back as gone',
    killedBy: [testsOfResults],
  },
  {
    id: 'credential-still-there-reported-as-gone',
    file: results,
    find: 'return there.some((one) => sameCredential(one, credential))',
    replace: 'return remark !== undefined && there.some((one) => sameCredential(one, credential))',
    breaks: 'a credential that is still shown is reported as still there',
    killedBy: [testsOfResults],
  },
  {
    id: 'credential-of-unknown-use-deleted',
    file: planRemoval,
    find: "    case 'unknown':\n      return { why: 'use-unknown',",
    replace: "    case 'unknown':\n      if (days > 0) return null;\n      return { why: 'use-unknown',",
    breaks: 'a credential of which nobody knows the last use is kept where recent ones are',
    killedBy: [testsOfPlan],
  },
  {
    id: 'credential-in-use-deleted',
    file: planRemoval,
    find: '<= days * dayMilliseconds;',
    replace: '<= -days * dayMilliseconds;',
    breaks: 'a credential that was used in the last days is kept where the approval says so',
    killedBy: [testsOfPlan],
  },
  {
    id: 'mfa-deleted-beside-a-kept-password',
    file: planRemoval,
    find: "return going.some(({ kind }) => kind === 'password')",
    replace: "return going.some(({ kind }) => kind === 'password') || going.length === 0",
    breaks: 'a password that stays keeps its MFA devices',
    killedBy: [testsOfPlan],
  },
  {
    id: 'credential-the-audit-did-not-see-deleted',
    file: planRemoval,
    find: 'if (atMost !== null && !atMost.some(',
    replace: 'if (atMost !== null && atMost.length === 0 && !atMost.some(',
    breaks: 'a deletion in a run takes only what its audit saw',
    killedBy: [testsOfPlan],
  },
  {
    id: 'kinds-of-the-approval-ignored',
    file: planRemoval,
    find: 'if (kinds !== undefined && !kinds.includes(credential.kind))',
    replace: 'if (kinds !== undefined && kinds.length === 0)',
    breaks: 'only the kinds of credentials that the approval names are deleted',
    killedBy: [testsOfPlan],
  },
  {
    id: 'deletion-planned-anew-by-a-retry',
    file: workOnRemoval,
    find: 'const plan = earlier?.plan ?? task.plan(live);',
    replace: 'const plan = task.plan(live);',
    breaks: 'a retry is bound by what the first attempt recorded: what appeared since is left alone',
    killedBy: [testsOfDeletion],
  },
  {
    id: 'dry-run-deletes-credentials',
    file: workOnRemoval,
    find: 'if (request.ticket.dryRun) return',
    replace: 'if (request.ticket.dryRun && plan.remove.length === 0) return',
    breaks: 'the dry run of a deletion deletes nothing',
    killedBy: [testsOfDeletion],
  },
  {
    id: 'superseded-deletion-goes-on',
    file: workOnRemoval,
    find: 'if (claimed.supersededBy !== null) {',
    replace: 'if (claimed.supersededBy !== null && earlier === null) {',
    breaks: 'a retry deletes nothing once a newer request has worked on the account',
    killedBy: [testsOfDeletion],
  },
  {
    id: 'credentials-deleted-before-they-are-recorded',
    file: workOnRemoval,
    find: '    acting = (await declare(claimed, session, recordable, lane)).entry;\n    remarks = await removeCredentials(user, left, lane);\n',
    replace:
      '    remarks = await removeCredentials(user, left, lane);\n    acting = (await declare(claimed, session, recordable, lane)).entry;\n',
    breaks: 'no credential is deleted without a durable `acting` entry',
    killedBy: [testsOfDeletion],
  },
  {
    id: 'unread-kind-ends-as-deleted',
    file: 'lambdas/root-task/tasks/delete-root-credentials.ts',
    find: 'if (left.length > 0 || neverRead.length > 0) {',
    replace: 'if (left.length > 0) {',
    breaks: 'a deletion that could not read everything back is no success',
    killedBy: [testsOfDeletion],
  },
  {
    id: 'opened-before-its-closing-is-scheduled',
    file: 'lambdas/root-task/credentials/open-password.ts',
    find: "  await schedule.closeAt(requestId, inspected.intended.closesAt);\n  logger.info('the closing is scheduled', { ...inspected.intended });\n  try {\n    await user.createLoginProfile();\n",
    replace:
      "  try {\n    await user.createLoginProfile();\n    await schedule.closeAt(requestId, inspected.intended.closesAt);\n    logger.info('the closing is scheduled', { ...inspected.intended });\n",
    breaks: 'password recovery is opened only once its closing is scheduled',
    killedBy: [testsOfOpening],
  },
  {
    id: 'retry-opens-for-longer',
    file: allowing,
    find: 'const closesAt = earlier?.closesAt ?? closingTime(request, lane);',
    replace: 'const closesAt = closingTime(request, lane);',
    breaks: 'every attempt of an opening closes at the time that the first one recorded',
    killedBy: [testsOfOpening],
  },
  {
    id: 'retry-opens-after-its-time',
    file: allowing,
    find: 'if (lane.clock.now().getTime() >= Date.parse(closesAt))',
    replace: "if (lane.clock.now().getTime() < 0 && closesAt !== '')",
    breaks: 'an attempt that comes after the closing time opens nothing',
    killedBy: [testsOfOpening],
  },
  {
    id: 'dry-run-opens',
    file: allowing,
    find: 'if (request.ticket.dryRun) return',
    replace: 'if (request.ticket.dryRun && earlier !== null) return',
    breaks: 'the dry run of an opening opens nothing',
    killedBy: [testsOfOpening],
  },
  {
    id: 'opened-beside-a-password',
    file: allowing,
    find: "if (password.state === 'present' && earlier === null) return",
    replace: "if (password.state === 'present' && earlier !== null) return",
    breaks: 'an opening that finds a password of somebody else schedules nothing for it',
    killedBy: [testsOfOpening],
  },
  {
    id: 'other-schedule-taken-for-the-closing',
    file: 'lambdas/root-task/adapters/closing-schedule.ts',
    find: 'if (there.ScheduleExpression !== expression || there.Target?.Input !== JSON.stringify(order))',
    replace: 'if (there.Target?.Input !== JSON.stringify(order))',
    breaks: 'a schedule of the same name that closes at another time is no closing',
    killedBy: [{ file: 'test/lambdas/root-task/adapters/closing-schedule.test.ts' }],
  },
  {
    id: 'closing-before-its-time',
    file: closingOrder,
    find: '  if (early > 0) {\n',
    replace: '  if (early > 1_000_000 * precisionMilliseconds) {\n',
    breaks: 'a closing comes to nothing before the time that the opening recorded',
    killedBy: [testsOfClosingOrder],
  },
  {
    id: 'order-to-close-nothing-goes-unrecorded',
    file: closingOrder,
    find: "if (opened === null) return notOrdered(order, 'nothing was opened', chain.approved);",
    replace: "if (opened === null) return { kind: 'done', receipt: null };",
    breaks: 'an order to close what was never opened is refused and recorded',
    killedBy: [testsOfClosingOrder],
  },
  {
    id: 'failed-closing-not-followed',
    file: closingOrder,
    find: "if (latest?.head.kind === 'ended' && latest.head.ending !== 'failed')",
    replace: "if (latest?.head.kind === 'ended')",
    breaks: 'a closing that failed is followed by another one until one did not',
    killedBy: [testsOfClosingOrder],
  },
  {
    id: 'closing-takes-what-was-there-before',
    file: planClosing,
    find: "if (kind === 'password' || Date.parse(madeAt) >= second(openedAt)) return null;",
    replace:
      "if (kind === 'password' || Date.parse(madeAt) >= second(openedAt) || later === null) return null;",
    breaks: 'what was there before the opening stays',
    killedBy: [{ file: 'test/lambdas/root-task/credentials/plan-closing.test.ts' }],
  },
  {
    id: 'closing-takes-what-a-later-opening-allows',
    file: planClosing,
    find: 'if (later !== null && Date.parse(madeAt) >= second(later.openedAt))',
    replace: 'if (later !== null && Date.parse(madeAt) < second(openedAt))',
    breaks: 'what was made under a later opening is left to that one',
    killedBy: [{ file: 'test/lambdas/root-task/credentials/plan-closing.test.ts' }],
  },
  {
    id: 'open-recovery-reported-as-closed',
    file: 'lambdas/root-task/tasks/close-root-password-recovery.ts',
    find: 'if (left.length > 0 || unread.length > 0) {',
    replace: 'if (left.length > 0) {',
    breaks: 'a closing that could not read everything is reported as open',
    killedBy: [testsOfClosing],
  },
  {
    id: 'failed-closing-does-not-say-open',
    file: 'lambdas/root-task/steps/record.ts',
    find: "return failure('password-recovery-open', task, target, ending.summary);",
    replace: "return failure('gave-up', task, target, ending.summary);",
    breaks: 'whatever a closing fails of, people hear that recovery is open',
    killedBy: [testsOfClosing],
  },
];
