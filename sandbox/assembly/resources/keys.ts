import * as z from 'zod';
import type { DeployedKey } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const keyProperties = z.strictObject({
  KeyPolicy: policyDocument,
  Enabled: z.literal(true).default(true),
  Description: withoutEffect,
  EnableKeyRotation: withoutEffect,
  RotationPeriodInDays: withoutEffect,
  PendingWindowInDays: withoutEffect,
  Tags: withoutEffect,
});

const aliasProperties = z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() });

export function readKeys(resources: readonly ResolvedResource[]): DeployedKey[] {
  return resources
    .filter(({ type }) => type === 'AWS::KMS::Key')
    .map((key) => ({
      logicalId: key.logicalId,
      arn: key.attribute('Arn'),
      policy: propertiesOf(key, keyProperties).KeyPolicy,
    }));
}

/** The ARN behind a key id, key ARN or alias; null for none and for AWS's own keys (`alias/aws/…`). */
export function keyArnOf(
  user: ResolvedResource,
  reference: string | undefined,
  resources: readonly ResolvedResource[],
): string | null {
  if (reference === undefined || /(?:^|:)alias\/aws\//.test(reference)) return null;
  const keyOf = (id: string) =>
    resources.find(
      ({ type, ref, attribute }) => type === 'AWS::KMS::Key' && (ref === id || attribute('Arn') === id),
    );
  const alias = resources
    .filter(({ type }) => type === 'AWS::KMS::Alias')
    .map((resource) => propertiesOf(resource, aliasProperties))
    .find(({ AliasName }) => reference === AliasName || reference.endsWith(`:${AliasName}`));
  const key = keyOf(alias?.TargetKeyId ?? reference);
  if (key === undefined) throw new AssemblyError(user, `no key ${reference} in the stack`);
  return key.attribute('Arn');
}
