import type { Answer } from './answer.ts';
import type { Scenario } from './schema.ts';

/** What AWS's services do among themselves is no call that anybody could count. */
const unseen = ['Invoke', 'DeliverToDestination', 'RunChild'];

/** Faults of a scenario that no call ever met: a misspelt operation would otherwise pass without a word. */
export function unusedFaults({ faults }: Scenario, { calls }: Answer): string[] {
  return faults
    .filter(
      ({ service, operation }) => !(['lambda', 'states'].includes(service) && unseen.includes(operation)),
    )
    .filter(
      ({ service, operation }) =>
        !calls.some(
          (call) => ['*', call.service].includes(service) && ['*', call.operation].includes(operation),
        ),
    )
    .map(
      ({ service, operation }) =>
        `note: nothing in this story called ${service} ${operation}; its fault never struck`,
    );
}
