import type { FaultRequest } from '../parts.ts';

/** The faults that are still to happen. */
export interface Faults {
  /** A call has come in: it counts for every fault that lets some pass first, whatever becomes of it. */
  meet(service: string, operation: string): FaultsOfCall;
  /** From now on these, and none of those before. */
  replace(requests: readonly FaultRequest[]): void;
}

export interface FaultsOfCall {
  /** The fault for this call, if one is due: it is used up by that. */
  take(when: FaultRequest['when']): FaultRequest['effect'] | undefined;
}

const aliases: Readonly<Record<string, string>> = { eventbridge: 'events' };

export function createFaults(requests: readonly FaultRequest[]): Faults {
  const waiting = (request: FaultRequest) => ({ ...request, met: 0, left: request.times });
  let pending = requests.map(waiting);
  return {
    replace(others) {
      pending = others.map(waiting);
    },
    meet(service, operation) {
      const matching = pending.filter(
        (fault) =>
          canonical(fault.service) === canonical(service) &&
          fault.operation.toLowerCase() === operation.toLowerCase(),
      );
      for (const fault of matching) fault.met += 1;
      const own = matching.filter(({ met, skip = 0 }) => met > skip);
      return {
        take(when) {
          const due = own.find((fault) => fault.when === when && fault.left > 0);
          if (due === undefined) return undefined;
          due.left -= 1;
          return due.effect;
        },
      };
    },
  };
}

function canonical(service: string): string {
  const name = service.toLowerCase();
  return aliases[name] ?? name;
}
