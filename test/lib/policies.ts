import { type RunSimulationResults, runSimulation } from '@cloud-copilot/iam-simulate';
import { account, type GivenStack } from './given-stack.ts';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** A statement as one line of text. */
export function lineOf({ Effect, Action, Resource = [], Condition = {} }: Statement): string {
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${operator} ${key} ${listed(values)}`),
  );
  const suffix = conditions.length === 0 ? '' : ` if ${conditions.join(' and ')}`;
  return `${Effect.toLowerCase()} ${listed(Action)} on ${listed(Resource)}${suffix}`;
}

function listed(values: unknown): string {
  return [values].flat().join(', ');
}

/** The statements attached to a role, by identity policies. */
export function statementsOf({ resources }: GivenStack, role: string): readonly Statement[] {
  return resources
    .filter(({ type, properties }) => type === 'AWS::IAM::Policy' && [properties.Roles].flat().includes(role))
    .flatMap(({ properties }) => documentOf(properties.PolicyDocument).Statement);
}

export function documentOf(value: unknown): PolicyDocument {
  if (typeof value !== 'object' || value === null || !('Statement' in value))
    throw new Error('no policy document');
  return value as PolicyDocument;
}

/** The bus's whole policy: each statement of it is a resource of its own. */
export function busPolicyOf({ resources }: GivenStack): PolicyDocument {
  const statements = resources
    .filter(({ type }) => type === 'AWS::Events::EventBusPolicy')
    .map(({ properties }) => properties.Statement as Statement);
  return { Version: '2012-10-17', Statement: statements };
}

export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string | string[]>;
  /** The principal's own permissions; default: everything. */
  readonly identity?: readonly Statement[];
  readonly resourcePolicy?: PolicyDocument;
  /** The account that the resource belongs to; default: the stack's. */
  readonly resourceAccount?: string;
  /** Service control policies of the principal's account, beside one that allows everything. */
  readonly serviceControlPolicies?: readonly PolicyDocument[];
}

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** What IAM would answer: `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied`. */
export async function decisionOn(request: Request): Promise<string> {
  return outcomeOf(await simulated(request));
}

/** The simulation itself, which may be none: an action and a resource that do not belong together. */
export function simulated(request: Request): Promise<RunSimulationResults> {
  const identity = request.identity ?? everything.Statement;
  const context = {
    'aws:PrincipalArn': request.principal,
    'aws:SecureTransport': 'true',
    ...request.context,
  };
  return runSimulation(
    {
      request: {
        principal: request.principal,
        action: request.action,
        resource: { resource: request.resource, accountId: request.resourceAccount ?? account },
        contextVariables: context,
      },
      identityPolicies: [{ name: 'own', policy: { Version: '2012-10-17', Statement: identity } }],
      serviceControlPolicies: request.serviceControlPolicies
        ? [
            {
              orgIdentifier: 'account',
              policies: [
                { name: 'FullAWSAccess', policy: everything },
                ...request.serviceControlPolicies.map((policy, index) => ({ name: `${index}`, policy })),
              ],
            },
          ]
        : [],
      resourceControlPolicies: [],
      ...(request.resourcePolicy && { resourcePolicy: request.resourcePolicy }),
    },
    {},
  );
}

/** A simulation that could not be run, or that ignored a condition key, has decided nothing. */
export function outcomeOf(result: RunSimulationResults): string {
  if (result.resultType !== 'single') throw new Error(`not decided: ${JSON.stringify(result)}`);
  const ignored = result.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`ignored: ${ignored.join(', ')}`);
  return result.result.analysis.result;
}
