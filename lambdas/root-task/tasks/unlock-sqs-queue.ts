import type { QueueTarget } from '../../../contract/target.ts';
import { messageOfError, nameOfError } from '../../aws-errors.ts';
import { noPolicy } from '../../resource-policy.ts';
import { isNoSuchQueue, QueuePolicies } from '../adapters/queue-policies.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { answers, policyLook } from '../answers.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import { type Inspected, resourcePolicyTask } from '../resource-policy-task.ts';
import type { DeniedInSession, Failed } from '../root-task.ts';

const name = 'unlock-sqs-queue';

/**
 * Removes the policy of a queue whose administrators are all shut out, by setting it to nothing, as AWS describes the
 * task (IAM User Guide, "Perform a privileged task on a member account").
 */
export const unlockSqsQueue = () =>
  resourcePolicyTask({
    name,
    // "Changes made to the Policy attribute can take up to 60 seconds." Source: SQS API reference, SetQueueAttributes.
    showing: { settle: 5_000, patience: [1_000, 2_000, 4_000, 8_000, 8_000, 8_000], bound: 60_000 },
    inspect: inspectQueue,
  });

async function inspectQueue(
  session: RootSession,
  target: QueueTarget,
): Promise<Inspected | Failed | DeniedInSession> {
  const answered = answers(name, target, (error, action) => ownAnswer(error, action, target));
  const queue = new QueuePolicies(session, target);
  const found = await answered('sqs:GetQueueUrl', () => queue.find());
  if (typeof found === 'object') return found;
  if (!found) return failed('no-such-queue', target);

  const look = policyLook(name, target, () =>
    answered('sqs:GetQueueAttributes', async () => {
      const { policy, queueArn } = await queue.read();
      return queueArn === target.queueArn ? policy : failed('queue-of-another-account', target, queueArn);
    }),
  );
  const before = await look();
  if ('kind' in before) return before;
  const change = () =>
    answered('sqs:SetQueueAttributes', async () => {
      await queue.removePolicy();
      return 'sent' as const;
    });
  return { kind: 'inspected', before, intended: noPolicy, look, change };
}

/** A session's keys are unknown in a Region that its account has not enabled. Source: IAM User Guide, STS Regions. */
const unknownKeys = new Set(['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidSecurity']);

/** A Region that there is not has no endpoint: its host's name does not resolve. */
function hasNoAddress(error: unknown): boolean {
  return Reflect.get(Object(error), 'code') === 'ENOTFOUND';
}

function ownAnswer(error: unknown, action: string, target: QueueTarget): Failed | DeniedInSession | null {
  if (isNoSuchQueue(error)) return failed('no-such-queue', target);
  if (unknownKeys.has(nameOfError(error)) || hasNoAddress(error))
    return { kind: 'denied-in-session', action, message: messageOfError(error), code: 'region-not-enabled' };
  return null;
}

function failed(code: Parameters<typeof failure>[0], target: QueueTarget, detail?: string): Failed {
  return { kind: 'failed', ending: failure(code, name, target, detail) };
}

export const handler = rootTaskHandler(unlockSqsQueue);
