import type { Simulation } from '@cloud-copilot/iam-simulate';
import { sha256 } from '../../contract/canonical-json.ts';

/** A question to the simulator, and whether the resource's policy is one of the stack's own. */
export type Question = Simulation & { readonly policyOfStack: boolean };

/** Remembers decisions of the simulator by their exact input: a story asks the same question dozens of times. */
export interface DecisionMemory<Decision> {
  recall(question: Question, decide: () => Promise<Decision>): Promise<Decision>;
}

const decisionsAtMost = 4000;

/** Remembers the latest few thousand decisions. A decision that fails is not remembered. */
export function createDecisionMemory<Decision>(): DecisionMemory<Decision> {
  const known = new Map<string, Decision>();
  return {
    async recall(question, decide) {
      const key = sha256(decisionKey(question));
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const decision = await decide();
      const [oldest] = known.size >= decisionsAtMost ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      known.set(key, decision);
      return decision;
    },
  };
}

/**
 * Everything that a decision can depend on: the request, every policy, the names of all condition keys, and the values of
 * those that occur in a policy. The value of a key that no policy names (the time, mostly) cannot change a decision.
 */
export function decisionKey({ request, ...policies }: Question): string {
  const { contextVariables, ...asked } = request;
  const text = JSON.stringify(policies);
  const lowerCase = text.toLowerCase();
  const context = Object.entries(contextVariables).map(([name, value]) =>
    lowerCase.includes(name.toLowerCase()) ? [name, value] : [name],
  );
  return JSON.stringify([asked, context]) + text;
}
