import { rootTaskHandler } from '../handler.ts';
import { inspectQueue, queueShowing } from '../policies/inspect-queue.ts';
import { unlocking } from '../policies/unlocking.ts';
import { resourcePolicyTask } from '../resource-policy-task.ts';

const name = 'unlock-sqs-queue';

/**
 * Removes or repairs the policy of a queue whose administrators are shut out. AWS describes the removal: the policy is
 * set to nothing (IAM User Guide, "Perform a privileged task on a member account"); the same call sets a repaired one.
 */
export const unlockSqsQueue = () =>
  resourcePolicyTask({
    name,
    showing: queueShowing,
    verb: unlocking,
    inspect: (session, target) => inspectQueue(name, session, target),
  });

export const handler = rootTaskHandler(unlockSqsQueue);
