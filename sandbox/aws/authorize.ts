import {
  type RequestAnalysis,
  type RunSimulationResults,
  runSimulation,
  type Simulation,
} from '@cloud-copilot/iam-simulate';
import type { Clock, Organization, PolicyDocument } from '../parts.ts';
import { type ConditionContext, globalContext, isModelled, serviceContext } from './context-keys.ts';
import { decideOnRootUser, isRootOnItself } from './decide-on-root-user.ts';
import { createDecisionMemory } from './decision-memory.ts';
import { denialReason, messageAction } from './denial.ts';
import { SandboxError } from './errors.ts';
import { withNotPrincipalOf } from './not-principal.ts';
import type { Permission } from './operation.ts';
import { controlPolicyLevels, taskPolicyLevel } from './organization.ts';
import { policyThatCounts } from './owner-privileges.ts';
import type { Principal } from './principals.ts';

export interface Verdict {
  readonly allowed: boolean;
  /** AWS's wording: `with an explicit deny in …`, `because no … allows …`; empty when allowed. */
  readonly reason: string;
  readonly explicit: boolean;
}

export interface Authorizer {
  decide(principal: Principal, permission: Permission, region: string): Promise<Verdict>;
}

const permitted: Verdict = { allowed: true, reason: '', explicit: false };

const memory = createDecisionMemory<Verdict>();

/** Decides as IAM does, with @cloud-copilot/iam-simulate; what that library cannot decide is neither allow nor deny. */
export function createAuthorizer(world: {
  readonly clock: Clock;
  readonly organization: Organization;
}): Authorizer {
  return {
    async decide(principal, permission, region) {
      const { action, resource } = permission;
      const policy = policyThatCounts(principal, permission);
      const context = {
        ...globalContext(principal, resource.accountId, region, world),
        ...serviceContext(action),
        ...mutable(permission.context ?? {}),
      };
      const simulation: Simulation = {
        request: {
          principal: principal.arn,
          action,
          resource: { resource: resource.arn, accountId: resource.accountId },
          contextVariables: context,
        },
        identityPolicies: principal.identityPolicies.map(({ name, document }) => ({
          name,
          policy: document,
        })),
        serviceControlPolicies: controlPolicies(world.organization, principal),
        resourceControlPolicies: [],
        ...(principal.sessionPolicy && { sessionPolicy: principal.sessionPolicy }),
        ...(policy && { resourcePolicy: withNotPrincipalOf(principal, policy) }),
      };
      if (isRootOnItself(principal, permission)) return decideOnRootUser(simulation);
      const question = { ...simulation, policyOfStack: resource.policyOfStack };
      return memory.recall(question, async () => {
        const analysis = decided(
          await runSimulation(simulation, {}),
          `${principal.arn}: ${action} on ${resource.arn}`,
        );
        refuseUnknownConditionKeys(analysis, context, resource.policyOfStack);
        if (analysis.result === 'Allowed') return permitted;
        const reason = denialReason(analysis, messageAction(action));
        return { allowed: false, reason, explicit: analysis.result === 'ExplicitlyDenied' };
      });
    },
  };
}

function controlPolicies(organization: Organization, principal: Principal) {
  const levels = controlPolicyLevels(organization, principal.accountId);
  if (principal.taskPolicy !== null) levels.push(taskPolicyLevel(principal.taskPolicy.document));
  return levels.map(({ orgIdentifier, policies }) => ({ orgIdentifier, policies: [...policies] }));
}

function mutable(context: Readonly<Record<string, string | readonly string[]>>): ConditionContext {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
}

function decided(result: RunSimulationResults, what: string): RequestAnalysis {
  if (result.resultType === 'error') {
    throw new SandboxError(`cannot decide ${what}: ${JSON.stringify(result.errors)}`);
  }
  const [first, second] = result.resultType === 'single' ? [result.result] : result.results;
  if (first === undefined || second !== undefined) {
    throw new SandboxError(`cannot decide ${what}: not one resource`);
  }
  const ignored = first.ignoredContextKeys ?? [];
  if (ignored.length > 0) {
    throw new SandboxError(
      `cannot decide ${what}: the action does not have the condition keys ${ignored.join(', ')}`,
    );
  }
  return first.analysis;
}

/**
 * A condition key that the sandbox leaves out by ignorance would silently decide a statement. So those of the stack's
 * own policies must be known wherever action and resource match.
 */
function refuseUnknownConditionKeys(
  analysis: RequestAnalysis,
  context: ConditionContext,
  policyOfStack: boolean,
) {
  const analyses = [
    analysis.identityAnalysis,
    analysis.sessionAnalysis,
    policyOfStack && analysis.resourceAnalysis,
  ];
  const unknown = analyses
    .flatMap((one) => (one ? [one.allowStatements, one.denyStatements, one.unmatchedStatements] : []))
    .flat()
    .filter((one) => one.actionMatch && one.resourceMatch && one.principalMatch !== 'NoMatch')
    .flatMap((one) => one.statement.conditions().map((condition) => condition.conditionKey()))
    .filter((key) => !isModelled(key, context));
  if (unknown.length > 0) {
    throw new SandboxError(
      `the sandbox does not model the condition key ${[...new Set(unknown)].join(', ')}`,
    );
  }
}

/** Whether a document can be a policy of its kind at all: the library's errors, empty when it is well-formed. */
export async function policyFaults(
  kind: 'session' | 'resource',
  document: PolicyDocument,
): Promise<readonly string[]> {
  const result = await runSimulation(
    {
      request: {
        principal: 'arn:aws:sts::111111111111:assumed-role/anyone/anyone',
        action: 's3:ListAllMyBuckets',
        resource: { resource: '*', accountId: '111111111111' },
        contextVariables: {},
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(kind === 'session' ? { sessionPolicy: document } : { resourcePolicy: document }),
    },
    {},
  );
  if (result.resultType !== 'error') return [];
  const faults = result.errors.sessionPolicyErrors ?? result.errors.resourcePolicyErrors ?? [];
  return faults.map((fault) => `${fault.path}: ${fault.message}`);
}
