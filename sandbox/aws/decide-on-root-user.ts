import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Verdict } from './authorize.ts';
import { SandboxError } from './errors.ts';
import type { Permission } from './operation.ts';
import { taskPolicyLevelName } from './organization.ts';
import type { Principal } from './principals.ts';

/** Is this the root user (in a root session, or signed in) that acts on itself in IAM? */
export function isRootOnItself(principal: Principal, { action, resource }: Permission): boolean {
  return /^iam:/i.test(action) && principal.type === 'Account' && resource.arn === principal.principalArn;
}

/**
 * Decides what IAM allows the root user on itself. The Service Authorization Reference gives these actions the resource
 * type `user` only, so the library refuses to decide on `:root` unless it looks at nothing but the policies. Root is
 * held back by service control policies and by its task policy alone: that says which of them it was.
 */
export async function decideOnRootUser(simulation: Simulation): Promise<Verdict> {
  await checkPolicies(simulation);
  if (runUnsafeSimulation(simulation, {}) === 'Allowed')
    return { allowed: true, reason: '', explicit: false };
  const result = runUnsafeSimulation(withoutTaskPolicy(simulation), {});
  switch (result) {
    case 'Allowed':
      // AWS says of a root session's task policy: "an identity-based policy".
      return refused('with an explicit deny in an identity-based policy');
    case 'ExplicitlyDenied':
      return refused('with an explicit deny in a service control policy');
    case 'ImplicitlyDenied': {
      const { action } = simulation.request;
      return {
        allowed: false,
        reason: `because no service control policy allows the ${action} action`,
        explicit: false,
      };
    }
    default:
      return result satisfies never;
  }
}

function refused(reason: string): Verdict {
  return { allowed: false, reason, explicit: true };
}

function withoutTaskPolicy(simulation: Simulation): Simulation {
  return {
    ...simulation,
    serviceControlPolicies: simulation.serviceControlPolicies.filter(
      ({ orgIdentifier }) => orgIdentifier !== taskPolicyLevelName,
    ),
  };
}

const sound = new WeakSet<object>();

/** The unchecked simulation takes any document for a policy. So each is checked once, by a question that has an answer. */
async function checkPolicies(simulation: Simulation): Promise<void> {
  const documents = simulation.serviceControlPolicies.flatMap(({ policies }) =>
    policies.map((one): object => one.policy),
  );
  if (documents.every((document) => sound.has(document))) return;
  const request = {
    ...simulation.request,
    action: 'iam:GetAccountSummary',
    resource: { ...simulation.request.resource, resource: '*' },
  };
  const result = await runSimulation({ ...simulation, request }, {});
  if (result.resultType === 'error') {
    throw new SandboxError(`cannot decide ${simulation.request.action}: ${JSON.stringify(result.errors)}`);
  }
  for (const document of documents) sound.add(document);
}
