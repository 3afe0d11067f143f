import type { Aws, Clock, DeployedFunction, DeployedQueueMapping, Deployment } from '../parts.ts';
import type { Queues } from '../queues.ts';
import type { Functions } from './functions.ts';
import { createQueueMapping } from './queue-mapping.ts';

/** What Lambda's pollers do with a queue, as the function's role. */
const pollActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export interface QueueConsumersParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly later: (at: number, what: string, run: () => Promise<void>) => void;
}

/** All event source mappings on queues of the stack. */
export interface QueueConsumers {
  /** Something has come to this queue: whoever consumes it looks. */
  arrived(queueArn: string): Promise<void>;
}

export function createQueueConsumers({ deployment, ...parts }: QueueConsumersParts): QueueConsumers {
  const mappings = deployment.queueMappings.map((mapping) => ({
    queueArn: mapping.queueArn,
    consumer: createQueueMapping({
      ...parts,
      mapping,
      fn: consumingFunction(deployment, mapping),
      invoke: parts.functions.invoke,
    }),
  }));
  return {
    async arrived(queueArn) {
      const own = mappings.filter((mapping) => mapping.queueArn === queueArn);
      await Promise.all(own.map(({ consumer }) => consumer.poll()));
    },
  };
}

function consumingFunction(
  { functions }: Deployment,
  { functionArn }: DeployedQueueMapping,
): DeployedFunction {
  const fn = functions.find(({ arn }) => arn === functionArn);
  if (fn === undefined) throw new Error(`no function ${functionArn} in the stack`);
  return fn;
}

/**
 * A mapping that Lambda refuses to make, said before the story begins: its role may not read the queue, or a message
 * would show again while the function still works on it. Source: Lambda API Reference, "CreateEventSourceMapping".
 */
export async function checkQueueReads(deployment: Deployment, decide: Aws['decide']): Promise<void> {
  for (const mapping of deployment.queueMappings) {
    const { name, roleArn, timeoutSeconds } = consumingFunction(deployment, mapping);
    const queue = deployment.queues.find(({ arn }) => arn === mapping.queueArn);
    const { visibilityTimeoutSeconds = 0 } = queue ?? {};
    if (visibilityTimeoutSeconds < timeoutSeconds) {
      throw new Error(
        `Queue visibility timeout: ${visibilityTimeoutSeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds (${name})`,
      );
    }
    const polling = pollActions.map((action) => ({ action, resource: mapping.queueArn }));
    const decrypting = queue?.keyArn ? [{ action: 'kms:Decrypt', resource: queue.keyArn }] : [];
    for (const { action, resource } of [...polling, ...decrypting]) {
      const { allowed, reason } = await decide({ principalArn: roleArn, action, resource });
      if (!allowed) throw new Error(`the role of ${name} may not ${action} on ${resource}: ${reason}`);
    }
  }
}
