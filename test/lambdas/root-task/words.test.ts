import { accountId } from '../../../contract/account-id.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import { codes } from '../../../contract/ending.ts';
import { bucketTarget, queueTarget, type Target } from '../../../contract/target.ts';
import { noPolicy, policyStateOf } from '../../../lambdas/resource-policy.ts';
import { failure } from '../../../lambdas/root-task/failures.ts';
import { asRehearsal } from '../../../lambdas/root-task/policies/rehearsed.ts';
import * as restore from '../../../lambdas/root-task/policies/restore-words.ts';
import * as unlock from '../../../lambdas/root-task/policies/unlock-words.ts';
import { notAsApproved } from '../../../lambdas/root-task/policies/words.ts';
import type { TargetedRequest } from '../../../lambdas/root-task/steps/authorize.ts';
import { supersededByChange, supersededByRequest } from '../../../lambdas/root-task/steps/endings.ts';
import { refuseStopped } from '../../../lambdas/root-task/steps/stopped.ts';
import { recordRefusal } from '../../../lambdas/shared/refuse.ts';
import { harmlessPolicy, policyOf } from '../given/bucket.ts';
import { givenDiagnosis } from '../given/diagnosis.ts';
import { GivenLane } from '../given/lane.ts';
import { givenRequest } from '../given/request.ts';

const account = '156041421443';
const bucket = bucketTarget.parse({ accountId: accountId.parse(account), bucketName: 'orders' });
const queue = queueTarget.parse({ queueArn: `arn:aws:sqs:eu-west-1:${account}:orders.fifo` });
const targets = {
  'unlock-s3-bucket': bucket,
  'unlock-sqs-queue': queue,
  'restore-s3-bucket-policy': bucket,
  'restore-sqs-queue-policy': queue,
};
type Task = keyof typeof targets;
const tasks = Object.keys(targets) as Task[];

const isRestore = (task: Task) => task.startsWith('restore-');
const isOfQueue = (task: Task) => 'queueArn' in targets[task];
/** The word of the other kind of target: it has no place in a sentence about this one. */
const foreignTo = (task: Task) => (isOfQueue(task) ? /bucket|s3/i : /queue|sqs/i);
/** What only the other kind of target ends with. */
const ofTheOther = (task: Task) => (isOfQueue(task) ? /bucket/ : /queue|^region-not-enabled$/);
/** What only the other verb ends with. */
const ofUnlocks =
  /unlock|no-policy|would-repair|^repaired|nobody-locked-out|replacement|no-safe-repair|nothing-to-repair/;
const ofRestores = /restore|would-lock-out|not-as-left/;
const ofTheOtherVerb = (task: Task) => (isRestore(task) ? ofUnlocks : ofRestores);
/** What only root tasks on root credentials, and runs across the organization, end with. */
const ofCredentials = new Set<string>([
  'audited-clean',
  'audited-with-credentials',
  'audited-with-unknown',
  'root-credentials-deleted',
  'root-credentials-deleted-newer-left',
  'password-recovery-allowed',
  'password-recovery-closed',
  'no-root-credentials',
  'all-kept',
  'password-present',
  'password-recovery-was-closed',
  'would-audit',
  'would-delete-root-credentials',
  'would-allow-password-recovery',
  'root-credentials-unreadable',
  'root-credentials-left',
  'password-recovery-open',
  'organization-audited',
  'organization-audited-in-part',
  'organization-credentials-deleted',
  'organization-without-credentials',
  'would-audit-organization',
  'would-delete-organization-credentials',
  'organization-not-listed',
  'organization-credentials-left',
]);
const isOf = (task: Task, code: string) =>
  !ofTheOther(task).test(code) && !ofTheOtherVerb(task).test(code) && !ofCredentials.has(code);
/** Sentences that list the tasks which a feature of the organization is for. */
const ofBoth = new Set<string>(['root-sessions-not-enabled']);

const requestOf = (task: Task) =>
  givenRequest({
    'detail.task': task,
    'detail.target': targets[task],
    ...(isRestore(task) ? { 'detail.earlierRequest': 'jira/sec-1/unlock' } : {}),
  });

