import { join } from 'node:path';
import * as z from 'zod';
import type { DeployedFunction } from '../../parts.ts';
import { AssemblyError } from '../assembly-error.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const functionProperties = z.strictObject({
  FunctionName: z.string().optional(),
  Role: z.string(),
  Handler: z.string(),
  Runtime: z.string().startsWith('nodejs', 'the sandbox runs Node.js functions only'),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z
    .strictObject({ Variables: z.record(z.string(), z.string()).default({}) })
    .default({ Variables: {} }),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(['JSON', 'Text']).default('Text'),
      ApplicationLogLevel: z.string().optional(),
      SystemLogLevel: withoutEffect,
      LogGroup: z.string().optional(),
    })
    .optional(),
  Code: withoutEffect,
  Description: withoutEffect,
  Architectures: withoutEffect,
  ReservedConcurrentExecutions: withoutEffect,
  TracingConfig: withoutEffect,
  EphemeralStorage: withoutEffect,
  KmsKeyArn: withoutEffect,
  RecursiveLoop: withoutEffect,
  RuntimeManagementConfig: withoutEffect,
  Tags: withoutEffect,
});

const invokeConfigProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.number().default(2),
  MaximumEventAgeInSeconds: z.number().default(21_600),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .default({}),
});

const permissionProperties = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
});

/** A permission or configuration names its function by name or ARN. */
const isFor = (fn: ResolvedResource, reference: string) =>
  reference === fn.name || reference === fn.attribute('Arn');

function assetDirectory(fn: ResolvedResource, cdkOut: string): string {
  const asset = fn.metadata['aws:asset:path'];
  if (typeof asset !== 'string') {
    throw new AssemblyError(fn, 'its code is no bundled asset (Metadata has no aws:asset:path)');
  }
  return join(cdkOut, asset);
}

/** Lambda's defaults: two retries, six hours, no destination. */
function asyncInvokeOf(fn: ResolvedResource, resources: readonly ResolvedResource[]) {
  const config = resources
    .filter(({ type }) => type === 'AWS::Lambda::EventInvokeConfig')
    .map((resource) => propertiesOf(resource, invokeConfigProperties))
    .find(({ FunctionName }) => isFor(fn, FunctionName));
  return {
    maximumRetryAttempts: config?.MaximumRetryAttempts ?? 2,
    maximumEventAgeSeconds: config?.MaximumEventAgeInSeconds ?? 21_600,
    onFailureArn: config?.DestinationConfig.OnFailure?.Destination ?? null,
  };
}

function permissionsOf(fn: ResolvedResource, resources: readonly ResolvedResource[]) {
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::Permission')
    .map((resource) => propertiesOf(resource, permissionProperties))
    .filter(({ FunctionName }) => isFor(fn, FunctionName))
    .map(({ Principal, Action, SourceArn }) => ({
      principal: Principal,
      action: Action,
      sourceArn: SourceArn ?? null,
    }));
}

export function readFunctions(resources: readonly ResolvedResource[], cdkOut: string): DeployedFunction[] {
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((fn) => {
      const properties = propertiesOf(fn, functionProperties);
      return {
        logicalId: fn.logicalId,
        name: fn.name,
        arn: fn.attribute('Arn'),
        roleArn: properties.Role,
        assetDirectory: assetDirectory(fn, cdkOut),
        handler: properties.Handler,
        environment: properties.Environment.Variables,
        timeoutSeconds: properties.Timeout,
        memoryMb: properties.MemorySize,
        logging: {
          format: properties.LoggingConfig?.LogFormat ?? 'Text',
          level: properties.LoggingConfig?.ApplicationLogLevel ?? null,
          group: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${fn.name}`,
        },
        asyncInvoke: asyncInvokeOf(fn, resources),
        permissions: permissionsOf(fn, resources),
      };
    });
}
