import { accountId } from '../../../contract/account-id.ts';
import { codes } from '../../../contract/ending.ts';
import { bucketTarget, queueTarget, type Target } from '../../../contract/target.ts';
import { noPolicy, policyStateOf } from '../../../lambdas/resource-policy.ts';
import { failure } from '../../../lambdas/root-task/failures.ts';
import * as endings from '../../../lambdas/root-task/steps/endings.ts';
import { refuseStopped } from '../../../lambdas/root-task/steps/stopped.ts';
import { recordRefusal } from '../../../lambdas/shared/refuse.ts';
import { policyOf } from '../given/bucket.ts';
import { GivenLane } from '../given/lane.ts';
import { givenRequest } from '../given/request.ts';

const account = '156041421443';
const targets = {
  'unlock-s3-bucket': bucketTarget.parse({ accountId: accountId.parse(account), bucketName: 'orders' }),
  'unlock-sqs-queue': queueTarget.parse({ queueArn: `arn:aws:sqs:eu-west-1:${account}:orders.fifo` }),
};
type Task = keyof typeof targets;
const tasks = Object.keys(targets) as Task[];

/** The word of the other kind of target: it has no place in a sentence about this one. */
const foreign = { 'unlock-s3-bucket': /queue|sqs/i, 'unlock-sqs-queue': /bucket|s3/i } as const;
/** What only one kind of target ends with. */
const own = { 'unlock-s3-bucket': /queue|^region-not-enabled$/, 'unlock-sqs-queue': /bucket/ } as const;
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
const isOf = (task: Task, code: string) => !own[task].test(code) && !ofCredentials.has(code);
/** Sentences that list the tasks which a feature of the organization is for. */
const ofBoth = new Set<string>(['root-sessions-not-enabled']);

const requestOf = (task: Task) => givenRequest({ 'detail.task': task, 'detail.target': targets[task] });

function endingsOf(task: Task) {
  const request = requestOf(task);
  const policy = policyStateOf(policyOf('Locked'));
  const later = { requestId: 'another', at: '2026-11-20T10:00:00.000Z' };
  return [
    endings.unlocked(request, policy),
    endings.unlockedThenReplaced(request, policy),
    endings.nothingToDo(request),
    endings.rehearsed(request, policy),
    endings.rehearsed(request, noPolicy),
    endings.supersededByChange(request, policy),
    endings.supersededByRequest(request, later),
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
    if (!ofBoth.has(code)) expect(words.replaceAll(task, '')).not.toMatch(foreign[task]);
    expect(words).not.toMatch(/undefined|null|\[object|\b(the|a|an) (the|a|an)\b/);
  });

  it.each(tasks)('are those of every code there is (%s)', (task) => {
    const told = new Set(endingsOf(task).map(({ code }) => code));
    const missing = Object.values(codes)
      .flat()
      .filter((code) => !told.has(code) && isOf(task, code));
    expect(missing).toEqual([]);
  });

  it.each(all.filter(([task, , words]) => task === 'unlock-sqs-queue' && words.includes('orders')))(
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
    expect(`${summary} ${remedy}`.replaceAll(task, '')).not.toMatch(foreign[task]);
  });
});
