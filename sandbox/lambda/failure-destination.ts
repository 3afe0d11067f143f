import type { Aws, DeployedFunction, Deployment } from '../parts.ts';
import type { NewMessage } from '../queues.ts';

/** Where Lambda sends an event that a function could not handle. */
export interface FailureDestination {
  send(fn: DeployedFunction, destinationArn: string, message: Record<string, unknown>): Promise<void>;
}

export interface FailureDestinationParts {
  readonly decide: Aws['decide'];
  readonly enqueue: (queueArn: string, message: NewMessage) => void;
  readonly strikeHandOver: Aws['strikeHandOver'];
  /** Lambda drops what it may not deliver, with a metric and no word; the sandbox says so in its own log. */
  readonly dropped: (what: string) => void;
}

/** Sends as the function's own role, so that role must be allowed to. */
export function createFailureDestination(parts: FailureDestinationParts): FailureDestination {
  return {
    async send(fn, destinationArn, message) {
      const { allowed, reason } = await parts.decide({
        principalArn: fn.roleArn,
        action: 'sqs:SendMessage',
        resource: destinationArn,
      });
      const lost = (why: string) =>
        parts.dropped(`${fn.name} could not send to its failure destination ${destinationArn}: ${why}`);
      if (!allowed) return lost(reason);
      const effect = parts.strikeHandOver('DeliverToDestination');
      if (effect !== undefined) return lost(effect);
      const senderId = `AROASANDBOXROLE00000:${fn.name}`;
      parts.enqueue(destinationArn, { body: JSON.stringify(message), senderId });
    },
  };
}

/** Destinations other than the stack's queues are not modelled: said when the world starts. */
export function checkDestinations({ functions, eventSourceMappings, queues }: Deployment): void {
  const destinations = [...functions.map(({ asyncInvoke }) => asyncInvoke), ...eventSourceMappings];
  for (const { onFailureArn } of destinations) {
    if (onFailureArn === null || queues.some(({ arn }) => arn === onFailureArn)) continue;
    throw new Error(`the sandbox models queues of the stack as failure destinations, not ${onFailureArn}`);
  }
}
