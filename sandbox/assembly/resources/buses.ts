import * as z from 'zod';
import type { DeployedBus, PolicyDocument } from '../../parts.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const busProperties = z.strictObject({
  Name: z.string(),
  Policy: policyDocument.optional(),
  Description: withoutEffect,
  LogConfig: withoutEffect,
  KmsKeyIdentifier: withoutEffect,
  Tags: withoutEffect,
});

const busPolicyProperties = z.strictObject({
  EventBusName: z.string(),
  StatementId: z.string(),
  Statement: z.record(z.string(), z.unknown()),
});

/** Every EventBusPolicy is one statement of its bus's policy. */
function policyOf(
  bus: ResolvedResource,
  own: PolicyDocument | undefined,
  resources: readonly ResolvedResource[],
) {
  const statements = resources
    .filter(({ type }) => type === 'AWS::Events::EventBusPolicy')
    .map((resource) => propertiesOf(resource, busPolicyProperties))
    .filter(({ EventBusName }) => EventBusName === bus.name)
    .map(({ StatementId, Statement }) => ({ Sid: StatementId, ...Statement }));
  const inline = own === undefined ? [] : [own.Statement].flat();
  if (inline.length + statements.length === 0) return null;
  return { Version: '2012-10-17', Statement: [...inline, ...statements] };
}

export function readBuses(resources: readonly ResolvedResource[]): DeployedBus[] {
  return resources
    .filter(({ type }) => type === 'AWS::Events::EventBus')
    .map((bus) => ({
      name: bus.name,
      arn: bus.attribute('Arn'),
      policy: policyOf(bus, propertiesOf(bus, busProperties).Policy, resources),
    }));
}
