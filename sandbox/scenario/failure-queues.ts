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
