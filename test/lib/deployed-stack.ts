import { resolveResources } from '../../sandbox/assembly/stack-reader.ts';
import { account, type GivenStack, region, stackName } from './given-stack.ts';
import type { PolicyDocument, Statement } from './policies.ts';

/** A resource under the name that CloudFormation would give it, its intrinsics replaced. */
export type DeployedResource = ReturnType<typeof resolveResources>[number];

/** The stack's resources under names like those that CloudFormation makes up, cut off where it cuts them off. */
export function deployedResources({ template }: GivenStack): DeployedResource[] {
  const resources = Object.entries(template.Resources).map(
    ([id, { Type, Properties }]) => [id, { Type, Properties: Properties ?? {}, Metadata: {} }] as const,
  );
  return resolveResources(
    { Resources: Object.fromEntries(resources), Parameters: {}, Mappings: {}, Conditions: {} },
    { accountId: account, region, partition: 'aws', stackName },
  );
}

/** The statements of the policies that are attached to a role. */
export function statementsOfRole(
  resources: readonly DeployedResource[],
  role: DeployedResource,
): readonly Statement[] {
  return resources
    .filter(
      ({ type, properties }) => type === 'AWS::IAM::Policy' && [properties.Roles].flat().includes(role.name),
    )
    .flatMap(({ properties }) => (properties.PolicyDocument as PolicyDocument).Statement);
}
