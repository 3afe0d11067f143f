import type { Answer } from './answer.ts';
import type { Scenario } from './schema.ts';

/** Faults of a scenario that no call ever met: a misspelt operation would otherwise pass without a word. */
export function unusedFaults({ faults }: Scenario, { calls }: Answer): string[] {
  return faults
    .filter(
      ({ service, operation }) =>
        !calls.some((call) => call.service === service && call.operation === operation),
    )
    .map(
      ({ service, operation }) =>
        `note: nothing in this story called ${service} ${operation}; its fault never struck`,
    );
}
