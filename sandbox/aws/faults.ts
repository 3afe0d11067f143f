import { createHash } from 'node:crypto';
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
  let pending = requests.map(waiting);
  return {
    replace(others) {
      pending = others.map(waiting);
    },
    meet(service, operation) {
      const own = pending
        .filter(({ request }) => isFor(request, service, operation))
        .filter((fault) => fault.isNext(canonical(service), operation.toLowerCase()));
      return {
        take(when) {
          const due = own.find((fault) => fault.request.when === when && fault.left > 0);
          if (due === undefined) return undefined;
          due.left -= 1;
          return due.request.effect;
        },
      };
    },
  };
}

interface Waiting {
  readonly request: FaultRequest;
  left: number;
  /** Counts a matching call: is it one that this fault means? */
  isNext(service: string, operation: string): boolean;
}

function waiting(request: FaultRequest): Waiting {
  const { rate, seed = 1, skip = 0, times = 1 } = request;
  const met = new Map<string, number>();
  return {
    request,
    left: rate === undefined ? times : Number.POSITIVE_INFINITY,
    isNext(service, operation) {
      // A rate is decided by how often this very call came, so that calls of others may come between as they like.
      const key = rate === undefined ? '' : `${service}:${operation}`;
      const count = (met.get(key) ?? 0) + 1;
      met.set(key, count);
      return count > skip && (rate === undefined || share(`${seed} ${key} ${count}`) < rate);
    },
  };
}

/** A number from 0 to 1 that looks like chance, and is the same for the same text. */
function share(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** What services do among themselves, without a call that anybody could count. */
const unseen = new Set(['lambda:invoke', 'lambda:delivertodestination', 'states:runchild']);

/** What services do among themselves is meant by its name only. */
function isFor(fault: FaultRequest, service: string, operation: string): boolean {
  const wildcards = !unseen.has(`${canonical(service)}:${operation.toLowerCase()}`);
  return (
    ((wildcards && fault.service === '*') || canonical(fault.service) === canonical(service)) &&
    ((wildcards && fault.operation === '*') || fault.operation.toLowerCase() === operation.toLowerCase())
  );
}

function canonical(service: string): string {
  const name = service.toLowerCase();
  return aliases[name] ?? name;
}
