import type { FaultRequest } from '../parts.ts';

/** The faults that are still to happen. */
export interface Faults {
  /** The fault for this call, if one is due: it is used up by that. */
  take(service: string, operation: string, when: FaultRequest['when']): FaultRequest['effect'] | undefined;
}

const aliases: Readonly<Record<string, string>> = { eventbridge: 'events' };

export function createFaults(requests: readonly FaultRequest[]): Faults {
  const pending = requests.map((request) => ({ ...request, toPass: request.skip ?? 0, left: request.times }));
  return {
    take(service, operation, when) {
      const matching = pending.filter(
        (fault) =>
          fault.when === when &&
          canonical(fault.service) === canonical(service) &&
          fault.operation.toLowerCase() === operation.toLowerCase(),
      );
      const due = matching.find((fault) => fault.toPass === 0 && fault.left > 0);
      // A call counts for every fault that waits for its turn, whether or not another strikes it.
      for (const fault of matching) fault.toPass = Math.max(0, fault.toPass - 1);
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
