import {
  anonymousPrincipal,
  isConditionKeyArray,
  runSimulation,
  typeForContextKey,
} from '@cloud-copilot/iam-simulate';
import type { Request } from '../../../policy/evaluate/request.ts';
import { owner } from './world.ts';

/** The oracle: @cloud-copilot/iam-simulate, which nobody here wrote. */

type Simulation = Parameters<typeof runSimulation>[0];
export type Answer = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

const allowAll = {
  name: 'everything',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/**
 * What the oracle answers, for a caller whose own permissions allow everything; one from elsewhere still needs the
 * resource policy to let it in. Throws where the oracle cannot decide: that is neither yes nor no.
 */
export async function decide(document: unknown, request: Request): Promise<Answer> {
  const { caller } = request;
  const hasPolicies = caller.kind === 'user' || caller.kind === 'session' || caller.kind === 'root';
  const simulation: Simulation = {
    request: {
      principal: caller.kind === 'anonymous' ? anonymousPrincipal : caller.arn,
      action: request.action,
      resource: { resource: request.resource, accountId: owner },
      contextVariables: await variables(request),
    },
    identityPolicies: hasPolicies ? [allowAll] : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: document as NonNullable<Simulation['resourcePolicy']>,
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType !== 'single') throw new Error(`the oracle has no answer: ${JSON.stringify(result)}`);
  const ignored = result.result.ignoredContextKeys ?? [];
  if (ignored.length > 0)
    throw new Error(`the oracle does not know ${ignored.join(', ')} of ${request.action}`);
  return result.overallResult;
}

async function variables({ context }: Request): Promise<Record<string, string | string[]>> {
  const entries = [...context].map(async ([key, values]): Promise<[string, string | string[]]> => {
    const [only, second] = values;
    const isList = isConditionKeyArray(await typeForContextKey(key));
    if (isList) return [key, [...values]];
    if (only === undefined || second !== undefined) throw new RangeError(`${key} has exactly one value`);
    return [key, only];
  });
  return Object.fromEntries(await Promise.all(entries));
}
