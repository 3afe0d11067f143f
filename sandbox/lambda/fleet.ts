import type { DeployedFunction } from '../parts.ts';
import { type ExecutionEnvironment, type Surroundings, startEnvironment } from './execution-environment.ts';
import type { Invocation, InvocationResult } from './result.ts';

/**
 * The execution environments of one function: reused while warm, started when all are busy. More at once than a few only
 * make each other slower on a small machine; what waits for one is not throttled.
 */
export interface Fleet {
  readonly fn: DeployedFunction;
  invoke(invocation: Invocation): Promise<InvocationResult>;
  environment(id: string): ExecutionEnvironment | undefined;
  /** The environments that serve an event now. */
  busy(): readonly string[];
  close(): void;
}

export function createFleet(fn: DeployedFunction, around: Surroundings, environmentsAtOnce: number): Fleet {
  const all = new Map<string, ExecutionEnvironment>();
  const idle: ExecutionEnvironment[] = [];
  const waiting: ((environment: ExecutionEnvironment) => void)[] = [];

  function discard(environment: ExecutionEnvironment): void {
    environment.kill();
    all.delete(environment.id);
  }

  function take(): ExecutionEnvironment | undefined {
    const warm = idle.pop();
    if (warm !== undefined) {
      if (warm.alive() && warm.fresh()) return warm;
      discard(warm);
      return take();
    }
    if (all.size >= environmentsAtOnce) return undefined;
    const cold = startEnvironment(fn, around);
    all.set(cold.id, cold);
    return cold;
  }

  function giveBack(environment: ExecutionEnvironment): void {
    if (environment.alive()) idle.push(environment);
    else discard(environment);
    const next = waiting.length > 0 ? take() : undefined;
    if (next !== undefined) waiting.shift()?.(next);
  }

  return {
    fn,
    async invoke(invocation) {
      const environment = take() ?? (await new Promise<ExecutionEnvironment>((hand) => waiting.push(hand)));
      try {
        return await environment.invoke(invocation);
      } finally {
        giveBack(environment);
      }
    },
    environment: (id) => all.get(id),
    busy: () => [...all.values()].filter((one) => !idle.includes(one)).map(({ id }) => id),
    close() {
      for (const environment of all.values()) {
        if (idle.includes(environment)) environment.retire();
        else environment.kill();
      }
      all.clear();
    },
  };
}
