import * as z from 'zod';
import { fitsPattern } from '../../allowed-pattern.ts';
import type { DeployedParameter, Deployment } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

/** Lists, secrets and parameters with a lifetime of their own are not modelled: each is a property too many. */
const parameterProperties = z.strictObject({
  Name: z.string().optional(),
  Type: z.literal('String'),
  Value: z.string(),
  AllowedPattern: z.string().optional(),
  Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).default('Standard'),
  DataType: z.literal('text').optional(),
  Description: withoutEffect,
  Tags: withoutEffect,
});

export function readParameters(
  resources: readonly ResolvedResource[],
  place: Pick<Deployment, 'partition' | 'region' | 'accountId'>,
): DeployedParameter[] {
  return resources
    .filter(({ type }) => type === 'AWS::SSM::Parameter')
    .map((parameter) => {
      const { Value, AllowedPattern = null, Tier } = propertiesOf(parameter, parameterProperties);
      if (!fitsPattern(Value, AllowedPattern)) {
        throw new AssemblyError(parameter, `its Value does not fit its AllowedPattern ${AllowedPattern}`);
      }
      return {
        logicalId: parameter.logicalId,
        name: parameter.name,
        arn: parameterArn(place, parameter.name),
        value: Value,
        allowedPattern: AllowedPattern,
        tier: Tier,
      };
    });
}

/** CloudFormation gives the name of a parameter and no ARN. */
function parameterArn(place: Pick<Deployment, 'partition' | 'region' | 'accountId'>, name: string): string {
  const { partition, region, accountId } = place;
  return `arn:${partition}:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`;
}
