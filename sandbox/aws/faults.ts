import type { FaultRequest } from '../parts.ts';

/** The faults that are still to happen. */
export interface Faults {
  /** The fault for this call, if one is due: it is used up by that. */
  take(service: string, operation: string, when: FaultRequest['when']): FaultRequest['effect'] | undefined;
}

const aliases: Readonly<Record<string, string>> = { eventbridge: 'events' };

export function createFaults(requests: readonly FaultRequest[]): Faults {
  const pending = requests.map((request) => ({ ...request, left: request.times }));
  return {
    take(service, operation, when) {
      const due = pending.find(
        (fault) =>
          fault.left > 0 &&
          fault.when === when &&
          canonical(fault.service) === canonical(service) &&
          fault.operation.toLowerCase() === operation.toLowerCase(),
      );
      if (due === undefined) return undefined;
      due.left -= 1;
      return due.effect;
    },
  };
}

function canonical(service: string): string {
  const name = service.toLowerCase();
  return aliases[name] ?? name;
}
