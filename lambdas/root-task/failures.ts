import type { CodeOf, RunEnding } from '../../contract/ending.ts';
import { type RootTaskName, rootTasks } from '../../contract/root-tasks.ts';
import { accountOf, describeTarget, isOrganization, type Target, wordFor } from '../../contract/target.ts';

export type FailedEnding = Extract<RunEnding, { ending: 'failed' }>;

interface Facts {
  readonly task: RootTaskName;
  readonly target: Target;
  /** AWS's own words, where they help. */
  readonly detail: string;
}

type Words = (facts: Facts) => { readonly summary: string; readonly remedy: string };

const account = (target: Target) => (isOrganization(target) ? 'of the organization' : accountOf(target));
const word = (target: Target) => (isOrganization(target) ? 'organization' : wordFor(target));

const setUpIn = 'In the management account run';
const approveAgain = 'then approve the ticket again';

/** Every permanent failure in plain words: what AWS said no to, and what a person does about it. */
const failures: Record<CodeOf<'failed'>, Words> = {
  'root-sessions-not-enabled': () => ({
    summary: 'The organization has not enabled root sessions, which S3 and SQS tasks need.',
    remedy: `${setUpIn} "aws iam enable-organizations-root-sessions", ${approveAgain}.`,
  }),
  'root-credentials-management-not-enabled': () => ({
    summary: 'The organization has not enabled root credentials management, which IAM tasks need.',
    remedy: `${setUpIn} "aws iam enable-organizations-root-credentials-management", ${approveAgain}.`,
  }),
  'trusted-access-off': () => ({
    summary: 'IAM has no trusted access to the organization, so no root session can be opened.',
    remedy: `${setUpIn} "aws organizations enable-aws-service-access --service-principal iam.amazonaws.com", ${approveAgain}.`,
  }),
  'not-delegated-administrator': () => ({
    summary: 'The account in which rootdesk runs is not the delegated administrator for IAM.',
    remedy: `${setUpIn} "aws organizations register-delegated-administrator --service-principal iam.amazonaws.com --account-id <this account>", ${approveAgain}.`,
  }),
  'management-account': ({ target }) => ({
    summary: `Account ${account(target)} is the organization's management account; AWS opens no root session there.`,
    remedy: 'Sign in to the management account itself, and correct managementAccountId in the settings.',
  }),
  'not-a-member': ({ target }) => ({
    summary: `Account ${account(target)} is not a member of this organization.`,
    remedy: 'Check the account id in the ticket; a target outside the organization cannot be reached.',
  }),
  'account-not-active': ({ target, detail }) => ({
    summary: `Account ${account(target)} is not active (${detail}).`,
    remedy: `Reopen the account through AWS Support, ${approveAgain}.`,
  }),
  'region-disabled': ({ target }) => ({
    summary: `STS is not active for account ${account(target)} in the Region in which rootdesk runs.`,
    remedy: `Activate STS for that Region in the account, or run rootdesk in a Region enabled by default, ${approveAgain}.`,
  }),
  'task-role-denied': ({ detail }) => ({
    summary: `The function may not take on its own task role: ${detail}`,
    remedy:
      'Look for an SCP on the account in which rootdesk runs and for changes to the role, or deploy the stack again.',
  }),
  'assume-root-denied': ({ target, task }) => ({
    summary: `AWS refused a root session for account ${account(target)} under ${rootTasks[task].taskPolicy} and did not say why. It is one of these: an SCP or permissions boundary denies sts:AssumeRoot to the task role; the settings exclude the account; the delegation has changed in the last minutes.`,
    remedy: `Look up the AssumeRoot event in CloudTrail of the account in which rootdesk runs, lift what denies it, ${approveAgain}.`,
  }),
  'denied-by-scp': ({ target, task, detail }) => ({
    summary: `A service control policy denies what ${task} needs in account ${account(target)}: ${detail}`,
    remedy: `Exempt root sessions in that SCP (a Deny that also tests Null "aws:AssumedRoot": "true" spares them), ${approveAgain}.`,
  }),
  'denied-by-organization': ({ target, detail }) => ({
    summary: `AWS denied root of account ${account(target)} access to the ${describeTarget(target)}. It is one of these: a service control policy, a resource control policy, or a VPC endpoint policy. AWS said: ${detail}`,
    remedy: `Find the policy that denies it (organization policies of the account first), exempt root sessions, ${approveAgain}.`,
  }),
  'no-such-bucket': ({ target }) => ({
    summary: `There is no such bucket: ${describeTarget(target)} does not exist in any account.`,
    remedy: 'Check the bucket name in the ticket.',
  }),
  'bucket-of-another-account': ({ target }) => ({
    summary: `The ${describeTarget(target)} is not there: a bucket of that name belongs to another account.`,
    remedy: 'Find the account that owns the bucket and approve a ticket that names it.',
  }),
  'bucket-not-found': ({ target }) => ({
    summary: `The ${describeTarget(target)} was not found. It is one of these: there is no such bucket, or it belongs to another account.`,
    remedy: 'Check bucket name and account in the ticket.',
  }),
  'no-such-queue': ({ target }) => ({
    summary: `There is no such queue: ${describeTarget(target)} does not exist.`,
    remedy: 'Check queueArn in the ticket: the name, the Region and the account in it.',
  }),
  'queue-of-another-account': ({ target, detail }) => ({
    summary: `SQS answered for another queue than ${describeTarget(target)} (${detail || 'it named none'}): nothing was changed.`,
    remedy: 'Find the account that owns the queue and approve a ticket that names its ARN.',
  }),
  'region-not-enabled': ({ target, detail }) => ({
    summary: `The ${describeTarget(target)} cannot be reached: there is no such Region, or the account has not enabled it. AWS said: ${detail}`,
    remedy: `Check the Region in the ticket; if it is right, enable it in the account, ${approveAgain}.`,
  }),
  'policy-back': ({ target }) => ({
    summary: `The policy of ${describeTarget(target)} was changed as approved, and what was there before is there again: a pipeline has put it back, or AWS does not show the change yet.`,
    remedy: `Correct or stop what writes the policy (the pipeline of the team that owns the ${word(target)}), look at the ${word(target)} again, and approve the ticket again if it still needs this.`,
  }),
  'not-read-back': ({ target, detail }) => ({
    summary: `The change to the ${describeTarget(target)} was made as far as AWS's answer goes, but it could not be read back: ${detail}`,
    remedy: `Look at the ${word(target)} yourself; approve the ticket again if the change is not there.`,
  }),
  'out-of-time': ({ target, detail }) => ({
    summary: `This request was begun on ${detail}, never got as far as ${describeTarget(target)}, and came again too long after: nothing was changed.`,
    remedy: `What it was approved for may be gone. If it is still needed, approve the ticket anew.`,
  }),
  'policy-unreadable': ({ target }) => ({
    summary: `The policy of ${describeTarget(target)} is no JSON object, so it cannot be compared and was left alone.`,
    remedy: 'Read the policy by hand in a root session; nothing was changed.',
  }),
  'policy-not-taken': ({ target, task, detail }) => ({
    summary: `AWS did not take the policy that was to be put on ${describeTarget(target)}; what was there is still there: ${detail}`,
    remedy: task.startsWith('restore-')
      ? 'Read the policy in the trail, correct what AWS names, and put it without root.'
      : 'Approve the ticket anew with "remedy": "delete"; the whole old policy is in the trail then.',
  }),
  'no-safe-repair': ({ target, detail }) => ({
    summary: `The policy of ${describeTarget(target)} cannot be repaired safely, so it was left alone: ${detail}`,
    remedy: 'Approve the ticket anew with "remedy": "delete"; the whole old policy is in the trail then.',
  }),
  'root-credentials-unreadable': ({ target, detail }) => ({
    summary: `Nothing could be read of the ${describeTarget(target)}, so nobody knows which credentials it has: ${detail}`,
    remedy: `Lift what denies the reads (an SCP that tests no "aws:AssumedRoot", most often), ${approveAgain}.`,
  }),
  'root-credentials-left': ({ target, detail }) => ({
    summary: `Not every credential of the ${describeTarget(target)} that was to go is read back as gone: ${detail}`,
    remedy: `The trail says credential by credential what is gone and what is not. Lift what keeps the others, ${approveAgain}: what is gone stays gone.`,
  }),
  'password-recovery-open': ({ target, detail }) => ({
    summary: `Password recovery for the ${describeTarget(target)} is NOT closed: ${detail}`,
    remedy:
      'It is tried again every 15 minutes until it is closed, and you are told each time. Lift what keeps it open, and watch CloudTrail of the account for sign-ins of root until then.',
  }),
  'organization-not-listed': ({ detail }) => ({
    summary: `The accounts of the organization could not be listed, so none was visited: ${detail}`,
    remedy: `Look for an SCP on the account in which rootdesk runs and for its delegation, ${approveAgain}.`,
  }),
  'excluded-account-unknown': ({ detail }) => ({
    summary: `The ticket excludes accounts that are not among those listed (${detail}), so nobody knows which account was meant: none was visited.`,
    remedy: `Correct excludedAccounts in the ticket, ${approveAgain}.`,
  }),
  'organization-credentials-left': ({ detail }) => ({
    summary: detail,
    remedy: `The report says account by account what is left and why. Lift what keeps it, audit again, ${approveAgain}.`,
  }),
  stopped: ({ target, task, detail }) => ({
    summary: `All root tasks are stopped, so ${task} on ${describeTarget(target)} ended before its next step: ${detail}`,
    remedy: `Once root tasks run again (docs/runbook.md, "Stopping all root tasks"), look at the ${word(target)} and approve the ticket anew if it is still needed.`,
  }),
  'gave-up': ({ target, task, detail }) => ({
    summary: `Gave up ${task} on ${describeTarget(target)}: ${detail}`,
    remedy: `Lift what the error names, look at the ${word(target)}, and approve the ticket anew if it is still needed.`,
  }),
};

/** The ending for a permanent failure. `detail` is AWS's own message or state, where the words ask for it. */
export function failure(
  code: CodeOf<'failed'>,
  task: RootTaskName,
  target: Target,
  detail = '',
): FailedEnding {
  return { ending: 'failed', code, ...failures[code]({ task, target, detail }) };
}
