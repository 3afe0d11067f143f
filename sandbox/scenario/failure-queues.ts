import type { DeployedQueue, Deployment } from '../parts.ts';

/** The queues that a function, a stream or a rule sends its failures to, whatever they are called. */
export function failureQueues(deployment: Deployment): DeployedQueue[] {
  const { queues, functions, eventSourceMappings, rules, schedules } = deployment;
  const sinks = new Set([
    ...functions.map(({ asyncInvoke }) => asyncInvoke.onFailureArn),
    ...eventSourceMappings.map(({ onFailureArn }) => onFailureArn),
    ...[...rules, ...schedules].flatMap(({ targets }) => targets.map(({ deadLetterArn }) => deadLetterArn)),
  ]);
  return queues.filter(({ arn }) => sinks.has(arn));
}

/** The queues that others hand over what was received too often, by their redrive policies. */
export function parkingQueues({ queues }: Deployment): DeployedQueue[] {
  const targets = new Set(queues.map(({ redrive }) => redrive?.deadLetterArn));
  return queues.filter(({ arn }) => targets.has(arn));
}

/**
 * The queues that a `redrive` step means: "parking" is each that others hand over to, whatever they are called; any
 * other name is part of the logical id of one of them.
 */
export function parkingNamed(deployment: Deployment, name: string): DeployedQueue[] {
  const parking = parkingQueues(deployment);
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const found =
    name === 'parking' ? parking : parking.filter(({ logicalId }) => plain(logicalId).includes(plain(name)));
  if (found.length === 1 || (found.length > 0 && name === 'parking')) return found;
  const known = parking.map(({ logicalId }) => logicalId).join(', ') || 'none';
  const problem = found.length === 0 ? 'no queue' : 'more than one queue';
  throw new RangeError(`"${name}" names ${problem} that others hand over to; there is: ${known}`);
}
