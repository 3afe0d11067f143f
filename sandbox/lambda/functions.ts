import type { DeployedFunction, Deployment } from '../parts.ts';
import type { ExecutionEnvironment, Surroundings } from './execution-environment.ts';
import { createFleet, type Fleet } from './fleet.ts';
import type { Invocation, InvocationResult } from './result.ts';

/** All functions of the stack, each with its execution environments. */
export interface Functions {
  invoke(fn: { readonly arn: string }, invocation: Invocation): Promise<InvocationResult>;
  environment(id: string): ExecutionEnvironment | undefined;
  /** The environments that serve an event now. */
  busy(): readonly string[];
  close(): void;
}

export interface FunctionsParts extends Surroundings {
  /** How many environments a function has at most. */
  readonly environmentsAtOnce: (fn: DeployedFunction) => number;
}

export function createFunctions(deployment: Deployment, around: FunctionsParts): Functions {
  const { environmentsAtOnce } = around;
  const fleets = new Map<string, Fleet>(
    deployment.functions.map((fn) => [fn.arn, createFleet(fn, around, environmentsAtOnce(fn))]),
  );
  return {
    invoke(fn, invocation) {
      const fleet = fleets.get(fn.arn);
      if (fleet === undefined) throw new Error(`no function ${fn.arn} in the stack`);
      return fleet.invoke(invocation);
    },
    environment: (id) => [...fleets.values()].map((fleet) => fleet.environment(id)).find(Boolean),
    busy: () => [...fleets.values()].flatMap((fleet) => fleet.busy()),
    close() {
      for (const fleet of fleets.values()) fleet.close();
    },
  };
}
