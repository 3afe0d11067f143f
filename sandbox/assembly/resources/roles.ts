import * as z from 'zod';
import type { DeployedRole, PolicyDocument } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const roleProperties = z.strictObject({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: policyDocument,
  MaxSessionDuration: z.number().default(3600),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument })).default([]),
  Path: withoutEffect,
  Description: withoutEffect,
  Tags: withoutEffect,
});

const policyProperties = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: policyDocument,
  Roles: z.array(z.string()),
});

const managedPolicyProperties = z.strictObject({
  ManagedPolicyName: z.string().optional(),
  PolicyDocument: policyDocument,
  Roles: z.array(z.string()).default([]),
  Description: withoutEffect,
  Path: withoutEffect,
});

/** Policies that AWS manages, as far as a stack may name them here. Source: AWS Managed Policy Reference Guide. */
const awsManagedPolicies: Readonly<Record<string, PolicyDocument>> = {
  'service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  },
};

type NamedPolicy = DeployedRole['policies'][number];

function attachedPolicies(
  role: ResolvedResource,
  arns: readonly string[],
  resources: readonly ResolvedResource[],
) {
  return arns.map((arn): NamedPolicy => {
    const own = resources.find(({ type, ref }) => type === 'AWS::IAM::ManagedPolicy' && ref === arn);
    if (own !== undefined) {
      return { name: own.name, document: propertiesOf(own, managedPolicyProperties).PolicyDocument };
    }
    const name = arn.replace(/^arn:[^:]+:iam::aws:policy\//, '');
    const document = awsManagedPolicies[name];
    if (document === undefined) throw new AssemblyError(role, `the sandbox does not know the policy ${arn}`);
    return { name, document };
  });
}

function policiesOf(role: ResolvedResource, resources: readonly ResolvedResource[]): NamedPolicy[] {
  return resources.flatMap((resource): NamedPolicy[] => {
    const shape = resource.type === 'AWS::IAM::Policy' ? policyProperties : managedPolicyProperties;
    if (resource.type !== 'AWS::IAM::Policy' && resource.type !== 'AWS::IAM::ManagedPolicy') return [];
    const { Roles, PolicyDocument } = propertiesOf(resource, shape);
    return Roles.includes(role.name) ? [{ name: resource.name, document: PolicyDocument }] : [];
  });
}

export function readRoles(resources: readonly ResolvedResource[]): DeployedRole[] {
  return resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((role) => {
      const properties = propertiesOf(role, roleProperties);
      const inline = properties.Policies.map(({ PolicyName, PolicyDocument }) => ({
        name: PolicyName,
        document: PolicyDocument,
      }));
      return {
        logicalId: role.logicalId,
        name: role.name,
        arn: role.attribute('Arn'),
        trustPolicy: properties.AssumeRolePolicyDocument,
        maxSessionSeconds: properties.MaxSessionDuration,
        policies: [
          ...inline,
          ...policiesOf(role, resources),
          ...attachedPolicies(role, properties.ManagedPolicyArns, resources),
        ],
      };
    });
}
