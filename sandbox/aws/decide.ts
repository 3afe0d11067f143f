import { isWildcardOnlyAction } from '@cloud-copilot/iam-simulate';
import type { Aws, Decision, Deployment, PolicyDocument } from '../parts.ts';
import { notAuthorized } from './denial.ts';
import type { Backstage, Permission, Resource } from './operation.ts';
import { type Principal, principalOf } from './principals.ts';
import { resourceOf } from './resources.ts';

/** Would this principal be allowed this? With the reason in AWS's words. */
export function createDecide(backstage: Backstage): Aws['decide'] {
  return async ({ action, resource, context, ...who }) => {
    const principal =
      'accessKeyId' in who
        ? holderOf(backstage, who.accessKeyId)
        : principalOf(backstage.deployment, who.principalArn);
    const [service = '', name = ''] = action.split(':');
    const hasNoResource = await isWildcardOnlyAction(service, name).catch((cause: unknown) => {
      throw new Error(`expected an action of IAM, for example "s3:GetBucketPolicy", got "${action}"`, {
        cause,
      });
    });
    const permission: Permission = {
      action,
      resource: resourceOf(backstage, hasNoResource ? '*' : resource, principal.accountId),
      ...(context && { context }),
    };
    return decision(backstage, principal, permission);
  };
}

function holderOf({ keys }: Backstage, accessKeyId: string): Principal {
  const key = keys.find(accessKeyId);
  if (key === undefined) throw new RangeError(`the key ${accessKeyId} was never issued`);
  return key.principal;
}

/** Does the resource let this service of AWS in? Its policy must, and that of its key. */
export function createDecideForService(backstage: Backstage): Aws['decideForService'] {
  return async ({ service, action, resourceArn, sourceArn }) => {
    const source = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceArn.split(':')[4] ?? '' };
    const principal = servicePrincipal(service);
    const resource = resourceOf(backstage, resourceArn, principal.accountId);
    const permissions: Permission[] = [{ action, resource, context: source }];
    const key = keyOf(backstage.deployment, resourceArn);
    if (key !== undefined) {
      const keyResource: Resource = { ...resource, arn: key.arn, policy: key.policy };
      for (const keyAction of ['kms:GenerateDataKey', 'kms:Decrypt']) {
        permissions.push({ action: keyAction, resource: keyResource, context: source });
      }
    }
    for (const permission of permissions) {
      const answer = await decision(backstage, principal, permission);
      if (!answer.allowed) return answer;
    }
    return { allowed: true, reason: `${service} may ${action} on ${resourceArn}` };
  };
}

async function decision(
  { authorizer, deployment }: Backstage,
  principal: Principal,
  permission: Permission,
): Promise<Decision> {
  const { action, resource } = permission;
  const region = resource.arn.split(':')[3] || deployment.region;
  const verdict = await authorizer.decide(principal, permission, region);
  const what = notAuthorized(principal.arn, action, resource.arn);
  return verdict.allowed
    ? { allowed: true, reason: what.replace('is not authorized', 'is authorized') }
    : { allowed: false, reason: `${what} ${verdict.reason}` };
}

function servicePrincipal(service: string): Principal {
  return {
    arn: service,
    principalArn: service,
    accountId: '',
    type: 'Service',
    userId: service,
    identityPolicies: [],
    sessionPolicy: null,
    taskPolicy: null,
    sourceIdentity: null,
    environmentId: null,
  };
}

function keyOf(
  { topics, queues, keys }: Deployment,
  arn: string,
): { arn: string; policy: PolicyDocument } | undefined {
  const owner = [...topics, ...queues].find((one) => one.arn === arn);
  return keys.find((key) => key.arn === owner?.keyArn);
}
