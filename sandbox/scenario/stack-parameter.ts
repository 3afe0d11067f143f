import type { DeployedParameter, Deployment } from '../parts.ts';

/** The parameter that a `setParameter` step means: the stack's only one, or that of this name. */
export function parameterNamed({ parameters }: Deployment, name: string | undefined): DeployedParameter {
  const matching = parameters.filter((one) => name === undefined || one.name === name);
  const [found, ...others] = matching;
  if (found !== undefined && others.length === 0) return found;
  const known = parameters.map((one) => one.name).join(', ') || 'none';
  const problem =
    found === undefined ? 'no parameter of the stack has this name' : 'the stack has several, name one';
  throw new RangeError(`${problem}; it has: ${known}`);
}
