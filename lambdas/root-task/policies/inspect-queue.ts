import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { QueueTarget } from '../../../contract/target.ts';
import { messageOfError, nameOfError } from '../../aws-errors.ts';
import { isNoSuchQueue, QueuePolicies } from '../adapters/queue-policies.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { answers, policyLook } from '../answers.ts';
import { failure } from '../failures.ts';
import type { Inspected, Showing } from '../resource-policy-task.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';
import { notTaken } from './not-taken.ts';

/** "Changes made to the Policy attribute can take up to 60 seconds." Source: SQS API reference, SetQueueAttributes. */
export const queueShowing: Showing = {
  settle: 5_000,
  patience: [1_000, 2_000, 4_000, 8_000, 8_000, 8_000],
  bound: 60_000,
};

/** Finds a queue in its Region by name and owner, and its policy. Changes nothing. */
export async function inspectQueue(
  task: RootTaskName,
  session: RootSession,
  target: QueueTarget,
): Promise<Inspected | Failed | DeniedInSession> {
  const answered = answers(task, target, (error, action) => ownAnswer(error, action, task, target));
  const queue = new QueuePolicies(session, target);
  const found = await answered('sqs:GetQueueUrl', () => queue.find());
  if (typeof found === 'object') return found;
  if (!found) return failed('no-such-queue', task, target);

  const look = policyLook(task, target, () =>
    answered('sqs:GetQueueAttributes', async () => {
      const { policy, queueArn } = await queue.read();
      return queueArn === target.queueArn
        ? policy
        : failed('queue-of-another-account', task, target, queueArn);
    }),
  );
  const before = await look();
  if ('kind' in before) return before;
  const change: Inspected['change'] = ({ policy }) =>
    answered('sqs:SetQueueAttributes', async () => {
      await queue.set(policy);
      return 'sent' as const;
    });
  return { kind: 'inspected', before, look, change };
}

/** A session's keys are unknown in a Region that its account has not enabled. Source: IAM User Guide, STS Regions. */
const unknownKeys = new Set(['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidSecurity']);

/** By class and by the code of the older protocol, which the SDK may hand on. */
const invalidPolicy = new Set(['InvalidAttributeValue', 'InvalidParameterValue']);

/** A Region that there is not has no endpoint: its host's name does not resolve. */
function hasNoAddress(error: unknown): boolean {
  return Reflect.get(Object(error), 'code') === 'ENOTFOUND';
}

function ownAnswer(
  error: unknown,
  action: string,
  task: RootTaskName,
  target: QueueTarget,
): Failed | DeniedInSession | null {
  if (isNoSuchQueue(error)) return failed('no-such-queue', task, target);
  if (invalidPolicy.has(nameOfError(error)) && action === 'sqs:SetQueueAttributes')
    return notTaken({ task, target }, error);
  if (unknownKeys.has(nameOfError(error)) || hasNoAddress(error))
    return { kind: 'denied-in-session', action, message: messageOfError(error), code: 'region-not-enabled' };
  return null;
}

function failed(
  code: Parameters<typeof failure>[0],
  task: RootTaskName,
  target: QueueTarget,
  detail?: string,
): Failed {
  return { kind: 'failed', ending: failure(code, task, target, detail) };
}