const policy = policyStateOf(harmlessPolicy);
const removal = { before: policy, intended: noPolicy };
const repair = { before: policy, intended: policyStateOf(policyOf('Other')) };
const back = { before: noPolicy, intended: policy };

function unlocksOf(request: TargetedRequest): RunEnding[] {
  // The actions that a diagnosis names are the service's own: here they are nobody's.
  const diagnosis = givenDiagnosis({ actions: {} });
  return [
    unlock.unlocked(request, removal, diagnosis),
    unlock.unlocked(request, repair, diagnosis),
    unlock.unlockedThenReplaced(request, removal, policy, diagnosis),
    unlock.unlockedThenReplaced(request, repair, noPolicy, diagnosis),
    unlock.nothingToUnlock(request),
    unlock.nothingToRepair(request, policy),
    asRehearsal(unlock.nothingToUnlock(request)),
    unlock.wouldUnlock(request, removal, diagnosis),
    unlock.wouldUnlock(request, repair, diagnosis),
    unlock.nobodyLockedOut(request, policy, diagnosis),
    asRehearsal(unlock.nobodyLockedOut(request, policy, diagnosis)),
    unlock.replacementNotAsApproved(request, policy, 'a'.repeat(64)),
  ];
}

function restoresOf(request: TargetedRequest): RunEnding[] {
  const diagnosis = givenDiagnosis({ verdict: 'no-lockout', needsRoot: 'no', actions: {} });
  return [
    restore.restored(request, back, diagnosis),
    restore.restoredThenReplaced(request, back, noPolicy),
    restore.restoredThenReplaced(request, back, repair.intended),
    restore.wouldRestore(request, back, diagnosis),
    restore.alreadyRestored(request, policy),
    asRehearsal(restore.alreadyRestored(request, policy)),
    restore.nothingToRestore(request, 'the trail holds no such request'),
    restore.malformedDocument(request, diagnosis),
    restore.wouldLockOut(request, policy, diagnosis),
    asRehearsal(restore.wouldLockOut(request, policy, diagnosis)),
    restore.notAsLeft(request, policy, noPolicy),
  ];
}

function endingsOf(task: Task) {
  const request = requestOf(task);
  return [
    ...(isRestore(task) ? restoresOf(request) : unlocksOf(request)),
    supersededByChange(request, policy),
    supersededByRequest(request, { requestId: 'another', at: '2026-11-20T10:00:00.000Z' }),
    notAsApproved(request, policy, 'none'),
    ...codes.failed
      .filter((code) => isOf(task, code))
      .map((code) => failure(code, task, targets[task] satisfies Target, 'AWS said so')),
  ];
}

const all = tasks.flatMap((task) =>
  endingsOf(task).map((ending) => [task, ending.code, `${ending.summary} ${ending.remedy ?? ''}`] as const),
);

describe('the words of an ending', () => {
  it.each(all)('of %s: %s', (task, code, words) => {
    if (!ofBoth.has(code)) expect(words.replaceAll(task, '')).not.toMatch(foreignTo(task));
    expect(words).not.toMatch(/undefined|null|\[object|\b(the|a|an) (the|a|an)\b/);
  });

  it.each(tasks)('are those of every code there is (%s)', (task) => {
    const told = new Set(endingsOf(task).map(({ code }) => code));
    const missing = Object.values(codes)
      .flat()
      .filter((code) => !told.has(code) && isOf(task, code));
    expect(missing).toEqual([]);
  });

  it.each(all.filter(([task, , words]) => isOfQueue(task) && words.includes('orders')))(
    'of %s (%s) say where the queue is, for a name may be had in every Region',
    (_, _code, words) => {
      expect(words).toContain('orders.fifo in eu-west-1 in account 156041421443');
    },
  );
});

describe('the words of a refusal', () => {
  it.each(tasks)('are about the target that it is about (%s)', async (task) => {
    const { summary, remedy } = await recordRefusal(
      refuseStopped(requestOf(task), 'why'),
      new GivenLane().lane,
    );
    expect(`${summary} ${remedy}`.replaceAll(task, '')).not.toMatch(foreignTo(task));
  });
});
