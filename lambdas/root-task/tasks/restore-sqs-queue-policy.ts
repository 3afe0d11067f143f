import { rootTaskHandler } from '../handler.ts';
import { inspectQueue, queueShowing } from '../policies/inspect-queue.ts';
import { restoring } from '../policies/restoring.ts';
import { resourcePolicyTask } from '../resource-policy-task.ts';

const name = 'restore-sqs-queue-policy';

/** Puts back the queue policy that an earlier request found, where that request's work is still what is there. */
export const restoreSqsQueuePolicy = () =>
  resourcePolicyTask({
    name,
    showing: queueShowing,
    verb: restoring,
    inspect: (session, target) => inspectQueue(name, session, target),
  });

export const handler = rootTaskHandler(restoreSqsQueuePolicy);
