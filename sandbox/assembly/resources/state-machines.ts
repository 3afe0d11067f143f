import * as z from 'zod';
import type { DeployedStateMachine } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

/** A definition as an object or in S3, and its substitutions, are not modelled: each is a property too many. */
const stateMachineProperties = z.strictObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.literal('STANDARD', 'the sandbox runs STANDARD state machines only').optional(),
  RoleArn: z.string(),
  DefinitionString: z.string(),
  LoggingConfiguration: withoutEffect,
  TracingConfiguration: withoutEffect,
  Tags: withoutEffect,
});

function definitionOf(machine: ResolvedResource, text: string): DeployedStateMachine['definition'] {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new AssemblyError(machine, `DefinitionString is no JSON object: ${text}`);
  }
}

export function readStateMachines(resources: readonly ResolvedResource[]): DeployedStateMachine[] {
  return resources
    .filter(({ type }) => type === 'AWS::StepFunctions::StateMachine')
    .map((machine) => {
      const properties = propertiesOf(machine, stateMachineProperties);
      return {
        logicalId: machine.logicalId,
        name: machine.name,
        arn: machine.attribute('Arn'),
        roleArn: properties.RoleArn,
        definition: definitionOf(machine, properties.DefinitionString),
      };
    });
}
